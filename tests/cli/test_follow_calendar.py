"""``rung follow calendar``: what is due, in the program people keep their appointments in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from commands import Cli, Once
from icalendar import Calendar

CALLS = """customer_id,customer_name,phone_status,acceptance,need,intention,days_since_contact
C1,张三,reached,accepts,known,soon,3
C2,"=李四, ""四""; \\n",reached,accepts,none_now,,20
C3,王五,reached,,,,2
"""
DAY = "2030-03-11"


@pytest.fixture
def work(cli: Cli, tmp_path: Path, once: Once) -> Path:
    """A repair shop's customers, graded on a Monday to come."""

    @once
    def made() -> None:
        (tmp_path / "calls.csv").write_text(CALLS, encoding="utf-8")
        assert cli("init").code == 0
        file = tmp_path / "rung.toml"
        said = '[calendar]\ncountry = "none"\ntimezone = "Asia/Shanghai"\n'
        file.write_text(file.read_text(encoding="utf-8") + said, encoding="utf-8")
        ended = cli("grade", "calls.csv", "--policy", "auto4s.call-list", "--as-of", DAY)
        assert ended.code == 0, ended.err

    return made


def written(cli: Cli, work: Path, *options: str) -> Calendar:
    ended = cli("follow", "calendar", "--out", "due.ics", "--day", DAY, *options)
    assert ended.code == 0, ended.err
    found = Calendar.from_ical((work / "due.ics").read_bytes())
    assert isinstance(found, Calendar)
    return found


def test_each_thing_due_is_an_entry_on_its_day(cli: Cli, work: Path) -> None:
    entries = written(cli, work, "--within", "7d").walk("VEVENT")
    told = cli("follow", "due", "--day", DAY, "--within", "7d", "--json").json["due"]
    assert len(entries) == len(told) > 1
    days = [max(each["due"], DAY) for each in told]
    assert [each.decoded("dtstart").isoformat() for each in entries] == days
    assert all(type(each.decoded("dtstart")) is date for each in entries)


def test_a_name_with_signs_of_the_format_comes_back_as_it_was(cli: Cli, work: Path) -> None:
    summaries = [str(each["summary"]) for each in written(cli, work).walk("VEVENT")]
    assert any('=李四, "四"; \\n (' in each for each in summaries)


def test_a_file_written_anew_names_the_same_entries(cli: Cli, work: Path) -> None:
    first = [str(each["uid"]) for each in written(cli, work).walk("VEVENT")]
    again = [str(each["uid"]) for each in written(cli, work).walk("VEVENT")]
    assert first == again
    assert len(set(first)) == len(first) > 0


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--out", "due.csv"), "ending in .ics"),
        (("--out", "nowhere/due.ics"), "nowhere"),
        (("--out", "due.ics", "--grade", "Z"), "Z"),
    ],
)
def test_bad_input_is_told_and_nothing_written(
    cli: Cli, work: Path, words: tuple[str, ...], told: str
) -> None:
    ended = cli("follow", "calendar", *words)
    assert (ended.code, told in ended.err) == (2, True)
    assert not (work / "due.ics").exists()
