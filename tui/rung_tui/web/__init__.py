"""The terminal program in a browser: a process for each page, served to this machine alone."""
