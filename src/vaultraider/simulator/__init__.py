"""Bungie.net small enough to carry: one HTTP server with its own clock, faults and control room. Imports nothing of the rest."""

from vaultraider.simulator.box import API_KEY, CLIENT_ID, CLIENT_SECRET, REDIRECT_URL
from vaultraider.simulator.capture import CaptureError
from vaultraider.simulator.captured_manifest import ManifestFileError
from vaultraider.simulator.server import Simulator

__all__ = [
    "API_KEY",
    "CLIENT_ID",
    "CLIENT_SECRET",
    "REDIRECT_URL",
    "CaptureError",
    "ManifestFileError",
    "Simulator",
]
