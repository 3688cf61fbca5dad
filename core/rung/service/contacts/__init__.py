"""Contacts with customers: what is said of one, when the next is due, and whom no more are owed to."""

from rung.service.contacts.ended import ended_rows
from rung.service.contacts.next_contact import NextContact, has_ended, next_contact
from rung.service.contacts.said import ContactSaid, Settled, outcome_meant, settled

__all__ = [
    "ContactSaid",
    "NextContact",
    "Settled",
    "ended_rows",
    "has_ended",
    "next_contact",
    "outcome_meant",
    "settled",
]
