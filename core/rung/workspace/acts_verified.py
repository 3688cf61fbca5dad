"""Whether the chain of acts is whole, and what is said of that: for every face alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung.errors import Place, RungError
from rung.progress import Progress
from rung.text import _

if TYPE_CHECKING:
    from rung.ledger import Verdict
    from rung.workspace.human_input import HumanInput

__all__ = ["kept_head", "verdict_words", "verified"]


def verified(human_input: HumanInput, head: str | None, report: Progress) -> Verdict:
    """Check the ledger's chain; ``head`` is a hash kept outside, see ``rung.ledger.verify``."""
    from rung.ledger import Break, Head, Misfit, Verdict, verify

    if human_input.is_begun:
        with human_input.ledger() as store:
            return verify(store, head, report)
    # Looking must not begin a ledger; and one that is gone altogether is the shortest cut of all.
    missing = head not in (None, Head().hash)
    return Verdict(Head(), Break(None, Misfit.HEAD, _("there is no ledger")) if missing else None)


def verdict_words(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """Yield what was found, line by line, each with its weight: ``bad``, ``good``, ``muted`` or nothing."""
    broken = verdict.broken
    if broken is not None:
        yield str(broken), "bad"
        fits = _("The {count} events before it fit.") if broken.sequence else _("{count} events fit.")
        yield fits.format(count=verdict.head.sequence), ""
        yield _("Keep the ledger as it is, and compare it with a copy."), "muted"
        return
    yield _("The chain is whole: {count} events.").format(count=verdict.head.sequence), "good"
    yield _("Head: {hash}").format(hash=verdict.head.hash), ""
    if verdict.since_head is not None:
        words = _("The head given is there; {count} events came since.")
        yield words.format(count=verdict.since_head), ""


_HEAD: Final = re.compile(r"(?:([0-9]+)\s+)?([0-9A-Fa-f]{64})")


def kept_head(given: str) -> str:
    """Return the hash given, or the one in the file named after @, as “rung audit head” prints it.

    Raises RungError for what is none.
    """
    from rung.ledger import check_head

    if not given.startswith("@"):
        return check_head(_HEAD.sub(r"\2", given.strip()))
    file = Path(given[1:])
    try:
        text = file.read_bytes()[:10_000].decode("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or _("it holds no text")
        raise RungError.of(
            _("The file cannot be read: {reason}.").format(reason=reason),
            _("Give the file “rung audit head” was kept in."),
            Place(str(file)),
        ) from None
    written = _HEAD.fullmatch(text)
    if written is None:
        raise RungError.of(
            _("The file holds no head of a ledger."),
            _("It is one line, as “rung audit head” prints it: a number and 64 digits."),
            Place(str(file)),
        )
    return check_head(written[2])
