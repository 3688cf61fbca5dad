"""Which customers of a run a person has marked, and what is done to all of them."""
