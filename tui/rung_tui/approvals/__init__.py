"""The mode Approvals: what awaits a decision, what it would change, and the decisions taken on it."""
