"""The queue: every customer of a run in one table, sorted, filtered, and seen through ready views."""
