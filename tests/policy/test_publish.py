"""A published version is frozen: complete in itself, on record, and noticed when it is changed."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from layered import HEAD, LIBRARY, loaded

from rung.errors import RungError
from rung.policy.model import Change
from rung.policy.publish import publish
from rung.policy.published import read_register
from rung.policy.reader import parse_policy, read_policy
from rung.policy.shelf import Shelf
from rung.vocabulary import Sector

CHANGE = Change(author="li", date=date(2026, 7, 1), reason="trial")
JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)


class Shop:
    """A sector with a library and no policies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ids(self) -> tuple[str, ...]:
        return ("shop",)

    def sector(self, plugin_id: str) -> Sector:
        raise RungError.of(plugin_id)

    def policies_folder(self, _plugin_id: str) -> Path | None:
        return self.folder


POLICY = """\
id = "my.tiers"
version = "{version}"
title = "Tiers"
grades = ["A", "B"]
[grading]
mode = "score"
cutoffs = {{ A = {cut} }}
[[criteria]]
use = "shop.spend"
[parameters]
town = {{ value = "Oz" }}
[roles]
keeper = "Keeper in ${{town}}"
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "policies"
    folder.mkdir()
    return folder


@pytest.fixture
def shelf(tmp_path: Path, own: Path) -> Shelf:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "criteria.toml").write_text(LIBRARY, encoding="utf-8")
    return Shelf(Shop(tmp_path / "shop"), (own,))


@pytest.fixture
def write(own: Path):
    def write(version: str = "1", cut: int = 50, name: str = "tiers.toml", days: str = "") -> Path:
        file = own / name
        text = POLICY.format(version=version, cut=cut).replace("title", f"{days}\ntitle", 1)
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_a_published_version_is_complete_in_itself(own):
    found = loaded(HEAD + "[grading]\ncutoffs = { A = 90 }\n")
    made = publish(found, own, CHANGE)
    assert made.path == own / "published" / "my.shop" / "7.toml"
    table = tomllib.loads(made.path.read_text(encoding="utf-8"))
    assert not {"extends", "change"} & table.keys()
    assert ["use" in each for each in table["criteria"]] == [False, False]
    frozen = parse_policy(made.path.read_text(encoding="utf-8"), "it").policy
    same = {"extends": None, "change": None, "published": None, "written_by": None}
    assert frozen.grading == found.policy.grading
    assert frozen.gates == found.policy.gates
    assert frozen.model_copy(update={**same, "criteria": ()}) == found.policy.model_copy(
        update={**same, "criteria": ()}
    )
    assert [each.model_copy(update={"use": None}) for each in found.policy.criteria] == list(frozen.criteria)


def test_it_says_who_published_it_when_why_and_from_what(own):
    found = loaded(HEAD)
    published = read_policy(publish(found, own, CHANGE).path).policy.published
    assert (published.author, published.date, published.reason) == ("li", JULY, "trial")
    assert published.sha256 == found.sha256
    assert published.made_from == ("shop.base 1", "my.shop 7", "shop (criteria.toml)")


def test_the_same_content_twice_is_published_once(own, shelf, write):
    file = write()
    first = publish(shelf.find(file), own, CHANGE)
    written = {path: path.read_bytes() for path in own.rglob("*.toml")}
    again = publish(shelf.find(file), own, Change(author="wu", date=AUGUST, reason=""))
    assert (first.is_new, again.is_new, again.record) == (True, False, first.record)
    assert {path: path.read_bytes() for path in own.rglob("*.toml")} == written


def test_it_wants_a_reason(own, shelf, write):
    with pytest.raises(RungError, match="It is not said why this version is published"):
        publish(shelf.find(write()), own, Change(author="li", date=JULY, reason=""))


def test_another_content_wants_another_version(own, shelf, write):
    publish(shelf.find(write()), own, CHANGE)
    with pytest.raises(RungError, match="Version 1 was published on 2026-07-01 with another content"):
        publish(shelf.find(write(cut=60)), own, CHANGE)
    with pytest.raises(RungError, match=r"Version 1 was published on 2026-07-01; it holds at all times"):
        publish(shelf.find(write()), own, CHANGE, AUGUST)


def test_once_published_only_published_versions_are_in_force(own, shelf, write):
    publish(shelf.find(write()), own, CHANGE, JULY)
    write("2", cut=60)
    found = shelf.find("my.tiers", AUGUST)
    assert (found.policy.version, found.policy.grading.cutoffs["A"]) == ("1", 50)
    assert found.notices == ()
    assert shelf.find("my.tiers@2", AUGUST).policy.grading.cutoffs["A"] == 60
    with pytest.raises(RungError, match=r"No version of “my.tiers” is in force on 2026-06-30"):
        shelf.find("my.tiers", date(2026, 6, 30))


def test_a_next_version_ends_the_one_before(own, shelf, write):
    publish(shelf.find(write()), own, CHANGE)
    made = publish(shelf.find(write("2", cut=60)), own, CHANGE, AUGUST)
    assert [each.message for each in made.notices] == [
        "Version 1 ends on 2026-07-31: the day after, another begins."
    ]
    assert [shelf.find("my.tiers", day).policy.version for day in (date(2026, 7, 31), AUGUST)] == ["1", "2"]
    assert shelf.find("my.tiers@2", JULY).notices[0].message.endswith("on 2026-07-01 this is only a preview.")


def test_a_next_version_says_when_it_begins(own, shelf, write):
    publish(shelf.find(write()), own, CHANGE)
    with pytest.raises(RungError, match=r"Another version .* is published: 1\. Say when .* --effective-from"):
        publish(shelf.find(write("2")), own, CHANGE)


def test_versions_that_hold_on_the_same_days_are_refused(own, shelf, write):
    publish(shelf.find(write(days="effective_to = 2026-08-31")), own, CHANGE, JULY)
    with pytest.raises(RungError, match=r"Two versions of “my.tiers” hold from 2026-08-01 to 2026-08-31"):
        publish(shelf.find(write("2")), own, CHANGE, AUGUST)
    assert [each.version for each in read_register(own).records] == ["1"]
    assert not (own / "published" / "my.tiers" / "2.toml").exists()


def test_a_version_that_ends_before_it_begins_is_refused(own, shelf, write):
    with pytest.raises(RungError, match="ends on 2026-07-15, before it begins on 2026-08-01"):
        publish(shelf.find(write(days="effective_to = 2026-07-15")), own, CHANGE, AUGUST)


def test_a_library_that_changes_does_not_change_what_was_published(own, shelf, write, tmp_path):
    publish(shelf.find(write()), own, CHANGE)
    library = tmp_path / "shop" / "criteria.toml"
    library.write_text(LIBRARY.replace("weight = 5", "weight = 6"), encoding="utf-8")
    found = shelf.find("my.tiers")
    assert found.policy.criteria[0].weight == 5
    (notice,) = found.notices
    assert notice.message == (
        "Version 1 was published on 2026-07-01; this file, or what it is laid over, differs from it."
    )
    assert notice.place.file == str(own / "tiers.toml")


class TestChangedAfterwards:
    def changed(self, path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def test_a_changed_file_is_refused_by_id_and_by_path(self, own, shelf, write):
        path = publish(shelf.find(write()), own, CHANGE).path
        self.changed(path, "points = 100", "points = 99")
        for wanted in ("my.tiers", path):
            with pytest.raises(RungError, match="This is not what was published as version 1") as raised:
                shelf.find(wanted)
            assert raised.value.problems[0].place.key == "published.sha256"
        assert [len(entry.problems) for entry in shelf.entries() if entry.heading.is_published] == [1]

    def test_a_changed_file_with_a_new_hash_is_refused_too(self, own, shelf, write):
        path = publish(shelf.find(write()), own, CHANGE).path
        other = publish(shelf.find(write("2", cut=9)), own, CHANGE, AUGUST).path
        path.write_text(
            other.read_text(encoding="utf-8").replace('version = "2"', 'version = "1"'), encoding="utf-8"
        )
        hashed = parse_hash(path)
        self.changed(path, hashed[0], hashed[1])
        for wanted in ("my.tiers", path):
            with pytest.raises(RungError, match="The register has another hash of version 1"):
                shelf.find(wanted, JULY)

    def test_comments_do_not_count(self, own, shelf, write):
        path = publish(shelf.find(write()), own, CHANGE).path
        path.write_text("# seen\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
        assert shelf.find("my.tiers").policy.version == "1"

    def test_a_file_that_is_gone_and_one_unknown_are_told(self, own, shelf, write):
        path = publish(shelf.find(write()), own, CHANGE).path
        stray = path.with_name("9.toml")
        path.rename(stray)
        assert [(each.message.partition(",")[0], each.place.file) for each in shelf.faults()] == [
            ("This version is not in the register of published versions", str(stray)),
            ("The file of a published version is gone.", str(path)),
        ]
        with pytest.raises(RungError, match="does not exist"):
            shelf.find("my.tiers")
        with pytest.raises(RungError, match="not in the register"):
            shelf.find(stray)

    def test_published_files_without_a_register_are_not_passed_over(self, own, shelf, write):
        publish(shelf.find(write()), own, CHANGE)
        (own / "published" / "register.toml").unlink()
        with pytest.raises(RungError, match="The register of published versions is damaged"):
            shelf.find("my.tiers")

    @pytest.mark.parametrize("text", ["", "[version]\n", "version = 3", "???", "[[version]]\nid = 3\n"])
    def test_a_damaged_register_stops_what_rests_on_it_and_is_told(self, own, shelf, write, text):
        publish(shelf.find(write()), own, CHANGE)
        (own / "published" / "register.toml").write_text(text, encoding="utf-8")
        with pytest.raises(RungError, match="The register of published versions is damaged"):
            shelf.find("my.tiers")
        assert [each.message for each in shelf.faults()] == ["The register of published versions is damaged."]
        assert [entry.id for entry in shelf.entries()] == ["my.tiers"]


def parse_hash(path: Path) -> tuple[str, str]:
    """Return the hash a file claims, and the one its content has."""
    from rung.policy.reader import content_hash

    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return table["published"]["sha256"], content_hash(table)


class TestWorkingCopy:
    def test_it_is_the_file_whose_version_is_not_published(self, own, shelf, write):
        publish(shelf.find(write()), own, CHANGE)
        newer = write("2", name="newer.toml")
        assert shelf.working_copy("my.tiers") == newer
        assert shelf.working_copy("my.tiers@1") == own / "tiers.toml"
        assert shelf.working_copy(str(newer)) == newer

    def test_the_only_file_is_it_though_its_version_is_published(self, own, shelf, write):
        publish(shelf.find(write()), own, CHANGE)
        assert shelf.working_copy("my.tiers") == own / "tiers.toml"

    def test_without_a_file_there_is_nothing_to_publish(self, own, shelf, write):
        file = write()
        publish(shelf.find(file), own, CHANGE)
        file.unlink()
        with pytest.raises(RungError, match=r"There is no file to publish “my.tiers” from"):
            shelf.working_copy("my.tiers")

    def test_two_new_versions_are_told_apart(self, shelf, write):
        write("1")
        write("2", name="newer.toml")
        with pytest.raises(RungError, match="could be published from several files"):
            shelf.working_copy("my.tiers")


def test_a_version_may_be_called_anything(own, shelf, write):
    made = publish(shelf.find(write("2026/第一版 ..")), own, CHANGE)
    assert made.path.parent == own / "published" / "my.tiers"
    assert shelf.find("my.tiers@2026/第一版 ..").policy.version == "2026/第一版 .."


@pytest.mark.parametrize("version", [".", "..", "CON", "a" * 64])
def test_a_version_never_leads_out_of_its_folder(own, shelf, write, version):
    made = publish(shelf.find(write(version)), own, CHANGE)
    assert made.path.resolve().parent == (own / "published" / "my.tiers").resolve()
