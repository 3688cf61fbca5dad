"""Customers graded from the screen: which source, as of which day, how far it is, and the run offered."""
