"""What a call to a guest comes to, each with the letter that logs it."""

from __future__ import annotations

from typing import Final

from rung.sdk import Outcome, Text

__all__ = ["OUTCOMES"]

OUTCOMES: Final = (
    Outcome(id="booked", title=Text("已预订", "Booked"), key="b", facts={"accepts_contact": True}),
    Outcome(id="considers", title=Text("考虑中", "Considers it"), key="c", again="2w"),
    Outcome(id="dissatisfied", title=Text("上次不满意", "Was not satisfied"), key="d", again="3d"),
    Outcome(
        id="no_calls",
        title=Text("请勿再联系", "Wants no calls"),
        key="x",
        facts={"accepts_contact": False},
        ends=True,
    ),
    Outcome(id="no_answer", title=Text("未接通", "No answer"), key="n", reached=False, again="2d"),
    Outcome(
        id="wrong_number",
        title=Text("号码有误", "Wrong number"),
        key="w",
        facts={"phone": "missing"},
        reached=False,
        ends=True,
    ),
)
