"""The sample taken in from its files, as a user would, and graded: every class, flag and gap occurs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import polars as pl
import pytest

from rung.pipeline import GradeRequest, graded
from rung.plugins import PluginHost
from rung.policy.library import LIBRARY_FILE, read_library
from rung.policy.reader import LoadedPolicy, parse_policy
from rung.policy.shelf import Shelf
from rung.runs.run import Run
from rung.sdk import Sample
from rung_tobacco.sample import sample

HOST: Final = PluginHost()
BUILT: Final = slice(5, None, 16)


@pytest.fixture(scope="module")
def shops() -> Sample:
    return sample(200, 5)


@pytest.fixture(scope="module")
def files(shops: Sample, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    folder = tmp_path_factory.mktemp("shops")
    tables = {"customers": shops.customers, **shops.events}
    for name, table in tables.items():
        table.write_csv(folder / f"{name}.csv")
    return {name: folder / f"{name}.csv" for name in tables}


def _run(policy: LoadedPolicy, files: Mapping[str, Path], shops: Sample) -> Iterator[Run]:
    request = GradeRequest(
        source=files["customers"],
        policy=policy,
        as_of=shops.as_of,
        created_at=datetime(2026, 7, 1, tzinfo=UTC),
        events={name: path for name, path in files.items() if name != "customers"},
    )
    with graded(request, HOST, lambda *_: None) as run:
        yield run


@pytest.fixture(scope="module")
def by_class(files: Mapping[str, Path], shops: Sample) -> Iterator[Run]:
    yield from _run(Shelf(HOST).find("tobacco.service-classes"), files, shops)


@pytest.fixture(scope="module")
def by_library(files: Mapping[str, Path], shops: Sample) -> Iterator[Run]:
    """The shops graded by a policy of the whole library, so that every feature it names is reckoned."""
    folder = HOST.policies_folder("tobacco")
    assert folder is not None
    library = read_library(folder / LIBRARY_FILE, "tobacco")
    head = 'id = "tobacco.scratch"\nsector = "tobacco"\nversion = "1"\ntitle = "scratch"\n'
    grading = 'grades = ["up", "down"]\n[grading]\nmode = "score"\ncutoffs = { up = 50 }\n'
    taken = "".join(f'[[criteria]]\nuse = "tobacco.{name}"\n' for name in library.criteria)
    policy = parse_policy(head + grading + taken, "scratch.toml", lambda _: library)
    yield from _run(policy, files, shops)


def test_every_header_of_the_sample_that_is_asked_for_is_found(by_class: Run, by_library: Run) -> None:
    for run in (by_class, by_library):
        assert run.manifest.quality["absent"] == []
        assert run.manifest.faults == ()


def test_two_hundred_shops_hold_every_class_care_and_gaps(by_class: Run) -> None:
    assert all(count > 0 for count in by_class.manifest.counts.values())
    assert by_class.manifest.flagged["care"] > 0
    assert "missing:brand_awareness" in by_class.manifest.not_graded
    assert by_class.manifest.rows == 200


def test_class_two_is_the_most_numerous_as_the_trade_says(by_class: Run) -> None:
    counts = by_class.manifest.counts
    assert counts["2"] > counts["3"] > counts["1"]


def test_shops_built_at_the_bounds_get_the_class_of_their_side(by_class: Run) -> None:
    built = by_class.frame().collect()[BUILT].head(12)
    assert built["model_grade"].cast(pl.String).to_list() == [
        *["2", "1", "1"],
        *["3", "2", "2"],
        *["3", "2", "2"],
        *["1", "2", None],
    ]
    assert built["flags"].to_list() == [0] * 9 + [1, 1, 0]
    assert built["not_graded"].cast(pl.String).to_list()[-1] == "missing:brand_awareness"


def test_what_people_typed_is_read_and_only_guesses_are_not(by_class: Run) -> None:
    (orders,) = by_class.manifest.quality["events"]
    (quantity,) = (each for each in orders["columns"] if each["id"] == "quantity")
    assert quantity["unread"] > 0
    assert all(example["value"].startswith("约") for example in quantity["examples"])


def test_an_owner_s_shops_add_up(by_library: Run, shops: Sample) -> None:
    owner_of = dict(shops.customers.select("许可证号", "经营者编号").iter_rows())
    found = {key: by_library.find(key).measured for key in owner_of}
    chains = {owner for owner in owner_of.values() if list(owner_of.values()).count(owner) > 1}
    assert chains
    for owner in chains:
        own = [found[key] for key in owner_of if owner_of[key] == owner]
        assert {each["owner_volume_3m"] for each in own} == {sum(int(each["volume_3m"] or 0) for each in own)}
