"""Where notifications go: one file, one kind of channel."""
