"""The demo world: invented names on the real structure. Nothing here comes from the game's files but numbers of its skeleton."""
