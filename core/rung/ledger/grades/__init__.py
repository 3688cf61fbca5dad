"""The computed and the effective grade: human input laid over a run, one customer or a million."""
