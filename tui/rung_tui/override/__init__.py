"""Overruling a grade: what is filled in, what speaks against it, and what it would change."""
