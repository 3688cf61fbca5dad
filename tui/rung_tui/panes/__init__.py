"""How much of the screen each pane has, and getting to one, or to a row, by a letter."""
