"""Whom a command is about, of all who use this server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from vaultraider.bootstrap import Services
    from vaultraider.domain.people import User

person_option = click.option("--person", default="", help="Whose, by name or bungie.net id.  [default: who is here alone]")


def one_person(services: Services, named: str) -> User:
    """By name or bungie.net id; "" where there is only one. Raises BadParameter, telling the names."""
    people = services.accounts.users.all()
    found = [each for each in people if named.casefold() in (each.name.casefold(), each.bungie_id)] if named else people
    if len(found) == 1:
        return found[0]
    there = ", ".join(each.name for each in people) or "nobody"
    raise click.BadParameter(f"Say who is meant, with one of these names: {there}.", param_hint="--person")
