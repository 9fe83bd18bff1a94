"""The board: analogue inputs, read at a steady pace, remembered for two minutes, told to whoever looks.

reading   one step at a time: look for the device, read it once      history   two minutes of each input, in a fixed room
running   the threads: one reads, one watches that it does           levels    crossings, written down once and told
showing   the documents, encoded once for all who look               shapes    what they hold
board     what the doors call
"""

from __future__ import annotations

from vaultraider.services.board.board import Board
from vaultraider.services.board.shapes import BoardAnswer, BoardInput, BoardReadings

__all__ = ["Board", "BoardAnswer", "BoardInput", "BoardReadings"]
