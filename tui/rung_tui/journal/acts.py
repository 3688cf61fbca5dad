"""The acts on record as rows, newest first: looked up by number, a page at a time, never all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rung_tui.language import _, spoken

if TYPE_CHECKING:
    from rung.ledger import Event, Head, LedgerStore
    from rung.workspace import Workspace

__all__ = ["Act", "ActRows", "ActTeller"]


@dataclass(frozen=True, slots=True)
class Act:
    """One act in words."""

    number: int
    event: Event | None
    """None where it is missing or cannot be read."""
    who: str = ""
    title: str = ""
    words: str = ""
    payload: Any = None
    """As whoever is at the screen may read it."""
    problem: str = ""
    """What is wrong with it; the whole chain is only looked at by verifying."""


class ActTeller:
    """Says in words what acts say, sensitive values masked."""

    def __init__(self, workspace: Workspace) -> None:
        from rung.workspace.record_titles import Titles

        self._people = workspace.human_input.people
        self._titles = Titles(workspace.human_input)
        self._confidential = workspace.confidential

    def told(self, number: int, events: dict[int, Event | None]) -> Act:
        """Return the act of a number, whatever became of it."""
        from rung.workspace.act_words import act_title, act_words

        if number not in events:
            return Act(number, None, problem=_("This event is missing."))
        event = events[number]
        if event is None:
            return Act(number, None, problem=_("This event cannot be read."))
        payload = self._confidential.payload(event)
        return Act(
            number,
            event,
            self._people.name(event.maker),
            act_title(event.kind),
            act_words(event.kind, payload, self._people, self._titles),
            payload,
        )


class ActRows:
    """A RowSource over a ledger; ``numbers`` are those looked for, None for all of them."""

    def __init__(
        self, store: LedgerStore | None, head: Head | None, teller: Callable[[], ActTeller], *, is_all: bool
    ) -> None:
        self.head = head
        self.numbers: list[int] | None = None if is_all else []
        self._store, self._make = store, teller
        self._teller: ActTeller | None = None

    def __len__(self) -> int:
        if self.numbers is not None:
            return len(self.numbers)
        return 0 if self.head is None else self.head.sequence

    def page(self, start: int, count: int) -> Sequence[Act]:
        """Return ``count`` acts from ``start``."""
        numbers = self._numbered(start, count)
        if self._store is None or not numbers:
            return ()
        spoken()
        if self._teller is None:
            self._teller = self._make()
        events = dict(self._store.events_numbered(numbers))
        return [self._teller.told(number, events) for number in numbers]

    def place_of(self, number: int) -> int | None:
        """Return where an act stands, None where it is not among those shown."""
        if self.numbers is None:
            return len(self) - number if 0 < number <= len(self) else None
        return self.numbers.index(number) if number in self.numbers else None

    def _numbered(self, start: int, count: int) -> list[int]:
        if self.numbers is not None:
            return self.numbers[start : start + count]
        newest = len(self) - start
        return list(range(newest, max(0, newest - count), -1))
