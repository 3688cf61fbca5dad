"""Everything there is of one customer on one page, newest first: what was done, what happened, its grades."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import BindingType

from rung_tui.acts import Act, bindings_of
from rung_tui.customer.layout import number
from rung_tui.drawn import Line, line, wrap
from rung_tui.language import _
from rung_tui.scale import called
from rung_tui.scroll_text import Reading, ReadingScreen
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.runs.past import PastGrade

__all__ = ["Entry", "TimelineScreen", "entries_of"]

_KINDS: Final[tuple[tuple[str, Callable[[], str], tuple[str, ...]], ...]] = (
    ("all", lambda: _("All"), ("",)),
    ("contact", lambda: _("Contacts"), ("contact.", "event.")),
    ("input", lambda: _("Inputs"), ("override.", "correction.", "judgement.", "input.")),
    ("note", lambda: _("Notes"), ("note.",)),
    ("record", lambda: _("Records"), ("record.",)),
    ("alarm", lambda: _("Alarms"), ("alarm.",)),
    ("review", lambda: _("Reviews"), ("review.",)),
    ("grade", lambda: _("Grades"), ("grade.",)),
)
# What one narrows to, and how the kinds of events begin.


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing."""

    kind: str
    moment: str
    id: str
    by: str
    what: str
    said: str


def entries_of(
    story: Sequence[tuple[str, tuple[str, ...]]],
    grades: Sequence[PastGrade],
    scale: Sequence[str] = (),
) -> tuple[Entry, ...]:
    """Return what is on record and the grades of the runs, newest first."""
    found = [Entry(kind, *row) for kind, row in story]
    for place, each in enumerate(grades):
        older = grades[place + 1].grade if place + 1 < len(grades) else None
        has_moved = place + 1 < len(grades) and older != each.grade
        before = f"{'–' if older is None else called(older, scale)} → " if has_moved else ""
        score = "" if each.score is None else _("  score {score}").format(score=number(each.score))
        grade = _("not graded") if each.grade is None else called(each.grade, scale)
        said = f"{before}{grade}{score}  {each.policy_version}"
        found.append(Entry("grade.run", f"{each.as_of}", "", "", _("graded"), said))
    return tuple(sorted(found, key=lambda each: each.moment, reverse=True))


class TimelineScreen(ReadingScreen):
    """One page of everything; arrows narrow it to a kind."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("leave", lambda: _("Back"), "escape q enter"),
        Act("kind(1)", lambda: _("Next kind"), "right tab"),
        Act("kind(-1)", lambda: _("Kind before"), "left shift+tab"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]
    DEFAULT_CSS = """
    TimelineScreen Reading { width: 120; max-height: 92%; }
    """

    def __init__(self, customer: str, read: Callable[[], Awaitable[Sequence[Entry]]]) -> None:
        super().__init__()
        self._customer, self._read, self._kind = customer, read, 0
        self._entries: tuple[Entry, ...] | None = None
        self._problem = ""

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        super().relabel()
        self._gather()

    @work(group="timeline", exclusive=True)
    async def _gather(self) -> None:
        """Read it, in the language of now."""
        try:
            self._entries, self._problem = tuple(await self._read()), ""
        except Exception as error:  # whatever it is, it is told here
            self._problem = str(error) or type(error).__name__
        super().relabel()

    def heading(self) -> str:
        """Return of whom it is, and what it is narrowed to."""
        kind = _KINDS[self._kind][1]()
        return _("Timeline of {customer} · {kind}").format(customer=self._customer, kind=kind)

    def action_kind(self, by: int) -> None:
        """Narrow it to the next kind there is any of."""
        for _step in _KINDS:
            self._kind = (self._kind + by) % len(_KINDS)
            if self._kind == 0 or self._shown():
                break
        super().relabel()
        self.query_one(Reading).scroll_home(animate=False)

    def _shown(self) -> list[Entry]:
        return [each for each in self._entries or () if each.kind.startswith(_KINDS[self._kind][2])]

    def lines(self, width: int) -> list[Line]:
        """Return each entry, moment and maker first."""
        if self._problem:
            return wrap(line(("! ", "warning"), (self._problem, "muted")), width, 2)
        if self._entries is None:
            return [line((_("Reading…"), "muted"))]
        counts = []
        for place, (_id, title, begins) in enumerate(_KINDS):
            count = sum(each.kind.startswith(begins) for each in self._entries)
            if count or not place:
                role = "chosen" if place == self._kind else "muted"
                counts += [(f" {title()} {count} ", role)]
        lines = [*wrap(line(*counts), width), ()]
        for each in self._shown():
            head = "  ".join(part for part in (each.moment, each.id, each.by) if part)
            lines += wrap(line((head, "muted"), (f"  {each.what}", "strong"), f"  {each.said}"), width, 4)
        if len(lines) == 2:
            told = _("Nothing is on record about {customer}.").format(customer=self._customer)
            lines += wrap(line((told, "muted")), width)
        return lines
