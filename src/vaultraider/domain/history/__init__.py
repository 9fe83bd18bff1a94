"""The memory: what is kept of each state, what differs between two of them, and how a past one is built again.

moment.py     the fields that are kept        taking.py, fields.py, loadouts.py    ``moment_of``: from a state to its moment
delta.py      what differs, exactly; ``replay`` and how both are stored        showing.py    a moment as a snapshot again
compare.py    the same differences as events that a person reads (events.py), of items; piles.py, loadout_changes.py of others
names.py      what things are called today    telling.py    how an event is made
ours.py       which of them our transfers did        tallies.py, figures.py, aggregates.py    what charts count
"""
