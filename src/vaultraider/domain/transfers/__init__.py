"""Moving, equipping and locking, decided without doing: a world and a wish make a plan.

world.py    what lies where, and what the game allows: made of a ``Profile``
wishes.py   what a person can ask for
plans.py    the outcome: steps with reasons, and refusals that say what would help
"""

from __future__ import annotations
