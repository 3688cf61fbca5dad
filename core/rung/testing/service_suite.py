"""Whether every type of record can be opened and every outcome logged, in a workspace made for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from rung.errors import RungError
from rung.testing.grading import BY_ITSELF, NOW, made_policy, write_tables
from rung.testing.installed import host, told
from rung.testing.invented import Tables, invented, written
from rung.testing.mistakes import Mistakes
from rung.testing.sector_tests import SectorTests
from rung.vocabulary import RecordType, Sector

if TYPE_CHECKING:
    from rung.workspace import Workspace

__all__ = ["ServiceTests"]


class ServiceTests(SectorTests):
    """Records and outcomes of contacts, as whoever works with the customers uses them."""

    def test_every_type_of_record_can_be_opened(self, request: pytest.FixtureRequest) -> None:
        """With its required fields only, with all of them, and closed again in each closing state."""
        sector = self._asks_for("has_records", request)
        mistakes = Mistakes("give each field a kind its answers have, and each state a way to be reached")
        with _workspace(sector) as place:
            for each in sector.records:
                _open(place, each, mistakes)
        mistakes.tell()

    def test_a_record_without_what_it_requires_is_refused(self, request: pytest.FixtureRequest) -> None:
        """What a type marks ``is_required`` is asked for, and nothing is recorded without it."""
        sector = self._asks_for("has_records", request)
        mistakes = Mistakes("mark as is_required what no record makes sense without")
        with _workspace(sector) as place:
            for each in (each for each in sector.records if any(field.is_required for field in each.fields)):
                try:
                    place.records.open(each.id, _CUSTOMER, {}, NOW)
                except RungError:
                    continue
                needed = ", ".join(field.id for field in each.fields if field.is_required)
                mistakes.add(f"record {each.id}", "opened empty", f"{needed} asked for")
        mistakes.tell()

    def test_every_outcome_can_be_logged(self, request: pytest.FixtureRequest) -> None:
        """By its id and by its key; the facts it sets are the customer's from then on."""
        from rung.service.contacts import ContactSaid

        sector = self._asks_for("has_outcomes", request)
        mistakes = Mistakes(
            'give facts in the field\'s units, choices by their id, and "missing" for no value'
        )
        with _workspace(sector) as place:
            for outcome in sector.outcomes:
                for called in (outcome.id, outcome.key):
                    try:
                        made = place.contacts.log(_CUSTOMER, ContactSaid(outcome=called), NOW)
                        place.contacts.undo(made.contact.id, "rehearsed", NOW)
                    except RungError as error:
                        mistakes.add(
                            f"outcome {outcome.id}", f"logged as {called!r}: {told(error)}", "a contact"
                        )
        mistakes.tell()


_CUSTOMER = "K00001"


@contextmanager
def _workspace(sector: Sector) -> Iterator[Workspace]:
    """Give a workspace in which a few invented customers of the sector were graded."""
    from rung.pipeline import GradeRequest
    from rung.workspace import Workspace

    with TemporaryDirectory(prefix="rung-testing-") as temporary:
        folder = Path(temporary)
        place = Workspace.create(folder, host())
        policy = folder / "policies" / f"{BY_ITSELF}.toml"
        policy.write_text(made_policy(sector), encoding="utf-8")
        people = invented(sector, 5)
        tables = folder / "tables"
        tables.mkdir()
        files = write_tables(Tables(people.customers, {}, people.as_of), tables)
        request = GradeRequest(
            source=files["customers"], policy=place.shelf.find(policy), as_of=people.as_of, created_at=NOW
        )
        place.grade(request, lambda *_told: None)
        yield place


def _open(place: Workspace, record: RecordType, mistakes: Mistakes) -> None:
    rng = Random(record.id)
    answers = {field.id: written(field, rng) for field in record.fields}
    needed = {field.id: answers[field.id] for field in record.fields if field.is_required}
    # A record opened with nothing at all is none.
    least = needed or {record.fields[0].id: answers[record.fields[0].id]}
    for given, what in ((least, "with what is required"), (answers, "with every field")):
        for state in (None, *(each.id for each in record.states if not each.is_open)):
            try:
                (made,) = place.records.open(record.id, _CUSTOMER, given, NOW).records
                if state is not None:
                    place.records.change(made.id, NOW, state=state)
            except RungError as error:
                how = f"{what}, to the state {state}" if state else what
                mistakes.add(f"record {record.id}, {how}", told(error), "a record")
