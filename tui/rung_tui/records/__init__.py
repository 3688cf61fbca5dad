"""The mode Records: lists, forms and timelines made of declarations, and alarms with time left."""
