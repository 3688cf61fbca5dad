"""Works out what is due to the customers of one run: contacts, answers, reviews and what people put in."""

from rung.service.due.asked import Chosen
from rung.service.due.besides import Besides
from rung.service.due.counted_from import last_moments, look_moments, source_days
from rung.service.due.duties import TIMED
from rung.service.due.listing import due_list
from rung.service.due.tables import ARRIVED, CONTACTS, DOCUMENT, HOLDERS, LOOKED_AT

__all__ = [
    "ARRIVED",
    "CONTACTS",
    "DOCUMENT",
    "HOLDERS",
    "LOOKED_AT",
    "TIMED",
    "Besides",
    "Chosen",
    "due_list",
    "last_moments",
    "look_moments",
    "source_days",
]
