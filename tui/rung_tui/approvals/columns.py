"""The columns of what awaits decisions, and how they give way on a narrow screen."""

from __future__ import annotations

from rung_tui.approvals.rows import Listed
from rung_tui.approvals.words import blocked_words, done_words, what_words
from rung_tui.language import _, words
from rung_tui.table import Cell, Column

__all__ = ["approvals_columns"]


def approvals_columns(*, has_policy: bool = False) -> tuple[Column[Listed], ...]:
    """Return the columns, left to right."""
    columns: list[Column[Listed]] = [
        Column("id", lambda: _("Id"), lambda each: Cell(each.record.id, "muted"), 3, 10),
        Column("what", lambda: _("What"), _what, 12, 44, rank=1),
        Column("may", lambda: _("My decision"), _may, 12, 40, rank=2),
        Column("customer", lambda: _("Customer"), _customer, 8, 20, rank=3),
        Column("name", lambda: _("Name"), lambda each: Cell(each.customer_name), 12, 30, rank=5),
        Column("by", lambda: _("By"), lambda each: Cell(each.maker), 6, 16, rank=4),
        Column("age", lambda: _("Age"), _age, 4, 8, rank=4, right=True),
        Column("approvals", lambda: _("Appr."), _approvals, 5, 6, rank=6),
        Column("reason", lambda: _("Reason"), lambda each: Cell(words(each.reason)), 18, 30, rank=7),
        Column("until", lambda: _("Until"), _until, 10, 10, rank=8),
    ]
    if has_policy:
        columns.insert(5, Column("policy", lambda: _("Policy"), _policy, 8, 28, rank=6))
    return tuple(columns)


def _what(listed: Listed) -> Cell:
    notches = listed.record.notches or 0
    role = "up" if notches > 0 else "down" if notches < 0 else ""
    told = what_words(listed.record, listed.quantity, listed.scale)
    if listed.is_stale and listed.done is None:
        return Cell(_("! stale  {what}").format(what=told), "warning")
    return Cell(told, role)


def _may(listed: Listed) -> Cell:
    if listed.done is not None:
        return Cell(f"✓ {done_words(listed.done)}", "good")
    if listed.has_lifted:
        return Cell(_("! lifts by now"), "warning")
    if not listed.obstacles:
        return Cell(_("● may decide"), "open")
    return Cell(f"✗ {blocked_words(listed)}", "muted")


def _customer(listed: Listed) -> Cell:
    return Cell(listed.record.customer_id, "muted")


def _age(listed: Listed) -> Cell:
    return Cell(_("{n} d").format(n=listed.days_old))


def _approvals(listed: Listed) -> Cell:
    record = listed.record
    return Cell(f"{len(record.approvals)}/{record.approvals_needed}")


def _until(listed: Listed) -> Cell:
    return Cell(listed.record.expires_at.isoformat(), "muted")


def _policy(listed: Listed) -> Cell:
    return Cell(listed.record.policy_id, "muted")
