"""Analogue inputs of a small Linux board. Standard library only, and nothing of the rest: it also runs where only Python is."""
