"""Cut-offs for a first scheme, where the scores of its own customers part them; and what they give."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rung.adopting.scheme import Scheme, scheme_text
from rung.adopting.trial import Counts, Trial, trial
from rung.intake import read_mapping
from rung.pipeline import GradeRequest
from rung.pipeline.cards import grading_policy
from rung.policy.shelf import Shelf

if TYPE_CHECKING:
    from rung.plugins import PluginHost

__all__ = ["with_cutoffs"]

_SHARES = {2: (30,), 3: (20, 50), 4: (20, 50, 80), 5: (10, 30, 60, 85)}


def with_cutoffs(
    scheme: Scheme, data: Path, host: PluginHost, day: date, *, is_numbered: bool
) -> tuple[Scheme, Counts]:
    """Return the scheme with cut-offs from the scores of the table, and its customers by grade.

    Raises RungError with everything wrong with the scheme or the table.
    """
    with TemporaryDirectory(prefix="rung-") as folder:
        file, mapping = Path(folder) / "scheme.toml", Path(folder) / "map.toml"
        file.write_text(scheme_text(scheme), encoding="utf-8")
        mapping.write_text("[customers]\ncustomer_id = { row_number = true }\n", encoding="utf-8")
        shelf = Shelf(host)
        request = GradeRequest(
            source=data,
            policy=shelf.find(file),
            as_of=day,
            created_at=datetime.now(UTC),
            mapping=read_mapping(mapping) if is_numbered else None,
        )
        with trial(request, grading_policy(request.policy, host), frozenset(), lambda *_: None) as tried:
            if scheme.mode == "score":
                scheme = replace(scheme, cutoffs=_cutoffs(scheme, tried, request, host))
                file.write_text(scheme_text(scheme), encoding="utf-8")
            return scheme, tried.counts(grading_policy(shelf.find(file), host))


def _cutoffs(scheme: Scheme, tried: Trial, request: GradeRequest, host: PluginHost) -> dict[str, int]:
    compiled = grading_policy(request.policy, host)
    scores = sorted(tried.scores(compiled).drop_nulls().to_list(), reverse=True)
    size = len(scheme.grades)
    shares = _SHARES.get(size) or tuple(round(100 * (n + 1) / size) for n in range(size - 1))
    cutoffs: dict[str, int] = {}
    above = 101
    for place, (grade, share) in enumerate(zip(scheme.grades, shares, strict=False)):
        score = scores[min(len(scores) - 1, len(scores) * share // 100)] // 100 if scores else 0
        rounded = score // 5 * 5
        above = max(size - 2 - place, min(rounded, above - 1))
        cutoffs[grade] = above
    return cutoffs
