"""The ways by which the world outside is told of an alarm, and how long one waits before the next try."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import copy_context
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Thread
from typing import Any, Final, Protocol

from rung.ledger.service.alarms import RaisedAlarm, Sending
from rung.plugins.aside import leave_behind, printed_aside
from rung.text import _, inert

__all__ = ["Attempted", "PluginWay", "Way", "next_try_at", "too_slow", "tries_of", "within"]

_PATIENCE: Final = tuple(timedelta(seconds=each) for each in (2, 60, 300, 1_800, 7_200))
"""How long one waits after the first, the second … failed try; after the last of these always as long."""
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Attempted:
    """What came of one attempt."""

    is_delivered: bool
    said: str

    @classmethod
    def failed(cls, said: str) -> Attempted:
        """Return an attempt that failed, with what is known of why, shortened to a line."""
        return cls(is_delivered=False, said=inert(" ".join(said.split()))[:_LONGEST])

    @classmethod
    def done(cls, said: str = "") -> Attempted:
        """Return an attempt that was received."""
        return cls(is_delivered=True, said=inert(" ".join(said.split()))[:_LONGEST])


class Way(Protocol):
    """One way of telling somebody of an alarm."""

    @property
    def name(self) -> str:
        """What it is called on record."""
        ...

    def send(self, message: Mapping[str, Any], timeout: float) -> Attempted:
        """Tell of an alarm, and be done, whatever happens, within so many seconds or little more."""
        ...


@dataclass(frozen=True, slots=True)
class PluginWay:
    """A plugin that is told of alarms."""

    plugin: str
    load: Callable[[], Callable[[Mapping[str, Any]], str]]

    @property
    def name(self) -> str:
        """What it is called on record."""
        return f"plugin:{self.plugin}"

    def send(self, message: Mapping[str, Any], timeout: float) -> Attempted:
        """Call the plugin; one that hangs is left behind, for code of the own process cannot be ended.

        What it prints meanwhile goes to standard error.
        """
        with printed_aside():
            return within(timeout, lambda: Attempted.done(self.load()(message)))


def within(seconds: float, attempt: Callable[[], Attempted]) -> Attempted:
    """Return what comes of an attempt, as failed where it raises or takes longer than it may."""
    found: list[Attempted] = []

    def work() -> None:
        try:
            found.append(attempt())
        except (
            BaseException
        ) as error:  # a plugin's SystemExit too: whatever it is, the alarm stays to be sent
            found.append(Attempted.failed(f"{type(error).__name__}: {error}"))

    # With the language of whoever waits.
    thread = Thread(target=copy_context().run, args=(work,), name="rung-alarm", daemon=True)
    thread.start()
    thread.join(seconds)
    if found:
        return found[0]
    leave_behind(thread)
    return too_slow(seconds)


def too_slow(seconds: float) -> Attempted:
    """Return an attempt that was given up."""
    return Attempted.failed(_("no answer within {seconds} s").format(seconds=f"{seconds:g}"))


def tries_of(alarm: RaisedAlarm, way: str) -> tuple[Sending, ...]:
    """Return what was tried by a way, oldest first."""
    return tuple(each for each in alarm.sendings if each.way == way)


def next_try_at(tried: tuple[Sending, ...]) -> datetime | None:
    """Return from when on the next try may be made; None: at once."""
    if not tried:
        return None
    return tried[-1].at + _PATIENCE[min(len(tried), len(_PATIENCE)) - 1]
