"""Contacts, arrivals, alarms, records and holders in tables: kept with each append, held to the events."""
