"""What the mode works on beside the screen: lists, records at hand, what was typed and is not recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from rung_tui.chinese.tables import learned, spelled_pattern
from rung_tui.drafts.drawer import Drawer
from rung_tui.language import _
from rung_tui.modes.desk import ListDesk, doors_of
from rung_tui.modes.own import settled
from rung_tui.queue.search import compared
from rung_tui.records.listing import Listing, type_key
from rung_tui.records.wish import RecordsWish

if TYPE_CHECKING:
    from rung.ledger import People
    from rung.ledger.service.alarms import RaisedAlarm
    from rung.ledger.service.customer_records import CustomerRecord
    from rung.service.records.analysis import Analysis, Span
    from rung.service.records.past import Entry
    from rung.text import Text
    from rung.workspace import Workspace
    from rung.workspace.arrivals.shown import ShownAlarm
    from rung.workspace.recording.acts import Opened
    from rung.workspace.recording.customers import Known
    from rung.workspace.recording.types import DeclaredType
    from rung.workspace.recording.views import ShownRecord

__all__ = ["AlarmAtHand", "Done", "RecordAtHand", "RecordsDesk"]


@dataclass(frozen=True, slots=True)
class RecordAtHand:
    """A record to be looked at and worked on."""

    shown: ShownRecord
    people: People
    waiting: tuple[Text, ...]
    """Service that starts with an open record of its type."""


@dataclass(frozen=True, slots=True)
class AlarmAtHand:
    """An alarm to be looked at and worked on."""

    shown: ShownAlarm
    people: People


@dataclass(frozen=True, slots=True)
class Done:
    """Something done with a record that may be undone."""

    record: str
    is_opening: bool
    customer_id: str


@dataclass
class RecordsDesk(ListDesk):
    """The mode's side beside the screen."""

    wish: RecordsWish = field(default_factory=RecordsWish)
    listing: Listing | None = None
    drafts: dict[str, dict[str, str]] = field(default_factory=dict)
    """What was typed and not recorded, by what it is about."""
    titles: dict[str, Callable[[], str]] = field(default_factory=dict)
    """What each draft is called, in the language of now."""
    secret: dict[str, frozenset[str]] = field(default_factory=dict)
    """Names of the sensitive fields of each draft: what is typed there is not for the disk."""
    reasons: dict[str, str] = field(default_factory=dict)
    """Why a record was to be taken back, as typed and not recorded yet, by the record."""
    read_before: dict[str, frozenset[str]] = field(default_factory=dict)
    """Sensitive fields shown of each record: that they were read is put on record once a session."""
    done: list[Done] = field(default_factory=list)
    """What was done since the mode was opened first, the last at the end."""

    @classmethod
    def of(cls, workspace: Workspace) -> RecordsDesk:
        """Return a desk with doors of its own."""
        return cls(doors_of(workspace))

    def begun(self) -> str:
        """Return how many forms were begun and not recorded."""
        count = sum(any(each.strip() for each in draft.values()) for draft in self.drafts.values())
        return _("Forms of records begun and not recorded: {count}").format(count=count) if count else ""

    def drawers(self) -> tuple[Drawer, ...]:
        """Return what is kept on disk of what was typed."""
        return (
            Drawer("records", self.drafts, dict, lambda key: self.secret.get(key, frozenset())),
            Drawer("records:reasons", self.reasons, str),
        )

    def keep(
        self,
        key: str,
        draft: Mapping[str, str],
        title: Callable[[], str],
        secret: frozenset[str] = frozenset(),
    ) -> None:
        """Keep what was typed; nothing typed is kept as nothing."""
        self.secret[key] = secret | self.secret.get(key, frozenset())
        self.drafts.pop(key, None)
        if draft:
            self.drafts[key], self.titles[key] = dict(draft), title

    # For ``work``

    def read(self, wish: RecordsWish) -> Listing:
        """Return what there is by a wish; raises RungError for types and states there are not."""
        from rung.workspace.arrivals.listed import alarms_listed
        from rung.workspace.recording import words  # noqa: F401 - the screen is not to wait for it

        place, now = self.workspace, self.now()
        wish, records = settled(wish, place), place.records
        looked = place.alarms.look(now) if wish.is_alarms else None
        return Listing(
            wish=wish,
            types=records.types,
            people=place.human_input.people,
            zone=records.calendar.zone,
            now=now,
            records=None if wish.is_alarms else records.listed(wish.records(), now),
            alarms=alarms_listed(place, wish.alarms(), now) if wish.is_alarms else None,
            looked=looked,
            may_read=place.confidential.may_read,
        )

    def record(self, number: str) -> RecordAtHand:
        """Return a record whole; that its sensitive values were read is put on record."""
        records = self.workspace.records
        shown = records.shown(number, self.now(), self.read_before.get(number, frozenset()))
        self.read_before[number] = shown.read
        waiting = () if shown.declared is None else records.service_waiting(shown.declared)
        return RecordAtHand(shown, self.workspace.human_input.people, waiting)

    def alarm(self, number: str) -> AlarmAtHand:
        """Return an alarm whole."""
        alarms = self.workspace.alarms
        (shown,) = alarms.shown([alarms.alarm(number)], self.now())
        return AlarmAtHand(shown, self.workspace.human_input.people)

    def past(self, customer_id: str) -> tuple[tuple[Entry, ...], People]:
        """Return what was done with a customer's records, oldest first."""
        return self.workspace.records.past(customer_id), self.workspace.human_input.people

    def customers(self, typed: str, sector: str | None) -> tuple[Known, ...]:
        """Return customers like what was typed: names by the initials of their pinyin too."""
        learned()
        pattern = spelled_pattern(compared(typed))
        return self.workspace.records.customers_like(typed, sector, pattern=pattern)

    def customer(self, typed: str, declared: DeclaredType | None) -> str:
        """Return the id of the one customer meant; raises RungError where that is nobody, or several."""
        records = self.workspace.records
        if declared is None:
            return records.customer_id(typed)
        return records.about(type_key(declared), typed)[1]

    def named(self, customer_id: str, sector: str) -> str:
        """Return what a customer is called, nothing where that is not known."""
        return self.workspace.records.names_of([customer_id], sector).get(customer_id, "")

    def waiting(self, declared: DeclaredType) -> tuple[Text, ...]:
        """Return the service that starts with an open record of a type."""
        return self.workspace.records.service_waiting(declared)

    def runs_of(self, sector: str | None) -> Mapping[str, Text]:
        """Return the last runs in which a customer's page may be read, newest first, and their policies."""
        from rung.workspace.recording.types import latest_runs

        records = self.workspace.records
        sectors = dict.fromkeys(each.sector for each in records.types) if sector is None else [sector]
        titles = {each.run_id: each.policy.title for each in self.workspace.runs().manifests}
        return {run: titles[run] for each in sectors for run in latest_runs(self.workspace, each)}

    def open(self, declared: DeclaredType, customer_id: str, values: Mapping[str, str]) -> Opened:
        """Open a record; raises RungError with everything that speaks against it."""
        made = self.workspace.records.open(type_key(declared), customer_id, values, self.now())
        (record,) = made.records
        self._noted(record, is_opening=True)
        return made

    def change(
        self,
        number: str,
        values: Mapping[str, str] | None = None,
        state: str | None = None,
        note: str = "",
        due: date | None = None,
    ) -> CustomerRecord:
        """Change a record; raises RungError with everything that speaks against it."""
        made = self.workspace.records.change(
            number, self.now(), values=values, state=state, note=note, due=due
        )
        self._noted(made, is_opening=False)
        return made

    def put_back(self, number: str) -> CustomerRecord:
        """Put back what a record's last change changed."""
        made = self.workspace.records.put_back(number, self.now())
        self._forget(number)
        self.has_changed = True
        return made

    def withdraw(self, number: str, reason: str) -> CustomerRecord:
        """Take back a record that was opened by mistake."""
        (made,) = self.workspace.records.withdraw([number], reason, self.now())
        self.done = [each for each in self.done if each.record != number]
        self.has_changed = True
        return made

    def answer(self, number: str, note: str, duty: int) -> RaisedAlarm:
        """Record what was done about a duty, by its number from 1."""
        return self.workspace.alarms.answer(number, note, self.now(), duty)

    def close_alarm(self, number: str, note: str, outcome: str, *, unanswered: bool) -> RaisedAlarm:
        """Record what came of an alarm."""
        return self.workspace.alarms.close(number, note, self.now(), outcome, unanswered=unanswered)

    def counted(self, type_: str, by: Span, since: date | None) -> Analysis:
        """Return what the records of a type add up to."""
        from rung.workspace.recording import counted  # noqa: F401 - the screen is not to wait for it

        return self.workspace.records.analysed(type_, self.now(), by, since)

    def _noted(self, record: CustomerRecord, *, is_opening: bool) -> None:
        # A record may begin service, or end it, that the queue tells of.
        self.has_changed = True
        self.done.append(Done(record.id, is_opening, record.customer_id))

    def _forget(self, number: str) -> None:
        for place in range(len(self.done) - 1, -1, -1):
            if self.done[place].record == number and not self.done[place].is_opening:
                del self.done[place]
                return
