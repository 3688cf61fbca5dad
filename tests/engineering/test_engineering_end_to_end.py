"""The sample taken in from its files, as a user would, and graded: every grade and every bound occurs."""

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
from rung_engineering.sample import sample

HOST: Final = PluginHost()
BUILT: Final = slice(5, None, 12)
# The score each of the forty built clients must have, worked out from the bands they stand at.
CUTOFFS: Final = ["A 7550", "A 7500", "B 7450", "B 4550", "B 4500", "C 4450"]
BANDS: Final = {
    "every best band": [10_000],
    "contract value": [9_250, 10_000, 8_350, 9_250, 9_250, 7_450, 8_350, 8_350],
    "income share": [9_600, 10_000, 9_200, 9_600, 9_600],
    "years": [9_550, 10_000, 9_100, 9_550, 9_550, 8_650, 9_100, 9_100],
    "payments on time": [10_000, 9_550, 9_100, 8_500],
    "satisfaction": [9_700, 10_000, 9_400, 9_700, 9_700, 9_000, 9_400, 9_400],
}


@pytest.fixture(scope="module")
def clients() -> Sample:
    return sample(480, 5)


@pytest.fixture(scope="module")
def files(clients: Sample, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    folder = tmp_path_factory.mktemp("clients")
    tables = {"customers": clients.customers, **clients.events}
    for name, table in tables.items():
        table.write_csv(folder / f"{name}.csv")
    return {name: folder / f"{name}.csv" for name in tables}


def _run(policy: LoadedPolicy, files: Mapping[str, Path], clients: Sample) -> Iterator[Run]:
    request = GradeRequest(
        source=files["customers"],
        policy=policy,
        as_of=clients.as_of,
        created_at=datetime(2026, 7, 1, tzinfo=UTC),
        events={name: path for name, path in files.items() if name != "customers"},
    )
    with graded(request, HOST, lambda *_: None) as run:
        yield run


@pytest.fixture(scope="module")
def by_grade(files: Mapping[str, Path], clients: Sample) -> Iterator[Run]:
    yield from _run(Shelf(HOST).find("engineering.client-grades"), files, clients)


@pytest.fixture(scope="module")
def by_library(files: Mapping[str, Path], clients: Sample) -> Iterator[Run]:
    """The clients graded by a policy of the library without margin, which the sample does not know."""
    folder = HOST.policies_folder("engineering")
    assert folder is not None
    library = read_library(folder / LIBRARY_FILE, "engineering")
    head = 'id = "engineering.scratch"\nsector = "engineering"\nversion = "1"\ntitle = "scratch"\n'
    grading = 'grades = ["up", "down"]\n[grading]\nmode = "score"\ncutoffs = { up = 50 }\n'
    names = [name for name in library.criteria if name != "margin"]
    taken = "".join(f'[[criteria]]\nuse = "engineering.{name}"\n' for name in names)
    policy = parse_policy(head + grading + taken, "scratch.toml", lambda _: library)
    yield from _run(policy, files, clients)


def test_every_header_of_the_sample_that_is_asked_for_is_found(by_grade: Run, by_library: Run) -> None:
    for run in (by_grade, by_library):
        assert run.manifest.quality["absent"] == []
        assert run.manifest.faults == ()


def test_every_grade_occurs(by_grade: Run) -> None:
    assert all(count > 20 for count in by_grade.manifest.counts.values())


def _built(run: Run) -> pl.DataFrame:
    return run.frame().collect()[BUILT]


def test_clients_built_at_the_cutoffs_get_the_grade_of_their_side(by_grade: Run) -> None:
    built = _built(by_grade).head(6)
    named = zip(built["model_grade"].cast(pl.String), built["score"], strict=True)
    assert [f"{grade} {score}" for grade, score in named] == CUTOFFS


def test_clients_built_at_the_bands_get_the_points_of_their_side(by_grade: Run) -> None:
    scores = _built(by_grade)["score"].to_list()[6:]
    for name, expected in BANDS.items():
        assert (name, scores[: len(expected)]) == (name, expected)
        scores = scores[len(expected) :]
    assert scores == []


def test_amounts_in_wan_and_with_commas_are_read_and_only_guesses_are_not(by_grade: Run) -> None:
    contracts = next(each for each in by_grade.manifest.quality["events"] if each["id"] == "contracts")
    (amount,) = (each for each in contracts["columns"] if each["id"] == "amount")
    assert amount["unread"] > 0
    assert all(example["value"].startswith("约") for example in amount["examples"])


def test_a_group_s_contracts_add_up(by_library: Run, clients: Sample) -> None:
    group_of = dict(clients.customers.select("客户编号", "所属集团").iter_rows())
    found = {key: by_library.find(key).measured for key in group_of}
    for group in set(group_of.values()) - {""}:
        own = [found[key] for key in group_of if group_of[key] == group]
        together = sum(int(each["contract_value_24m"] or 0) for each in own)
        assert {each["group_contract_value_24m"] for each in own} == {together}


def test_a_client_of_no_group_counts_its_own_contracts(by_library: Run, clients: Sample) -> None:
    alone = clients.customers.filter(pl.col("所属集团") == "")["客户编号"].to_list()
    for key in alone:
        measured = by_library.find(key).measured
        assert measured["group_contract_value_24m"] == measured["contract_value_24m"]
