"""The mode Policy: what grades, as a tree; a change of it, whom that moves, and the way to a version."""
