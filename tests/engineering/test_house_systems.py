"""System 9: the five house systems have their records."""

from __future__ import annotations

from rung.plugins import PluginHost
from rung.policy.shelf import Shelf

HOST = PluginHost()
RECORDS = {record.id: record for record in HOST.sector("engineering").records}


def test_every_house_system_that_keeps_records_has_its_type() -> None:
    assert list(RECORDS) == ["visit_plan", "visit_report", "complaint", "survey", "confidentiality_breach"]


def test_a_plan_of_a_visit_has_purpose_time_and_manner() -> None:
    assert [field.id for field in RECORDS["visit_plan"].fields] == ["purpose", "planned_on", "manner"]


def test_a_complaint_goes_from_cause_and_plan_to_its_result() -> None:
    complaint = RECORDS["complaint"]
    assert [field.id for field in complaint.fields] == ["subject", "cause", "plan", "result", "improvement"]
    assert (complaint.cause, complaint.deadline) == ("cause", "15d")


def test_the_roles_of_the_records_are_those_of_the_policy() -> None:
    policy = Shelf(HOST).find("engineering.client-grades").policy
    assert {record.by for record in RECORDS.values()} <= set(policy.roles)
