"""The memory: what is kept of each state, what differs between two of them, and how a past one is built again.

moment.py     the fields that are kept        taking.py     ``moment_of``: from an accepted state to its moment
delta.py      what differs, exactly; ``replay`` and how both are stored        showing.py    a moment as a snapshot again
compare.py    the same differences as events that a person reads: events.py    names.py      what they are called today
ours.py       which of them our transfers did        tallies.py, figures.py, aggregates.py    what charts count
"""
