"""Tags, notes and searches as files: out, and in again."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, request

from vaultraider.api._csv import MEDIA_TYPE
from vaultraider.api._pace import paced
from vaultraider.api._resource import current_user, route, services
from vaultraider.api._uploads import whole_body
from vaultraider.domain.dim_backup import MOST_BYTES
from vaultraider.domain.errors import AccountNotFound, Conflict, InvalidInput, TooFast
from vaultraider.services.annotations import TakenIn

blueprint = Blueprint("curation", __name__)

JSON = "application/json"
IMPORTS = "20 per minute"


class ImportQuery(msgspec.Struct):
    """``check``: only says what would come of it."""

    check: bool = False


class WrongEntry(msgspec.Struct, kw_only=True):
    """``where``: which entry of the file, or which line."""

    where: str
    sentence: str


class ImportedCuration(msgspec.Struct, kw_only=True):
    """``tags``, ``notes``: items of which they change. ``searches``, ``loadouts``: new ones. ``stats``: new or different totals
    of one's own. ``skipped``: what says nothing new, or is about another account. ``unknown_items``: not in the account now; what
    is said of them is kept until they are. ``errors``: what was left out. ``change``: to undo the tags and notes of the account
    that is looked at; 0 for none."""

    tags: int
    notes: int
    searches: int
    loadouts: int
    stats: int
    skipped: int
    unknown_items: int
    change: int
    errors: list[WrongEntry]


@route(blueprint, "GET", "/curation/backup", summary="Tags, notes and searches as a file", answer=str, media_type=JSON)
def curation_backup() -> Response:
    """Of all accounts of the person, in the form of Destiny Item Manager's backup, which can import it."""
    response = Response(services().curation.exporting.backup(current_user()), mimetype=JSON)
    response.headers["Content-Disposition"] = 'attachment; filename="vault-raider-tags-and-notes.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


@route(
    blueprint,
    "POST",
    "/curation/import",
    summary="Takes in tags, notes and searches",
    takes=f"{JSON} {MEDIA_TYPE}",
    largest=MOST_BYTES + 1024,
    instead="Split a table into several, each with the line that names the columns; a backup is never as large as that.",
    errors=(Conflict, TooFast, AccountNotFound),
)
@paced(IMPORTS)
def import_curation(query: ImportQuery) -> ImportedCuration:
    """A backup of Destiny Item Manager or of ours (``application/json``), or a table with Id or Hash, Tag and Notes
    (``text/csv``); at most 20 MB. A file says the whole of each item that it names, and nothing of others."""
    importing = services().curation.importing
    if request.mimetype not in (JSON, MEDIA_TYPE):
        raise InvalidInput("Content-Type", "Send the file itself, with the header Content-Type: application/json or text/csv.")
    take_in = importing.backup if request.mimetype == JSON else importing.table
    return _told(take_in(current_user(), whole_body(), check=query.check))


def _told(taken: TakenIn) -> ImportedCuration:
    return ImportedCuration(
        tags=taken.tags,
        notes=taken.notes,
        searches=taken.searches,
        loadouts=taken.loadouts,
        stats=taken.stats,
        skipped=taken.skipped,
        unknown_items=taken.unknown_items,
        change=taken.change,
        errors=[WrongEntry(where=each.where, sentence=each.sentence) for each in taken.errors],
    )
