"""The example plugin as a stranger's: from its wheel, beside Rung's; its own tests, and grading with it."""

from __future__ import annotations

import csv
import json
import re
import zipfile

import pytest
from clean_room import HOTEL, Installed

pytestmark = [
    pytest.mark.packaging,
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("wheel"),
]


def test_its_own_tests_pass_with_the_wheels(installed: Installed) -> None:
    done = installed.tested(HOTEL, "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert re.search(r"\d{2,} passed", done.stdout)


def test_it_is_told_with_all_it_supplies(installed: Installed) -> None:
    shown = installed.rung("plugins", "list", COLUMNS="200").stdout
    assert shown.count("rung-hotel 1.0.0") == 6
    assert installed.rung("plugins", "doctor", "hotel").returncode == 0


def test_it_grades_from_its_source_into_its_format(installed: Installed) -> None:
    assert installed.rung("hotel-demo", "pms.sqlite", "--guests", "400").returncode == 0
    words = ("--policy", "hotel.tiers", "--as-of", "2026-06-30", "--out")
    for file in ("tiers.cards", "tiers.csv"):
        done = installed.rung("grade", "--from", "pms", "--set", "file=pms.sqlite", *words, file)
        assert done.returncode == 0, done.stdout + done.stderr
    with (installed.folder / "tiers.csv").open(encoding="utf-8-sig", newline="") as grades:
        tiers = {row["customer_id"]: row["model_grade"] for row in csv.DictReader(grades)}
    head, *cards, foot, end = (installed.folder / "tiers.cards").read_bytes().decode("gb18030").split("\r\n")
    assert (head[:12], foot, end) == ("Hhotel.tiers", "T0000040000000000", "")
    assert {card[1:17].strip(): card.rsplit(maxsplit=1)[-1] for card in cards} == tiers
    assert set(tiers.values()) == {"platinum", "gold", "silver", "member"}


def test_an_alarm_of_its_policy_reaches_its_desk(installed: Installed) -> None:
    place = installed.folder / "front-office"
    assert installed.rung("init", str(place)).returncode == 0
    (place / "stays.csv").write_text(
        "会员号,离店日期,间夜,消费金额,住后评分\nG1,2026-03-01,1,500,2\n", "utf-8"
    )
    (place / "guests.csv").write_text("会员号,客人姓名\nG1,王伟\n", "utf-8")
    desk = place / "desk.jsonl"
    for words in (
        (
            "grade",
            "guests.csv",
            "--events",
            "stays=stays.csv",
            "--policy",
            "hotel.tiers",
            "--as-of",
            "2026-03-02",
        ),
        ("event", "add", "stays", "stays.csv"),
        ("alarm", "send"),
    ):
        found = [str(place / word) if word.endswith(".csv") and "=" not in word else word for word in words]
        found = [f"stays={place / 'stays.csv'}" if word.startswith("stays=") else word for word in found]
        done = installed.rung(*found, "--workspace", str(place), RUNG_HOTEL_DESK=str(desk))
        assert done.returncode == 0, (words, done.stdout, done.stderr)
    (line,) = desk.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["alarm"] == "unhappy_stay"


def test_its_wheel_carries_policies_and_types(installed: Installed) -> None:
    with zipfile.ZipFile(installed.hotel) as wheel:
        carried = set(wheel.namelist())
    names = ("policies/tiers.toml", "policies/win-back.toml", "policies/criteria.toml", "py.typed")
    assert {f"rung_hotel/{name}" for name in names} - carried == set()
    assert not {name for name in carried if name.startswith("tests/")}
