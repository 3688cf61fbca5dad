"""Views of the queue that a person has named, kept for the workspace they were made in."""
