"""System 20: customers of one stage are worked in one batch, stage after stage; one stage alone if asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from places import graded, moment, workspace

from rung.service.due import Chosen
from rung.workspace.customers_meant import CustomersWanted

HOUSE = """
schema = 1
id = "house.quick-sales"
version = "1"
extends = "sales.quick-sales"
[change]
author = "sales"
date = 2026-01-01
reason = "proposals are made one by one"
[parameters]
batch_proposal = { value = false }
"""
MONDAY = date(2026, 3, 2)


def test_20_stages_are_worked_in_batches_where_the_house_says_so(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    (place.folder / "policies/house.toml").write_text(HOUSE, encoding="utf-8")
    stages = {"V2": "visit", "L1": "lead", "P1": "proposal", "V1": "visit", "L2": "lead"}
    people = [{"customer_id": name, "stage": stage} for name, stage in stages.items()]
    graded(place, "house.quick-sales", MONDAY, people)
    now = moment(date(2026, 3, 9))
    every = place.service.due(now).rows()
    assert {each.customer_id for each in every} == set(stages)
    batches = place.service.due(now, Chosen(in_batches=True)).rows()
    assert [(each.grade, each.customer_id) for each in batches] == [
        ("lead", "L1"),
        ("lead", "L2"),
        ("visit", "V1"),
        ("visit", "V2"),
    ]
    wanted = CustomersWanted(grades=("visit",))
    one = place.service.due(now, Chosen(in_batches=True), wanted=wanted).rows()
    assert [each.customer_id for each in one] == ["V1", "V2"]
