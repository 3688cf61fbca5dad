"""Where the ledger's events and what stands are kept: SQLite or PostgreSQL, one protocol, one schema."""
