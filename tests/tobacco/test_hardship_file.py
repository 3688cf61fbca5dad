"""System 34: care begins once a hardship file is open; what is kept on file of a shop."""

from __future__ import annotations

from rung.plugins import PluginHost
from rung.policy.model import Policy

RECORDS = {record.id: record for record in PluginHost().sector("tobacco").records}


def test_care_requires_an_open_hardship_file_and_no_class_does(service_classes_policy: Policy) -> None:
    (care,) = service_classes_policy.flags
    assert care.service is not None
    assert care.service.requires == "hardship_file"
    assert {terms.requires for terms in service_classes_policy.service.values()} == {None}


def test_a_hardship_file_stays_open_until_it_is_closed_and_names_the_hardship() -> None:
    file = RECORDS["hardship_file"]
    assert [(state.id, state.is_open) for state in file.states] == [("on_file", True), ("closed", False)]
    assert (file.deadline, file.by, file.cause) == (None, "customer_manager", "hardship")
    (cause,) = [field for field in file.fields if field.id == file.cause]
    assert [choice.title.zh for choice in cause.choices] == ["老", "弱", "病", "残"]


def test_a_shop_s_circumstances_are_for_those_alone_who_may_read_them() -> None:
    sensitive = {field.id for field in RECORDS["hardship_file"].fields if field.is_sensitive}
    assert sensitive == {"hardship", "circumstances", "needs", "supply", "help"}


def test_visits_and_complaints_are_kept_too() -> None:
    assert set(RECORDS) == {"hardship_file", "visit_plan", "visit_report", "complaint"}
