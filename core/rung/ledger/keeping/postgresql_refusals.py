"""What PostgreSQL refuses, in a person's words, with what to do; a password is in none of them."""

from __future__ import annotations

from typing import Final

from rung.errors import Place, Problem, RungError
from rung.ledger.keeping.addresses import PostgresqlAddress
from rung.text import _

__all__ = ["OutcomeUnknownError", "no_driver", "no_schema", "outcome_unknown", "refusal"]


class OutcomeUnknownError(RungError):
    """The connection broke while the server was keeping what was written: it may be kept or not."""


def refusal(cause: BaseException, address: PostgresqlAddress, *, is_lost: bool) -> RungError:
    """Return the refusal an error of the driver stands for; ``is_lost``: the connection broke."""
    place = Place(address.shown)
    state = str(getattr(cause, "sqlstate", None) or "")
    said = address.masked(_first_line(cause))
    words = _by_state(state, said)
    if words is None and not state:
        words = _by_text(said)
    if words is None and (is_lost or not state):
        words = (
            _("The connection to the ledger's database was lost: {cause}.").format(cause=said)
            if is_lost
            else _("The ledger's database cannot be reached: {cause}.").format(cause=said),
            _("Nothing was recorded. Try again once the server is back."),
        )
    if words is None:
        words = (
            _("The ledger's database refused: {cause}.").format(cause=said),
            _("Nothing was recorded."),
        )
    return RungError.of(*words, place)


def _first_line(cause: BaseException) -> str:
    lines = [line.strip() for line in str(cause).splitlines() if line.strip()]
    return lines[0].rstrip(".") if lines else type(cause).__name__


def _by_state(state: str, said: str) -> tuple[str, str] | None:
    match state:
        case "55P03" | "40P01" | "57014":
            return (
                _("Another program has been writing to the ledger for too long."),
                _("Nothing was recorded. Try again; if it lasts, look for a program that hangs."),
            )
        case "53100":
            return (
                _("The disk of the ledger's database is full."),
                _("Nothing was recorded. Ask whoever looks after the server for space, and try again."),
            )
        case "53300":
            return (
                _("The ledger's database has no connection left."),
                _("Nothing was recorded. Try again later, or ask for more connections."),
            )
        case "25006":
            return (
                _("The ledger's database lets nobody write: it is a copy for reading."),
                _("Nothing was recorded. Name the main server in the address of the ledger."),
            )
        case "42501":
            return (
                _("The ledger's database does not permit it: {cause}.").format(cause=said),
                _("Nothing was recorded. The ledger's owner grants the rights; docs/ledger.md has them."),
            )
        case "RL001":
            return (_("The ledger is append-only: no event is ever changed."), _("Nothing was recorded."))
        case "RL002":
            return (
                _("An act is recorded under the login of whoever made it, and no other."),
                _("Nothing was recorded. Only the ledger's owner may restore what others made."),
            )
        case "23505":
            return (
                _("Another program wrote to the ledger out of turn."),
                _("Nothing was recorded. Try again; “rung audit verify” tells whether the chain is whole."),
            )
        case "57P01" | "57P02" | "57P03":
            return (
                _("The ledger's database is stopping or starting."),
                _("Nothing was recorded. Try again in a moment."),
            )
    return None


_REFUSED: Final = ("connection refused", "no such file or directory", "is the server running")
_WRONG_LOGIN: Final = ("authentication failed", "no password supplied", "no pg_hba.conf entry")
# Before there is a connection the driver hands on what the server says without its code.


def _by_text(said: str) -> tuple[str, str] | None:
    low = said.lower()
    if any(sign in low for sign in _WRONG_LOGIN) or ('role "' in low and "does not exist" in low):
        return (
            _("The ledger's database does not let you in: {cause}.").format(cause=said),
            _("See to user and password: in the address, in PGPASSWORD, or in the file ~/.pgpass."),
        )
    if 'database "' in low and "does not exist" in low:
        return (
            _("There is no such database: {cause}.").format(cause=said),
            _("See to the address of the ledger in rung.toml, or have the database made."),
        )
    if any(sign in low for sign in _REFUSED):
        return (
            _("The ledger's database does not answer: {cause}.").format(cause=said),
            _("Nothing was recorded. See that the server runs, and that the address of the ledger is right."),
        )
    if "starting up" in low or "shutting down" in low or "recovery" in low:
        return (
            _("The ledger's database is stopping or starting."),
            _("Nothing was recorded. Try again in a moment."),
        )
    return None


def outcome_unknown(place: str) -> OutcomeUnknownError:
    """Return what is said where the connection broke while the server was keeping what was written."""
    return OutcomeUnknownError(
        Problem(
            _("The connection to the ledger's database was lost at the last moment."),
            _("It is not known whether it was recorded: look with “rung audit log” before trying again."),
            Place(place),
        )
    )


def no_driver() -> RungError:
    """Return the refusal where the driver of PostgreSQL is not installed."""
    return RungError.of(
        _("A ledger in PostgreSQL needs a driver that is not installed."),
        _("Install it: pip install 'rung[postgresql]'."),
    )


def no_schema(place: str) -> RungError:
    """Return the refusal where the schema the address names is not there, or may not be used."""
    return RungError.of(
        _("The schema of the ledger is not there, or you may not use it."),
        _("The owner makes it and grants its use: docs/ledger.md has the statements."),
        Place(place),
    )
