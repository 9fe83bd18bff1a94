"""The board's inputs, through whatever source the settings name. It is opened when it is first read."""

from __future__ import annotations

from vaultraider.board.source import Places
from vaultraider.board.sources import open_source
from vaultraider.bootstrap.ground import Ground
from vaultraider.database.board import BoardInputRepository
from vaultraider.ports import Teller
from vaultraider.services.board import Board


def join_board(ground: Ground, teller: Teller) -> Board:
    settings = ground.settings
    return Board(
        source=settings.board,
        look=lambda: open_source(settings.board, Places(iio_root=settings.board_iio_root)),
        rate=settings.board_rate,
        quiet=settings.board_quiet,
        public=settings.board_public,
        store=BoardInputRepository(ground.database),
        teller=teller,
        clock=ground.clock,
    )
