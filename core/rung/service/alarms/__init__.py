"""Alarms: by when who must act, when they are handed up, and how the world outside is told."""
