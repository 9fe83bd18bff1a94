"""Vault Raider: an always-on keeper of a Destiny 2 vault."""

__version__ = "0.1.0"
