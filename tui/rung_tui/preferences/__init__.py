"""What a person prefers, in a file of their own; and what the program remembers of how it was left."""
