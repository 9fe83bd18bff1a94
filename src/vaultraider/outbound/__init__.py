"""Asking addresses that people gave: only where it can do no harm."""
