"""What is kept: one file per aggregate, its rows and its repository together."""
