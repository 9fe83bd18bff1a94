"""Prints the OpenAPI document of the API, without starting a server: what ``npm run types`` reads."""

from __future__ import annotations

import sys

import msgspec
from flask import Flask

from vaultraider.api.openapi import document
from vaultraider.web.app import resources


def main() -> None:
    app = Flask("vaultraider.web", static_folder=None)
    for module in resources():
        app.register_blueprint(module.blueprint)
    sys.stdout.write(msgspec.json.encode(document(app)).decode())


main()
