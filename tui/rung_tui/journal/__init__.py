"""The mode Runs and audit: every run the workspace keeps, and everything on record, page by page."""
