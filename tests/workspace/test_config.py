"""The file ``rung.toml`` is read with every mistake told at its line, and written as people would."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rung.errors import RungError
from rung.workspace.config import read_config, template


def read(folder: Path, text: str) -> Any:
    path = folder / "rung.toml"
    path.write_text(text, encoding="utf-8")
    return read_config(path)


def test_a_new_workspace_s_file_is_read_back(tmp_path: Path) -> None:
    found = read(tmp_path, template())
    assert (found.language, found.sector, found.policy, found.sources) == (None, None, None, {})


def test_what_is_given_stands_in_the_file(tmp_path: Path) -> None:
    sources = {"a": {"customers": 'x "y".csv', "as_of": date(2026, 6, 30), "duplicates": "first"}}
    found = read(tmp_path, template(language="zh", policy="bank.credit-tiers", sources=sources))
    assert (found.language, found.policy) == ("zh", "bank.credit-tiers")
    assert found.sources["a"].customers == 'x "y".csv'
    assert found.sources["a"].as_of == date(2026, 6, 30)


def test_the_comments_of_a_new_file_are_sound_when_uncommented(tmp_path: Path) -> None:
    lines = [line.removeprefix("# ") for line in template().splitlines()[1:]]
    found = read(tmp_path, "\n".join(lines))
    assert (found.language, found.sector) == ("zh", "bank")
    assert found.sources["customers"].events == {"payments": "data/payments.csv"}


def test_every_mistake_is_told_with_its_line_and_remedy(tmp_path: Path) -> None:
    with pytest.raises(RungError) as caught:
        read(
            tmp_path,
            'schema = 2\nlanguag = "zh"\nlanguage = "de"\n[sources.a]\nevents = 1\nmaping = "x"\n',
        )
    told = sorted(str(problem).removeprefix(str(tmp_path)) for problem in caught.value.problems)
    assert told == [
        "/rung.toml:1 [schema]: 2 does not fit “schema”. For example: schema = 1",
        "/rung.toml:2 [languag]: “languag” is not known here. Did you mean “language”?",
        "/rung.toml:3 [language]: 'de' does not fit “language”. For example: language = \"zh\"",
        "/rung.toml:4 [sources.a.customers]: A source names its customers, or the plugin it comes from. "
        'For example: customers = "data/customers.csv", or from = "crm"',
        "/rung.toml:5 [sources.a.events]: 1 does not fit “events”. "
        'For example: events = { payments = "data/payments.csv" }',
        "/rung.toml:6 [sources.a.maping]: “maping” is not known here. Did you mean “mapping”?",
    ]


def test_a_file_that_is_no_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(RungError, match=r"rung\.toml:2"):
        read(tmp_path, "schema = 1\npolicy = \n")


def test_alarms_are_told_to_nobody_else_unless_the_file_says_so(tmp_path: Path) -> None:
    found = read(tmp_path, "schema = 1\n").alarms
    assert (found.run, found.webhook, found.tries, found.timeout) == ((), None, 5, 10.0)


@pytest.mark.parametrize(
    ("written", "seconds"), [('"10s"', 10.0), ('"0.5 s"', 0.5), ('"2min"', 120.0), ("3", 3.0), ("2.5", 2.5)]
)
def test_a_timeout_is_a_time_or_a_number_of_seconds(tmp_path: Path, written: str, seconds: float) -> None:
    assert read(tmp_path, f"schema = 1\n[alarms]\ntimeout = {written}\n").alarms.timeout == seconds


@pytest.mark.parametrize(
    "address",
    ["https://example.com/x", "http://127.0.0.1:8000/x", "http://[::1]:1/x", "http://LOCALHOST/x"],
)
def test_a_webhook_without_encryption_is_one_on_this_machine(tmp_path: Path, address: str) -> None:
    assert read(tmp_path, f'schema = 1\n[alarms]\nwebhook = "{address}"\n').alarms.webhook == address


def test_every_mistake_about_alarms_is_told_and_no_address_with_it(tmp_path: Path) -> None:
    with pytest.raises(RungError) as caught:
        read(
            tmp_path,
            'schema = 1\n[alarms]\nrun = ["tell", ""]\nwebhook = "http://example.com/token"\n'
            'tries = 0\ntimeout = "10h"\nwebhok = 1\n',
        )
    told = [str(problem).removeprefix(str(tmp_path)) for problem in caught.value.problems]
    assert sorted(told) == [
        "/rung.toml:3 [alarms.run[1]]: '' does not fit “run”. "
        'For example: run = ["python", "tell.py", "{file}"]',
        "/rung.toml:4 [alarms.webhook]: Alarms name customers, and http carries them over the net for all "
        'to read. For example: webhook = "https://example.com/alarms"',
        "/rung.toml:5 [alarms.tries]: 0 does not fit “tries”. For example: tries = 5",
        '/rung.toml:6 [alarms.timeout]: The timeout is no time. For example: timeout = "10s"',
        "/rung.toml:7 [alarms.webhok]: “webhok” is not known here. Did you mean “webhook”?",
    ]


@pytest.mark.parametrize(
    "address", ["ftp://x/y", "example.com", "https://", "http://127.0.0.1.example.com/", "http://[::1", ""]
)
def test_a_webhook_that_is_no_such_address_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(RungError, match=r"rung\.toml:3 \[alarms\.webhook\]"):
        read(tmp_path, f'schema = 1\n[alarms]\nwebhook = "{address}"\n')
