"""What the program can be in: the queue, or a mode over it; how one goes from one to another."""
