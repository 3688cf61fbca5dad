"""Moments are told, taken and counted by the clock of the workspace, wherever the machine stands.

The machine is in New York; the workspace's calendar is of Shanghai, where a new day and month have begun.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest
from commands import Cli
from ledger_office import FIELD, JUDGED, RULES, WHY

from rung.moments import set_zone
from rung.plugins import PluginHost
from rung.runs.manifest import SourceStamp
from rung.workspace import Workspace
from rung.workspace.source_words import source_words

NOW = datetime(2026, 6, 30, 16, 30, tzinfo=UTC)
HERE, THERE = "2026-06-30 12:30", "2026-07-01 00:30"
"""That moment in New York and in Shanghai."""
SHANGHAI = '\n[calendar]\ntimezone = "Asia/Shanghai"\n'


class Clock(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return NOW.astimezone(tz)


@pytest.fixture(autouse=True)
def _in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("rung.moments.datetime", Clock)
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "America/New_York")
        time.tzset()
        yield
    time.tzset()
    set_zone(lambda: None)


@pytest.fixture
def shop(cli: Cli, shop: Path) -> Path:
    """A workspace, its zone not named yet, that grades by a policy which lets people overrule."""
    policy = shop / "shop.toml"
    text = policy.read_text(encoding="utf-8").replace("[grading]", f"{FIELD}\n[grading]")
    policy.write_text(text.replace("[[gates]]", f"{JUDGED}\n[[gates]]") + RULES, encoding="utf-8")
    assert cli("init").code == 0
    return shop


@pytest.fixture
def work(cli: Cli, shop: Path) -> Path:
    """The same in Shanghai, with a run, an override, a correction, a note and a contact."""
    with (shop / "rung.toml").open("a", encoding="utf-8") as file:
        file.write(SHANGHAI)
    for arguments in (
        ("grade", "customers.csv", "--policy", "shop.toml"),
        ("override", "propose", "C1", "B", "--reason", "systemic"),
        ("correct", "C2", "spent", "700", *WHY),
        ("note", "add", "C1", "电话未通"),
        ("follow", "log", "C1", "r"),
    ):
        done = cli(*arguments)
        assert done.code == 0, done.err
    return shop


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize(
    "verb",
    [
        ("audit", "log"),
        ("override", "show", "O1"),
        ("override", "list", "--json"),
        ("note", "list", "C1"),
        ("follow", "history", "C1"),
    ],
)
def test_a_verb_tells_moments_by_the_workspaces_clock_and_programs_read_utc(
    cli: Cli, verb: tuple[str, ...]
) -> None:
    told = cli(*verb)
    assert told.code == 0, told.err
    if "--json" in verb:
        assert "2026-06-30T16:30:00" in told.out
        assert "2026-07-01T00:30" not in told.out
    else:
        assert THERE in told.out
    assert HERE not in told.out


@pytest.mark.usefixtures("work")
def test_what_programs_read_of_an_act_just_done_is_in_utc(cli: Cli) -> None:
    made = cli("note", "add", "C2", "好", "--json").json
    assert made["note"]["made_at"] == "2026-06-30T16:30:00+00:00"
    [act] = cli("audit", "log", "--kind", "note", "--customer", "C2", "--json").json["events"]
    assert act["made_at"].startswith("2026-06-30T16:30:00")


@pytest.mark.usefixtures("work")
def test_days_of_acts_are_those_of_the_workspace(cli: Cli) -> None:
    told = cli("explain", "C1").out
    assert re.search(r"2026-07-01.*电话未通", told)
    assert "2026-06-30" not in told
    assert "2027-07-01" in cli("override", "list").out  # a year, counted from there


@pytest.mark.usefixtures("work")
def test_the_rating_sheet_goes_by_the_clock_of_the_workspace(cli: Cli, work: Path) -> None:
    assert cli("explain", "C1", "--to", "html", "--out", "sheet.html").code == 0
    sheet = (work / "sheet.html").read_text(encoding="utf-8")
    assert sheet.count(THERE) >= 3  # when it was drawn, graded, overruled
    assert "in force 2026-07-01 to" in sheet
    assert "2026-06-30" not in sheet


def test_today_is_the_day_of_the_workspace(cli: Cli, shop: Path) -> None:
    graded = cli("grade", "customers.csv", "--policy", "shop.toml", "--json").json["manifest"]
    assert graded["as_of"] == "2026-06-30"
    with (shop / "rung.toml").open("a", encoding="utf-8") as file:
        file.write(SHANGHAI)
    graded = cli("grade", "customers.csv", "--policy", "shop.toml", "--json").json["manifest"]
    assert (graded["as_of"], graded["created_at"][:19]) == ("2026-07-01", "2026-06-30T16:30:00")


def test_a_policy_in_force_from_today_is_in_force_where_the_day_has_begun(cli: Cli, shop: Path) -> None:
    text = (shop / "shop.toml").read_text(encoding="utf-8")
    later = text.replace('version = "1"', 'version = "2"\neffective_from = 2026-07-01', 1)
    (shop / "policies" / "later.toml").write_text(later, encoding="utf-8")
    assert "preview" in cli("policy", "list").out
    with (shop / "rung.toml").open("a", encoding="utf-8") as file:
        file.write(SHANGHAI)
    assert "preview" not in cli("policy", "list").out


@pytest.mark.usefixtures("work")
def test_an_override_ends_by_the_workspaces_calendar(cli: Cli) -> None:
    past = cli("override", "propose", "C5", "C", "--reason", "systemic", "--expires", "2026-07-01")
    assert "2026-07-01, which is not in the future" in past.err
    made = cli("override", "propose", "C5", "C", "--reason", "systemic", "--expires", "2026-07-02", "--json")
    assert (made.code, made.json["override"]["expires_at"]) == (0, "2026-07-02")


@pytest.mark.parametrize("place", [(), ("--workspace", "work")])
def test_a_moment_typed_is_by_the_clock_of_the_workspace_meant(
    cli: Cli,
    work: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    place: tuple[str, ...],
) -> None:
    if place:
        elsewhere = tmp_path_factory.mktemp("elsewhere")
        (elsewhere / "work").symlink_to(work)
        monkeypatch.chdir(elsewhere)

    def found(*arguments: str) -> int:
        return len(cli("audit", "log", "--json", *arguments, *place).json["events"])

    every = found()
    assert every >= 4
    assert found("--since", THERE) == found("--until", THERE) == every
    assert found("--since", "2026-07-01 00:31") == found("--until", "2026-07-01 00:29") == 0
    assert found("--until", "2026-06-30") == 0
    assert found("--since", "2026-07-01") == every


def test_without_a_zone_the_machine_tells_the_time(cli: Cli, shop: Path) -> None:
    assert shop.is_dir()
    cli("grade", "customers.csv", "--policy", "shop.toml")
    cli("note", "add", "C1", "hm")
    told = cli("note", "list", "C1").out
    assert HERE in told
    assert len(cli("audit", "log", "--since", HERE, "--json").json["events"]) == 1
    assert cli("audit", "log", "--since", "2026-06-30 12:31", "--json").json["events"] == []


def test_a_zone_that_does_not_exist_is_refused_with_the_right_one(cli: Cli, shop: Path) -> None:
    with (shop / "rung.toml").open("a", encoding="utf-8") as file:
        file.write('\n[calendar]\ntimezone = "Asia/Shanghia"\n')
    for verb in (
        ("note", "add", "C1", "hm"),
        ("audit", "log", "--since", "2026-07-01"),
        ("grade", "customers.csv", "--policy", "shop.toml"),
    ):
        told = cli(*verb)
        assert told.code == 2
        assert "There is no time zone “Asia/Shanghia”" in told.err
        assert "Did you mean “Asia/Shanghai”" in told.err
        assert "rung.toml:" in told.err
    assert not list((shop / "runs").iterdir())
    told = cli("doctor", "--json")
    assert (told.code, "There is no time zone “Asia/Shanghia”" in told.out) == (1, True)


def test_the_moment_a_source_was_read_is_told_by_the_clock_of_the_workspace(work: Path) -> None:
    stamp = SourceStamp(id="crm", distribution="acme", version="1", read_at=NOW, options={}, rows={})
    place = Workspace.open(work, PluginHost())
    set_zone(lambda: place.zone)
    assert source_words(stamp).endswith(f"read {THERE}")


def test_shops_are_recorded_on_the_day_of_the_workspace(cli: Cli, tmp_path: Path) -> None:
    shops = "customer_id,customer_name,is_hardship,volume_3m,market_type\nC1,甲,是,100,城区\n"
    (tmp_path / "shops.csv").write_text(shops, encoding="utf-8")
    assert cli("init").code == 0
    with (tmp_path / "rung.toml").open("a", encoding="utf-8") as file:
        file.write('\n[calendar]\ncountry = "none"\nweekend = []\ntimezone = "Asia/Shanghai"\n')
    assert cli("grade", "shops.csv", "--policy", "tobacco.service-classes").code == 0
    made = cli("record", "new", "complaint", "C1", "--set", "投诉内容=少送一条", "--set", "cause=送货")
    assert made.code == 0, made.err
    assert "2026-07-01" in cli("record", "list").out
    assert "2026-06-30" not in cli("record", "list").out
    assert len(cli("record", "list", "--since", "2026-07-01", "--json").json["records"]) == 1
    assert cli("record", "list", "--until", "2026-06-30", "--json").json["records"] == []
