"""The ground floor: what Destiny's numbers mean. No I/O, no clock; everything here runs in a REPL."""
