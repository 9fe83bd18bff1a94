"""The memory: what is kept of each state, what differs between two of them, and how a past one is built again.

``moment`` lists the fields that are kept; ``delta`` says exactly what differs and replays it; ``compare`` says the same in
events that a person reads; ``events`` are their shapes; ``tallies`` and ``figures`` are what charts count.
"""
