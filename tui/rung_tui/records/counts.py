"""Records of one type counted by period and cause, on a page; its spans are changed by keys."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import BindingType
from textual.containers import VerticalScroll

from rung.text import display_width
from rung_tui.acts import Act, bindings_of
from rung_tui.bars import bar
from rung_tui.customer.layout import paragraph, title
from rung_tui.drawn import Line, Span, line, padded
from rung_tui.language import _, spoken, words
from rung_tui.records.desk import RecordsDesk
from rung_tui.records.leaf import Leaf
from rung_tui.records.listing import type_key
from rung_tui.table.cells import settled
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.service.records.analysis import Analysis
    from rung.workspace.recording.counted import Counted
    from rung.workspace.recording.types import DeclaredType

__all__ = ["CountsPage"]

_SPANS: Final = ("month", "quarter", "week")
_LEAST_BAR: Final = 8
_MOST_NAME: Final = 24
# Cells of a bar worth drawing, and of a cause's name.


class CountsPage(Leaf):
    """How many, of which cause, how long open, how often late, whose came again."""

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("by", lambda: _("Months, quarters, weeks"), "p f5", short=lambda: _("Period")),
        Act("since", lambda: _("This year, or from the first on"), "y f3", short=lambda: _("Since")),
        Act("again", lambda: _("Read again"), "r f2", hint=False),
        Act("leave", lambda: _("Back"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]

    def __init__(self, desk: RecordsDesk, declared: DeclaredType) -> None:
        super().__init__(desk)
        self._declared = declared
        self._by, self._is_year = _SPANS[0], False
        self._found: Analysis | None = None

    def on_mount(self) -> None:
        """Count."""
        super().on_mount()
        self._read()

    def named(self) -> str:
        """Return what is counted."""
        spans = {"month": _("by month"), "quarter": _("by quarter"), "week": _("by week")}
        return "  ".join((_("Count"), words(self._declared.type.title), spans[self._by]))

    @work(group="read", exclusive=True)
    async def _read(self) -> None:
        desk, key, by = self.desk, type_key(self._declared), self._by
        since = date(desk.now().year, 1, 1) if self._is_year else None
        self.is_busy = True
        try:
            self._found = await desk.work(lambda: _counted(desk, key, by, since))
        except Exception as error:
            self.refuse(error)
        self.has_read()
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_by(self) -> None:
        """Go on to the next length of a period."""
        self._by = _SPANS[(_SPANS.index(self._by) + 1) % len(_SPANS)]
        self._read()

    def action_since(self) -> None:
        """Count this year's, or all."""
        self._is_year = not self._is_year
        self._read()

    def action_again(self) -> None:
        """Count anew."""
        self._read()

    def lines(self, width: int) -> list[Line] | None:
        """Return the tables, the newest period at the top: that is what one came for."""
        from rung.workspace.recording.counted import (
            cause_table,
            heading_words,
            period_table,
            repeat_words,
        )

        found = self._found
        if found is None:
            return None
        spoken()
        first, *more = heading_words(found)
        lines = paragraph([(first, "strong")], width)
        lines += [each for told in more for each in paragraph([told], width)]
        lines += [(), *_table(period_table(found, 3), width, is_newest_first=True)]
        if any(not each.is_whole for each in found.periods):
            lines += paragraph([(_("* not the whole period"), "muted")], width)
        if found.causes:
            heading = _("By {cause}").format(cause=words(found.cause_title))
            lines += [(), title(heading, width), *_table(cause_table(found), width)]
        if found.repeat:
            named, rest = repeat_words(found)
            lines += [(), title(_("Customers with several"), width)]
            lines += [line(f"  {customer}  ", (f"{count:,}", "strong")) for customer, count in named]
            if rest:
                lines.append(line((_("  and {n} more").format(n=f"{rest:,}"), "muted")))
            share = _("{share}% of the customers with any.").format(share=found.repeat_share)
            lines += paragraph([(share, "muted")], width)
        return lines


def _counted(desk: RecordsDesk, key: str, by: str, since: date | None) -> Analysis:
    from rung.service.records.spans import Span

    return desk.counted(key, Span(by), since)


def _table(table: Counted, width: int, *, is_newest_first: bool = False) -> list[Line]:
    """Return the rows under their headers, as many columns as fit, and a bar where there is room."""
    every = [table.headers, *table.rows]
    sizes = [max(display_width(settled(row[place])) for row in every) for place in range(len(table.headers))]
    sizes[0] = min(sizes[0], _MOST_NAME)
    while len(sizes) > 2 and sum(sizes) + 2 * len(sizes) > width:
        sizes.pop()
    room = min(30, width - sum(sizes) - 2 * len(sizes))
    most = max(table.counts, default=0) or 1

    def drawn(row: tuple[str, ...], role: str) -> list[Span]:
        spans: list[Span] = []
        for place, size in enumerate(sizes):
            spans += [padded(row[place], size, role, right=place > 0), Span("  ")]
        return spans

    lines: list[Line] = [tuple(drawn(table.headers, "muted"))]
    rows = list(zip(table.rows, table.counts, strict=True))
    for row, count in reversed(rows) if is_newest_first else rows:
        spans = drawn(row, "")
        if room >= _LEAST_BAR:
            spans += bar(count / most, room)
        lines.append(tuple(spans))
    return lines
