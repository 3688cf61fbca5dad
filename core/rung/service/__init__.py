"""Service in motion: what each customer was promised, when it comes due, and by whose hand."""

from rung.service.calendars import Calendar, CalendarSaid, Roll, read_calendar
from rung.service.rhythm import Clock, DueDays, contact_due, respond_due, review_due

__all__ = [
    "Calendar",
    "CalendarSaid",
    "Clock",
    "DueDays",
    "Roll",
    "contact_due",
    "read_calendar",
    "respond_due",
    "review_due",
]
