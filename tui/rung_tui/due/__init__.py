"""The mode Due: what is due to whom, contacts logged with the grade before and after, calls gone through."""
