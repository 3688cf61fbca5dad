"""The JSON Schema of policy files lets every ready policy be and marks mistakes, for a checker of TOML."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rung.plugins import PluginHost
from rung.policy.model import Policy
from rung.policy.schema import Names, policy_schema
from rung.policy.shelf import Shelf

HOME = Path(__file__).parents[2]
TOMBI = Path(sys.executable).parent / "tombi"
HEAD = 'schema = 1\nid = "own.tiers"\nversion = "1"\n'
WHOLE = (
    HEAD
    + """title = "Tiers"
sector = "bank"
grades = ["A", "B"]

[grading]
mode = "rules"
otherwise = "B"

[[rules]]
id = "large"
grade = "A"
when = { assets_avg_3m = ">= 1_000_000", any = [{ days_past_due = 0 }, { own_field = "missing" }] }
reason = { zh = "大", en = "large" }

[[gates]]
id = "late"
when = { days_past_due = "> 90" }
at_most = "B"
reason = "late"

[service.A]
requires = "complaint"
contact = { every = "7d", minutes = 5, script = "Hello" }

[[outcomes]]
id = "reached"
title = "Reached"
key = "r"
facts = { days_past_due = 0, credit_record = "missing" }
again = "3d"
"""
)
LAYER = (
    HEAD
    + """extends = "bank.credit-tiers"

[grading]
cutoffs = { A = 88 }

[[criteria]]
id = "debt_ratio"
remove = true

[[gates]]
id = "late"
before = "no_statements"
at_most = { remove = true }
when = { days_past_due = "> 60", debt_ratio = { remove = true } }

[[outcomes]]
id = "reached"
before = "gone"
facts = { days_past_due = { remove = true } }
"""
)

Check = Callable[..., list[str]]


@cache
def schema() -> dict[str, Any]:
    host = PluginHost()
    shelf = Shelf(host)
    libraries = {name: tuple(shelf.library(name).criteria) for name in host.ids()}
    return policy_schema(Names(host.load_all(), libraries))


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Check policies by the schema; give the errors and warnings."""
    (tmp_path / "policy.schema.json").write_text(json.dumps(schema()), encoding="utf-8")

    def checked(*policies: str) -> list[str]:
        files = [tmp_path / f"{number}.toml" for number in range(len(policies))]
        for file, text in zip(files, policies, strict=True):
            file.write_text(f"#:schema ./policy.schema.json\n{text}", encoding="utf-8")
        command = [str(each) for each in (TOMBI, "lint", "--offline", "--error-on-warnings", *files)]
        ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        told = re.sub(r"\x1b\[[0-9;]*m", "", ended.stdout + ended.stderr)
        found = re.findall(r"^\s*(?:Error|Warning): (.*)$", told, re.MULTILINE)
        assert (ended.returncode == 0) == (not found), told
        return found

    return checked


def test_every_ready_policy_is_held(check: Check) -> None:
    ready = [
        path.read_text(encoding="utf-8")
        for path in sorted((HOME / "policies/rung_policies").glob("*/*.toml"))
        if path.name != "criteria.toml"
    ]
    assert len(ready) >= 34
    assert check(*ready) == []


def test_every_whole_policy_of_the_reference_is_held(check: Check) -> None:
    page = (HOME / "docs/policy.md").read_text(encoding="utf-8")
    blocks = [block.partition("```")[0] for block in page.split("```toml\n")[1:]]
    shown = [block for block in blocks if block.startswith("schema = 1")]
    assert len(shown) >= 9
    assert check(*shown) == []


def test_a_whole_policy_and_a_layer_are_held(check: Check) -> None:
    assert check(WHOLE, LAYER) == []


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('id = "own.tiers"', 'id = "Own Tiers"', '"Own Tiers" does not match the pattern'),
        ('title = "Tiers"', 'titel = "Tiers"', '"titel" is not allowed'),
        ('title = "Tiers"\n', "", '"title" is required'),
        ('grades = ["A", "B"]', 'grades = "A, B"', "expected a value of type Array"),
        ('mode = "rules"', 'mode = "rule"', '"rules"'),
        ('otherwise = "B"', "otherwise = 2", "expected a value of type String"),
        ('grade = "A"\n', 'grade = "A"\npoints = "many"\n', '"many" does not match the pattern'),
        ('reason = { zh = "大", en = "large" }', 'reason = { en = "large" }', '"zh" is required'),
        ('reason = { zh = "大", en = "large" }\n', "", '"reason" is required'),
        ("{ days_past_due = 0 }", "{ days_past_due = { least = 0 } }", "but found Table"),
        ("{ days_past_due = 0 }", "3", "expected a value of type Table"),
        ('at_most = "B"', 'at_most = "B"\nmissing = "ignore"', '"ignore"'),
        ('at_most = "B"', 'at_most = "B"\nhard = "yes"', '"yes" does not match the pattern'),
        ('at_most = "B"', 'at_most = "B"\nremove = true', '"remove" is not allowed'),
        ('every = "7d"', 'every = "7 moons"', '"7 moons" does not match the pattern'),
        ('every = "7d"', 'evry = "7d"', '"evry" is not allowed'),
        ('key = "r"', 'key = "R"', '"R" does not match the pattern'),
        ("minutes = 5", "minutes = 0", "must be ≥ 1"),
        ("days_past_due = 0, ", "days_past_due = [0], ", "but found Array"),
        ('requires = "complaint"', 'requires = "file"', '"file" does not match'),
    ],
)
def test_a_mistake_is_marked(check: Check, right: str, wrong: str, told: str) -> None:
    assert right in WHOLE
    assert any(told in each for each in check(WHOLE.replace(right, wrong, 1)))


def test_what_only_a_layer_may_leave_out_is_missed_in_a_whole_policy(check: Check) -> None:
    alone = LAYER.replace('extends = "bank.credit-tiers"\n', "")
    found = check(alone)
    assert '"title" is required' in found
    assert '"before" is not allowed' in found


def test_a_parameter_may_stand_for_a_number_and_for_a_word(check: Check) -> None:
    asked = WHOLE.replace('every = "7d"', 'every = "${rhythm}"').replace(
        'B"\n\n[[rules', 'B"\nhit = "${hit}"\n\n[[rules'
    )
    assert asked.count("${") == 2
    assert check(asked) == []


def test_every_key_of_the_model_can_be_written() -> None:
    made, parts = schema(), Policy.model_json_schema(by_alias=True)
    assert set(made["properties"]) == set(parts["properties"])
    ground = {"Text", "Duration", "Unit", "Cell", "AllOf", "AnyOf", "Not"}
    for name, part in parts["$defs"].items():
        if name not in ground and "properties" in part:
            assert set(made["$defs"][name]["properties"]) == set(part["properties"]), name
            assert set(part["properties"]) <= set(made["$defs"][f"{name}InLayer"]["properties"]), name


def test_the_names_of_a_sector_are_offered_with_what_they_mean() -> None:
    made = policy_schema(Names((PluginHost().sector("bank"),), {"bank": ("overdue",)}))["$defs"]
    cells = made["Condition"]["properties"]
    assert cells["days_past_due"]["description"] == "逾期天数 · Days past due [天]"
    assert {"any", "all", "not"} < set(cells)
    assert "orders_12m" not in cells
    assert "days_past_due" in made["Criterion"]["properties"]["measure"]["anyOf"][0]["enum"]
    assert made["Criterion"]["properties"]["use"]["anyOf"][0] == {"enum": ["bank.overdue"]}
    assert (
        made["Rule"]["properties"]["points"]["description"]
        == "What the rule adds, under the hit policy `collect`."
    )


def test_a_field_of_the_policy_s_own_may_be_of_another_kind_than_a_sector_s(check: Check) -> None:
    own = """[fields]
days_past_due = { title = "Late", kind = "category", choices = { no = [], yes = [] } }

[[tests]]
customer = { days_past_due = "no" }
expect = { grade = "A" }
"""
    assert check(WHOLE.replace("days_past_due = 0", 'days_past_due = "no, yes"') + own) == []
