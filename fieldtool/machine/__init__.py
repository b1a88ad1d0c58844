"""This laptop: clock, randomness, paths, sticks."""
