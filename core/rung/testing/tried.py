"""A few customers graded or explained in one call, for the tests of whoever writes a sector or a policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from rung.testing.grading import NOW, shelf, write_tables
from rung.testing.installed import host
from rung.testing.invented import DAY, Tables

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.grading.explanation import Explanation
    from rung.runs.run import Run

__all__ = ["explained", "graded_rows"]

Rows = Sequence[Mapping[str, object]] | str | Path


def graded_rows(
    rows: Rows,
    policy: str | Path,
    *,
    events: Mapping[str, Rows] | None = None,
    as_of: date = DAY,
) -> list[dict[str, Any]]:
    """Grade customers and return a plain row each; see the fixture ``grade`` for its shape."""
    from rung.pipeline import scorecard_of

    with _run(rows, policy, events or {}, as_of) as run:
        compiled = scorecard_of(run, host()).compiled
        return [_plain(run.customer(row).result, compiled) for row in range(run.manifest.rows)]


def explained(
    customer: Mapping[str, object],
    policy: str | Path,
    *,
    among: Sequence[Mapping[str, object]] = (),
    events: Mapping[str, Rows] | None = None,
    as_of: date = DAY,
) -> Explanation:
    """Grade a customer among others and explain its grade; see the fixture ``explain``."""
    from rung.pipeline import explain, scorecard_of

    with _run([customer, *among], policy, events or {}, as_of) as run:
        return explain(run, run.customer(0).id, scorecard_of(run, host()))


@contextmanager
def _run(rows: Rows, policy: str | Path, events: Mapping[str, Rows], as_of: date) -> Iterator[Run]:
    from rung.pipeline import GradeRequest, graded

    with TemporaryDirectory(prefix="rung-testing-") as temporary:
        folder = Path(temporary)
        request = GradeRequest(
            source=_file("customers", rows, folder),
            policy=shelf().find(policy),
            as_of=as_of,
            created_at=NOW,
            events={name: _file(name, each, folder) for name, each in events.items()},
        )
        with graded(request, host(), lambda *_told: None) as run:
            yield run


def _file(name: str, rows: Rows, folder: Path) -> Path:
    if isinstance(rows, str | Path):
        return Path(rows)
    own = folder / name
    own.mkdir()
    written = [{header: _written(value) for header, value in row.items()} for row in rows]
    return write_tables(Tables(written, {}, DAY), own)["customers"]


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _plain(result: Mapping[str, Any], compiled: CompiledPolicy) -> dict[str, Any]:
    from rung.grading.compiled import POINT_SCALE

    def number(value: int | None, scale: int) -> Decimal | None:
        return None if value is None else Decimal(value) / scale

    return {
        "customer_id": result["customer_id"],
        "customer_name": result["customer_name"],
        "grade": result["model_grade"],
        "score": number(result["score"], compiled.score_scale),
        "points": {each.id: number(result[f"points_{each.id}"], POINT_SCALE) for each in compiled.pointed},
        "flags": [flag.id for bit, flag in enumerate(compiled.flags) if result["flags"] & (1 << bit)],
        "reasons": [code for n in (1, 2, 3) if (code := result[f"reason_{n}"]) is not None],
        "evidence": result["evidence"],
        "not_graded": result["not_graded"],
    }
