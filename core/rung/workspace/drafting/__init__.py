"""A policy changed on a screen: its tree, what is typed, whom that moves, the way to a version."""
