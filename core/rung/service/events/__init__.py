"""Events that arrive: read from tables, held against their table's columns, answered or not."""
