"""The manifest of a run: by which policy, from which tables, on which day, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from rung.errors import Place, RungError
from rung.runs.plain import from_plain, to_plain
from rung.text import Text, _

__all__ = [
    "EDITION",
    "Input",
    "Manifest",
    "MeasuredColumn",
    "Named",
    "PluginStamp",
    "PolicyStamp",
    "PreviousGrades",
    "Ranked",
    "ReadingStamp",
    "RuleConflict",
    "SourceStamp",
    "read_manifest",
    "write_manifest",
]

EDITION: Final = 1
"""Edition of the manifest and of the files beside it; a newer one is refused, never guessed at."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something a person knows by a title: a grade, a flag, a criterion."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class PolicyStamp:
    """Which policy graded: its words are kept beside the manifest, whatever becomes of the file."""

    id: str
    version: str
    sha256: str
    title: Text
    file: str
    """Where it was read from."""


@dataclass(frozen=True, slots=True)
class PluginStamp:
    """Which plugin supplied the sector."""

    id: str
    distribution: str
    version: str


@dataclass(frozen=True, slots=True)
class Input:
    """One table that was read."""

    table: str
    """``customers``, or the id of an event table."""
    path: str
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class SourceStamp:
    """The data source that handed the tables over, where it was no file."""

    id: str
    distribution: str
    version: str
    options: Mapping[str, str]
    """What it was asked with, as written; secrets are not among them."""
    read_at: datetime
    rows: Mapping[str, int]
    """Rows handed over, by table."""


@dataclass(frozen=True, slots=True)
class ReadingStamp:
    """How the tables were read, as far as that was a choice."""

    mapping: str | None
    """The mapping file; None where there was none."""
    mapping_sha256: str | None
    """Of what it said."""
    duplicates: str
    """``refuse``, ``first``, ``last`` or ``newest``."""
    newest_by: str | None
    """The field that told the newest row; None where that was not asked."""


@dataclass(frozen=True, slots=True)
class MeasuredColumn:
    """One column of ``measured.arrow`` beside the customer's id and name, as a person reads it."""

    id: str
    title: Text
    kind: str
    unit: str
    decimals: int
    """Digits after the point scaled away in the file: 1250 with two is 12.50."""
    choices: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviousGrades:
    """What the grades of a policy that looks back were measured against."""

    run_id: str | None
    """The run before; None where the grades came from a file."""
    file: str | None
    as_of: date | None
    """The day of the run before."""
    customers: int = 0
    """Customers of this run who had one of the policy's grades before."""
    unknown: int = 0
    """Customers who had a grade before that the policy no longer has: graded as if for the first time."""
    held: int = 0
    """Customers whose grade was held by the one before."""


@dataclass(frozen=True, slots=True)
class RuleConflict:
    """Two rules that held together where the policy allows only one, or only rules that agree."""

    rules: tuple[str, str]
    """Ids of the rules."""
    customers: int
    examples: tuple[str, ...]
    """Ids of a few of the customers."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """What customers graded by shares were ranked by, and how much of it each grade holds."""

    by: str
    """Id of the measure."""
    title: Text
    unit: str
    decimals: int
    """Digits after the point scaled away in ``total`` and ``held``."""
    total: int
    """Of all customers with a value, graded or not; negatives as zero."""
    held: Mapping[str, int]
    """By the customers of each grade, best first."""

    def per_cent(self, grade: str) -> float | None:
        """Return the share of the total a grade holds, to one place; None where the total is zero."""
        return round(100 * self.held[grade] / self.total, 1) if self.total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Everything about a run that is not one customer's."""

    run_id: str
    created_at: datetime
    rung_version: str
    policy: PolicyStamp
    plugin: PluginStamp | None
    as_of: date
    inputs: tuple[Input, ...]
    input_sha256: str
    """Of everything read: equal runs on equal tables have equal hashes."""
    calibration: Mapping[str, Any]
    """Cut-offs the population gave, as grading wrote them."""
    rows: int
    grades: tuple[Named, ...]
    """Best first."""
    flags: tuple[Named, ...]
    """Bit i of the column ``flags`` is the i-th."""
    criteria: tuple[Named, ...]
    counts: Mapping[str, int]
    """Customers of each grade, best first."""
    flagged: Mapping[str, int]
    not_graded: Mapping[str, int]
    """Customers left without a grade, by the code of the cause."""
    quality: Mapping[str, Any]
    """Intake's report on the tables read."""
    rejected: int
    """Rows and values of the tables set aside, listed in ``rejected.csv``."""
    faults: tuple[str, ...]
    """Faults of plugins that were contained, in words."""
    score_decimals: int | None
    """Digits scaled away from ``score``; None where the policy gives none."""
    point_decimals: int
    columns: tuple[MeasuredColumn, ...]
    sizes: Mapping[str, int] = field(default_factory=dict)
    """Bytes of each file of the run: a file cut short is known at once."""
    batch: str | None = None
    """Shared by the runs of one call, by several policies; None for a run made alone."""
    previous: PreviousGrades | None = None
    """None where the policy does not look back, or there was nothing to look back at."""
    conflicts: tuple[RuleConflict, ...] = ()
    """Pairs of rules that left customers without a grade, those of most customers first."""
    ranked: Ranked | None = None
    """None where grades are not shares of the customers or of a value."""
    source: SourceStamp | None = None
    """None where the tables were files."""
    reading: ReadingStamp | None = None
    """None in runs made before it was kept."""

    @property
    def graded(self) -> int:
        """How many customers have a grade."""
        return sum(self.counts.values())

    @property
    def is_clean(self) -> bool:
        """Whether every customer was graded and no plugin failed."""
        return not self.not_graded and not self.faults


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Write the manifest as JSON."""
    written = {"edition": EDITION, **to_plain(manifest)}
    path.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_manifest(path: Path) -> Manifest:
    """Read a manifest; raises RungError for one that is absent, damaged or of a newer Rung."""
    place = Place(str(path))
    try:
        written = json.loads(path.read_bytes())
    except OSError as error:
        raise RungError.of(
            _("The run has no manifest that can be read: {cause}.").format(cause=error.strerror), place=place
        ) from error
    except ValueError:
        raise _damaged(place, "") from None
    if not isinstance(written, dict) or not isinstance(edition := written.pop("edition", None), int):
        raise _damaged(place, "edition")
    if edition > EDITION:
        raise RungError.of(
            _("The run was written by a newer Rung (edition {found}; this one reads up to {known}).").format(
                found=edition, known=EDITION
            ),
            _("Update Rung to read it."),
            place,
        )
    try:
        manifest: Manifest = from_plain(Manifest, written)
    except ValueError as error:
        raise _damaged(place, str(error)) from None
    return manifest


def _damaged(place: Place, key: str) -> RungError:
    return RungError.of(
        _("The manifest is damaged."), _("Grade the customers again."), Place(place.file, key=key)
    )
