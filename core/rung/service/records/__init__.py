"""Records kept of customers, of the types sectors declare: forms, states, days due, and what they add up to.

Nothing here knows a type by name: the declaration is all there is.
"""

from rung.service.records.analysis import Analysis, Each, Period, Span, analysed
from rung.service.records.filling import filled, refilled
from rung.service.records.form import Form, FormField, form_of
from rung.service.records.past import Entry, NewValue, past_of
from rung.service.records.states import WITHDRAWN, due_day, opened_first, state_meant, state_words

__all__ = [
    "WITHDRAWN",
    "Analysis",
    "Each",
    "Entry",
    "Form",
    "FormField",
    "NewValue",
    "Period",
    "Span",
    "analysed",
    "due_day",
    "filled",
    "form_of",
    "opened_first",
    "past_of",
    "refilled",
    "state_meant",
    "state_words",
]
