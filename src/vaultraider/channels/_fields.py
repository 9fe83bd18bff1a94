"""Reads what a person put into a form: known fields, of the right kind, without control characters, and not too long."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vaultraider.domain.errors import InvalidInput
from vaultraider.ports import ChannelForm, FormField

_LONGEST = 2048
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def read_fields(form: ChannelForm, given: Mapping[str, Any]) -> dict[str, Any]:
    """By the form's names; what is empty and need not be there takes its default, or stays away. Raises InvalidInput."""
    unknown = sorted(str(name) for name in set(given) - {field.name for field in form.fields})
    if unknown:
        raise InvalidInput(unknown[0][:60], "There is no such setting here.")
    values = {field.name: _read(field, given.get(field.name)) for field in form.fields}
    return {name: value for name, value in values.items() if value is not None}


def _read(field: FormField, value: Any) -> str | int | bool | None:
    if isinstance(value, str):
        value = value.strip()
    if value is None or value == "":
        if field.required and field.default is None:
            raise InvalidInput(field.name, f"{field.label} is missing.")
        return field.default
    if field.kind == "switch":
        return _switch(field, value)
    if field.kind == "number":
        return _number(field, value)
    if not isinstance(value, str):
        raise InvalidInput(field.name, f"{field.label} must be text.")
    if len(value) > _LONGEST or _CONTROL.search(value):
        raise InvalidInput(field.name, f"{field.label} is too long, or holds a character that does not belong there.")
    if field.choices and value not in dict(field.choices):
        raise InvalidInput(field.name, f"{field.label} must be one of those that are offered.")
    return value


def _switch(field: FormField, value: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidInput(field.name, f"{field.label} must be on or off.")
    return value


def _number(field: FormField, value: Any) -> int:
    if isinstance(value, bool) or not (isinstance(value, int) or (isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value))):
        raise InvalidInput(field.name, f"{field.label} must be a whole number.")
    return int(value)
