"""Human inputs as they stand, read from their table: by id and by filter."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from sqlalchemy import Executable, Row, bindparam, select

from rung.errors import Place, RungError
from rung.ledger.keeping.tables import inputs
from rung.ledger.records import InputRecord
from rung.ledger.store import InputFilter
from rung.ledger.written_records import read_record
from rung.text import _

__all__ = ["ONE_INPUT", "chosen_inputs", "record_of"]


_SAME: Final = ("customer_id", "policy_id", "subject", "maker", "batch")
_MANY: Final = ("customers", "kinds", "states")

ONE_INPUT: Final[Executable] = select(inputs.c.sequence, inputs.c.id, inputs.c.record).where(
    inputs.c.id == bindparam("id")
)
"""One human input, given its id."""


def chosen_inputs(wanted: InputFilter) -> tuple[Executable, dict[str, Any]]:
    """Return the query for a page of the human inputs wanted, oldest first, and what it is given.

    It asks besides for ``after``, a number of an event, and for ``page``, how many. For its rows see
    ``record_of``.
    """
    same = {name: value for name in _SAME if (value := getattr(wanted, name)) is not None}
    many = {name: [str(each) for each in values] for name in _MANY if (values := getattr(wanted, name))}
    return _query(tuple(same), tuple(many)), {**same, **many}


@cache
def _query(same: tuple[str, ...], many: tuple[str, ...]) -> Executable:
    # Made once for each set of conditions: to make one costs more than what it finds.
    query = select(inputs.c.sequence, inputs.c.id, inputs.c.record).order_by(inputs.c.sequence)
    query = query.where(inputs.c.sequence > bindparam("after")).limit(bindparam("page"))
    for name in same:
        query = query.where(inputs.c[name] == bindparam(name))
    columns = {"customers": inputs.c.customer_id, "kinds": inputs.c.kind, "states": inputs.c.state}
    for name in many:
        query = query.where(columns[name].in_(bindparam(name, expanding=True)))
    return query


def record_of(row: Row[Any], place: str) -> InputRecord:
    """Return the record of a row; raises RungError where it is none the ledger writes."""
    _sequence, input_id, record = tuple(row)
    try:
        return read_record(record)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _unreadable(str(input_id), place) from error


def _unreadable(input_id: str, place: str) -> RungError:
    message = _("What the ledger keeps of {id} cannot be read.").format(id=input_id)
    hint = _("“rung audit verify” says more; “rung ledger rebuild” makes it anew from the events.")
    return RungError.of(message, hint, Place(place))
