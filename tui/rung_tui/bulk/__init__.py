"""Overruling many customers at once: what is filled in, what would come of it, and all of it taken back."""
