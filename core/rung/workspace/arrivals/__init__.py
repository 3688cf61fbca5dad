"""Events that arrive in a workspace, and the alarms they raise: kept, told, answered, sent."""
