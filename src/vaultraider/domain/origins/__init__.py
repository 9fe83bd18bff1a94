"""Where and when an item came into the game: Bungie's data where it says so, and small tables of ours where it does not."""
