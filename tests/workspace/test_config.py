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
        "/rung.toml:4 [sources.a.customers]: “customers” is missing. "
        'For example: customers = "data/customers.csv"',
        "/rung.toml:5 [sources.a.events]: 1 does not fit “events”. "
        'For example: events = { payments = "data/payments.csv" }',
        "/rung.toml:6 [sources.a.maping]: “maping” is not known here. Did you mean “mapping”?",
    ]


def test_a_file_that_is_no_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(RungError, match=r"rung\.toml:2"):
        read(tmp_path, "schema = 1\npolicy = \n")
