"""What people do in service, as the ledger has it: contacts, events that arrive, alarms, records, holders."""
