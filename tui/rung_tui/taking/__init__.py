"""Takes what the queue shows out of the program: into a file, or to the clipboard."""
