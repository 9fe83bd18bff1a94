"""Moving, equipping and locking, decided without doing: a world and a wish make a plan.

world.py      what lies where, and what the game allows; worlds.py makes it of a ``Profile``
wishes.py     what a person can ask for; remaining.py what is left of it after some steps
plans.py      the outcome: steps with reasons, and refusals that say what would help
planning.py   ``plan_transfer``, and by wish: moves.py, collecting.py, marks.py, clearing.py, restoring.py

How it is planned: the ledger is the world while planning (ledger.py, stacks.py), each call changes it (calls.py). Goals are
pursued the easy ones first (goals.py); each is brought (moving.py), for which room is made (room.py, choose.py) and other things
are worn (wear.py, fitting.py). What cannot be is refused (checks.py, refused.py), in words.py's words.
"""

from __future__ import annotations
