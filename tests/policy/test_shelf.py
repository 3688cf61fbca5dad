"""The shelf finds policies by id or path, loads no more plugins than it must, and contains faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rung.errors import Place, RungError
from rung.policy.shelf import Shelf
from rung.text import Text
from rung.vocabulary import Field, Kind, Sector

POLICY = """\
id = "{id}"
version = "1"
title = "Tiers"
sector = "bank"
grades = ["A", "B"]
grading = {{ mode = "score", cutoffs = {{ A = 1 }} }}
criteria = [{{ use = "bank.spend" }}]
"""
LIBRARY = """\
[spend]
title = "Spend"
measure = "spend"
bands = [{ when = "-", points = 1 }]
"""


@dataclass
class Host:
    """A plugin host of folders, noting which plugins were asked for."""

    folders: Mapping[str, Path | None]
    asked: list[str] = field(default_factory=list)

    def ids(self) -> tuple[str, ...]:
        return tuple(self.folders)

    def sector(self, plugin_id: str) -> Sector:
        self.asked.append(plugin_id)
        if plugin_id not in self.folders:
            raise RungError.of(f"There is no sector “{plugin_id}”.")
        if plugin_id == "broken":
            raise RungError.of("Plugin “broken” is faulty.")
        name = Text("名", "Name")
        return Sector(
            id=plugin_id,
            title=name,
            about=name,
            fields=(Field(id="customer_id", title=name, kind=Kind.TEXT),),
        )

    def policies_folder(self, plugin_id: str) -> Path | None:
        self.sector(plugin_id)
        return self.folders[plugin_id]


Put = Callable[[str, str], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def put(name: str, text: str) -> Path:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return put


@pytest.fixture
def host(tmp_path: Path, put: Put) -> Host:
    put("bank/criteria.toml", LIBRARY)
    put("bank/tiers.toml", POLICY.format(id="bank.tiers"))
    put("shop/tiers.toml", POLICY.format(id="shop.tiers"))
    return Host({"bank": tmp_path / "bank", "bare": None, "broken": None, "shop": tmp_path / "shop"})


@pytest.fixture
def shelf(host: Host, tmp_path: Path) -> Shelf:
    return Shelf(host, (tmp_path / "own", tmp_path / "absent"))


def test_a_policy_is_found_by_its_id_and_loads_its_plugin_alone(shelf, host, tmp_path):
    loaded = shelf.find("bank.tiers")
    assert loaded.source == tmp_path / "bank" / "tiers.toml"
    assert loaded.policy.criteria[0].id == "spend"
    assert set(host.asked) == {"bank"}


def test_a_policy_is_found_by_its_path(shelf, put):
    file = put("elsewhere/any.toml", POLICY.format(id="my.own"))
    assert shelf.find(file).policy.id == "my.own"
    assert shelf.find(str(file)).policy.id == "my.own"


def test_a_policy_of_a_folder_of_ones_own_needs_no_plugin_of_its_name(shelf, put, host):
    put("own/mine.toml", POLICY.format(id="acme.tiers"))
    put("own/criteria.toml", "no toml")
    assert shelf.find("acme.tiers").policy.id == "acme.tiers"
    put("own/theirs.toml", POLICY.format(id="broken.tiers"))
    assert shelf.find("broken.tiers").policy.id == "broken.tiers"
    assert set(host.asked) == {"bank", "broken"}


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("bank.tier", "There is no policy “bank.tier”. Did you mean “bank.tiers”?"),
        ("bnk.tiers", "There is no policy “bnk.tiers”. Did you mean “bank.tiers”?"),
        ("bare.tiers", "There is no policy “bare.tiers”."),
        ("", "There is no policy “”. Known: bank.tiers, shop.tiers."),
        ("broken.tiers", "Plugin “broken” is faulty."),
        ("none.toml", "none.toml: The file cannot be read: it does not exist."),
    ],
)
def test_a_policy_that_is_not_there_is_told(shelf, wanted, message):
    with pytest.raises(RungError) as raised:
        shelf.find(wanted)
    assert str(raised.value).startswith(message)


def test_an_unknown_id_of_a_known_plugin_loads_no_other(shelf, host):
    with pytest.raises(RungError):
        shelf.find("bank.tier")
    assert set(host.asked) == {"bank"}


def test_an_id_of_two_files_is_told_with_both(shelf, put, tmp_path):
    put("own/a.toml", POLICY.format(id="bank.tiers"))
    with pytest.raises(RungError, match=r"in several files: .*own/a\.toml, .*bank/tiers\.toml\."):
        shelf.find("bank.tiers")
    own, theirs = (entry for entry in shelf.entries() if entry.id == "bank.tiers")
    files = f"{tmp_path / 'own/a.toml'}, {tmp_path / 'bank/tiers.toml'}"
    assert own.problems == theirs.problems
    assert own.problems[0].message == f"The policy “bank.tiers” stands in several files: {files}."


def test_entries_hold_what_can_and_what_cannot_be_read(shelf, put):
    put("own/typo.toml", POLICY.format(id="my.typo").replace("grades", "grads"))
    put("own/torn.toml", 'id = "my.torn"\ntitle = "')
    put("own/odd.toml", "\x00")
    put("own/good.toml", POLICY.format(id="my.good"))
    found = {entry.id: entry for entry in shelf.entries()}
    assert list(found) == ["my.good", "odd", "my.torn", "my.typo", "bank.tiers", "shop.tiers"]
    assert [entry.plugin for entry in found.values()] == [None, None, None, None, "bank", "shop"]
    assert [entry.loaded is not None for entry in found.values()] == [True, False, False, False, True, True]
    assert [len(entry.problems) for entry in found.values()] == [0, 1, 1, 1, 0, 0]


def test_a_plugin_that_cannot_be_loaded_costs_its_own_policies_alone(shelf):
    assert [entry.id for entry in shelf.entries()] == ["bank.tiers", "shop.tiers"]
    assert [problem.message for problem in shelf.faults()] == ["Plugin “broken” is faulty."]


def test_a_torn_file_is_found_by_its_id_and_its_mistake_told(shelf, put):
    put("own/torn.toml", 'id = "my.torn"\ntitle = "')
    with pytest.raises(RungError, match=r"torn\.toml:2: Not TOML"):
        shelf.find("my.torn")


def test_a_plugins_policy_begins_with_the_plugins_name(shelf, put):
    file = put("bank/stray.toml", POLICY.format(id="acme.stray"))
    (stray,) = (entry for entry in shelf.entries() if entry.id == "acme.stray")
    (problem,) = stray.problems
    assert problem.place == Place(str(file), 1, "id")
    assert problem.hint == "So it cannot be found: call it bank.stray."


def test_a_policys_vocabulary_is_its_sectors_with_its_own_fields(shelf):
    policy = shelf.find("bank.tiers").policy
    assert set(shelf.vocabulary(policy).quantities()) == {"customer_id"}
    alone = policy.model_copy(update={"sector": None})
    assert set(shelf.vocabulary(alone).quantities()) == {"customer_id", "customer_name"}
    lost = policy.model_copy(update={"sector": "bnk"})
    with pytest.raises(RungError) as raised:
        shelf.vocabulary(lost)
    assert raised.value.problems[0].place == Place("", key="sector")


def test_a_sector_without_a_library_is_told(shelf, put):
    put("own/mine.toml", POLICY.format(id="my.own").replace("bank.spend", "bare.spend"))
    with pytest.raises(RungError, match=r"mine\.toml:7 .*The sector “bare” has no library of criteria"):
        shelf.find("my.own")
