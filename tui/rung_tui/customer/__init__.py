"""One customer: why it has its grade, drawn as lines that any pane can show."""
