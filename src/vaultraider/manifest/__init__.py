"""Definitions on disk: fetching, checking, condensing, and reading them by hash."""
