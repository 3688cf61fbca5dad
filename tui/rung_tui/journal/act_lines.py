"""One act on record in full: in words, and where it is asked for as it was recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from rung_tui.drawn import Line, line, wrap
from rung_tui.journal.acts import Act
from rung_tui.journal.columns import moment_words
from rung_tui.journal.run_lines import fact, part
from rung_tui.language import _

__all__ = ["act_lines"]

_LONGEST: Final = 20_000
# Characters of what an act carries that are laid out; the export has the rest.


def act_lines(act: Act, width: int, *, is_whole: bool = False) -> list[Line]:
    """Return an act, with all it carries where ``is_whole``, sensitive values masked."""
    event = act.event
    lines = fact(_("No."), f"{act.number:,}", width, "strong")
    if event is None:
        told = wrap(line(("✗ ", "error"), act.problem), width, 2)
        advice = _("Verify the chain: it names the first event that does not fit, and what differs.")
        return [*lines, *told, *wrap(line((advice, "muted")), width)]
    lines += fact(_("When"), moment_words(act), width)
    who = act.who if act.who == event.maker else f"{act.who} ({event.maker})"
    lines += fact(_("Who"), who, width)
    lines += fact(_("Act"), f"{act.title} ({event.kind})", width)
    lines += fact(_("Customer"), event.customer_id or "–", width)
    lines += fact(_("Policy"), event.policy_id or "–", width)
    lines += [(), *wrap(line(act.words), width)]
    if is_whole:
        lines += [*part(_("What it carries")), *_payload(act.payload, width)]
        lines += [(), *fact(_("Hash"), event.hash, width, "muted")]
        lines += fact(_("Hash before"), event.previous, width, "muted")
        if event.content_hash() != event.hash:
            warning = _("Its content is not what its hash was taken of.")
            lines += wrap(line(("✗ ", "error"), (warning, "bad")), width, 2)
    return lines


def _payload(payload: object, width: int) -> Iterator[Line]:
    written = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False, indent=2)
    for each in written[:_LONGEST].splitlines():
        indent = len(each) - len(each.lstrip())
        yield from wrap(line(each), width, min(indent + 4, width // 2))
    if len(written) > _LONGEST:
        told = _("… and {n} characters more: the export has them.").format(n=f"{len(written) - _LONGEST:,}")
        yield from wrap(line((told, "muted")), width)
