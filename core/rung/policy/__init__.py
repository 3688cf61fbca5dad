"""What a policy says: its model, the files it is read from, its conditions and formulas, its own tests."""
