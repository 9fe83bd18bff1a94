"""Bungie's OpenAPI file as something that checks bodies: its habits (64-bit numbers as text, bytes, dictionaries) spelled out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fastjsonschema

Schema = dict[str, Any]
UNDOCUMENTED = {"Destiny.Entities.Items.DestinyItemComponent": {"dismantlePermission": {"type": "integer"}}}
"""Always sent, nowhere described."""
RANGES = {"int16": 15, "int32": 31}
ENVELOPE = ("ErrorCode", "ThrottleSeconds", "ErrorStatus", "Message", "MessageData")


class OpenApi:
    """The file, and checkers made from it. Unknown fields fail unless they stand in UNDOCUMENTED."""

    def __init__(self, file: Path) -> None:
        self.document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        self.schemas: dict[str, Any] = self.document["components"]["schemas"]
        self._checkers: dict[str, Callable[[Any], Any]] = {}

    def operation(self, method: str, path: str) -> Schema | None:
        """The operation whose path reads the same once the parameters' names are left out of sight."""
        found: Schema | None = self.document["paths"].get(path, {}).get(method.lower())
        return found

    def check_response(self, method: str, path: str, body: Any) -> None:
        """Raises fastjsonschema.JsonSchemaValueException naming what does not fit."""
        operation = self.operation(method, path)
        assert operation is not None, f"{method} {path} is not in Bungie's OpenAPI"
        name = operation["responses"]["200"]["$ref"].rpartition("/")[2]
        self.checker(name)(body)

    def checker(self, response: str) -> Callable[[Any], Any]:
        if response not in self._checkers:
            content = self.document["components"]["responses"][response]["content"]["application/json"]["schema"]
            needed: dict[str, Schema] = {}
            top = self._converted(content, needed)
            top["required"] = list(ENVELOPE)
            self._checkers[response] = fastjsonschema.compile({**top, "definitions": needed}, use_default=False)
        return self._checkers[response]

    def _converted(self, schema: Schema, needed: dict[str, Schema], owner: str = "") -> Schema:
        if "$ref" in schema:
            return self._reference(schema["$ref"], needed)
        if "allOf" in schema:
            return self._converted(schema["allOf"][0], needed)
        kind = schema.get("type")
        if kind == "array":
            return {"type": "array", "items": self._converted(schema["items"], needed)}
        if kind == "object":
            return self._object(schema, needed, owner)
        if kind == "string" and schema.get("format") == "byte":
            return {"type": "integer", "minimum": 0, "maximum": 255}
        if kind == "integer":
            return _integer(schema, self.schemas)
        return {"type": [kind or "object", "null"] if schema.get("nullable") else kind} if kind else {}

    def _reference(self, reference: str, needed: dict[str, Schema]) -> Schema:
        name = reference.rpartition("/")[2]
        if name not in needed:
            needed[name] = {}
            needed[name].update(self._converted(self.schemas[name], needed, name))
        return {"$ref": f"#/definitions/{name}"}

    def _object(self, schema: Schema, needed: dict[str, Schema], owner: str) -> Schema:
        if "additionalProperties" in schema and not schema.get("properties"):
            inside = schema["additionalProperties"]
            return {"type": "object", "additionalProperties": self._converted(inside, needed) if inside is not True else {}}
        properties = {name: self._converted(part, needed) for name, part in schema.get("properties", {}).items()}
        properties |= UNDOCUMENTED.get(owner, {})
        return {"type": "object", "properties": properties, "additionalProperties": False}


def _integer(schema: Schema, schemas: dict[str, Any]) -> Schema:
    kind = schema.get("format", "int32")
    if kind == "int64":
        return {"type": "string", "pattern": r"^-?\d+$"}
    if kind == "uint32":
        return {"type": "integer", "minimum": 0, "maximum": 2**32 - 1}
    bits = RANGES[kind]
    found: Schema = {"type": "integer", "minimum": -(2**bits), "maximum": 2**bits - 1}
    reference = schema.get("x-enum-reference", {}).get("$ref", "").rpartition("/")[2]
    if reference and not schema.get("x-enum-is-bitmask") and not schemas[reference].get("x-enum-is-bitmask"):
        found["enum"] = [int(value["numericValue"]) for value in schemas[reference]["x-enum-values"]]
    return found
