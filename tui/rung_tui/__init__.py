"""The terminal program: look at graded customers, see why, overrule a grade on the record."""
