"""The suite of a plugin told of alarms: ``class TestDesk(AlarmSuite): plugin = "desk"``."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Mapping
from typing import Any, ClassVar, Final

import pytest

from rung.hooks import ALARM_GROUP
from rung.testing.hostile import TEXTS
from rung.testing.installed import host
from rung.testing.mistakes import Mistakes
from rung.testing.plugin_suite import PluginSuite
from rung.testing.suite import replaceable

__all__ = ["ALARM", "AlarmSuite"]

ALARM: Final[Mapping[str, Any]] = {
    "id": "E12:complaint",
    "alarm": "complaint",
    "title": {"zh": "投诉", "en": "Complaint"},
    "reason": {"zh": "客户投诉", "en": "The customer complained"},
    "policy": "hotel.tiers",
    "policy_version": "1",
    "customer_id": "K00001",
    "customer_name": "王小明",
    "raised_at": "2026-07-01T09:00:00+00:00",
    "event": {
        "id": "E12",
        "table": "complaints",
        "at": "2026-07-01T08:55:00+00:00",
        "key": None,
        "values": {},
    },
    "duties": [
        {
            "text": {"zh": "回电", "en": "Call back"},
            "by": "desk",
            "by_title": {"zh": "前台", "en": "Desk"},
            "people": [],
            "channel": "",
            "due": "2026-07-01T11:00:00+00:00",
            "is_answered": False,
        }
    ],
    "escalates_at": None,
    "escalates_to": None,
    "is_escalated": False,
}
"""An alarm as plugins are told of it; see docs/alarms.md."""


class AlarmSuite(PluginSuite):
    """What a plugin told of alarms is held to. A subclass arranges what it tells: ``arrange``."""

    within_seconds: ClassVar[float] = 10
    """After which Rung goes on without it: the workspace's ``[alarms] timeout``."""
    _group = ALARM_GROUP
    _hook = "rung_alarm_raised"
    _is_called = False

    def _supplied(self) -> Any:
        return host().alarm_hook(self.plugin)

    @replaceable
    def arrange(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Put something harmless in place of what it tells, before each test that tells it of an alarm."""

    def _texts(self) -> list[tuple[str, object]]:
        return []  # it declares none

    def _told(self, alarm: Mapping[str, Any], what: str, mistakes: Mistakes) -> None:
        tell = self._loaded
        try:
            found = tell(copy.deepcopy(dict(alarm)))
        except BaseException as error:
            mistakes.add(what, f"{type(error).__name__}: {error}", "an alarm told")
            return
        if not isinstance(found, str):
            mistakes.add(what, f"returned {type(found).__name__}", "a few words, or None")

    def test_it_is_told_of_an_alarm(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It takes an alarm as docs/alarms.md describes it, and says in a few words what came of it."""
        self.arrange(monkeypatch)
        mistakes = Mistakes("take the keys docs/alarms.md lists; in tests, arrange() replaces what it tells")
        self._told(ALARM, "an alarm", mistakes)
        mistakes.tell()

    def test_the_same_alarm_twice_is_fine(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Rung may be killed between telling and noting it; so the same alarm may come again."""
        self.arrange(monkeypatch)
        mistakes = Mistakes("go by alarm['id']: open one case for it, and find that case again")
        for what in ("the first time", "the second time"):
            self._told(ALARM, what, mistakes)
        mistakes.tell()

    def test_alarms_of_any_words_are_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Hostile names, no name, masked values, no duties: an alarm is passed on whatever it says."""
        self.arrange(monkeypatch)
        mistakes = Mistakes("pass texts on as data; what may be missing is read with .get()")
        for number, text in enumerate(TEXTS):
            told = {**ALARM, "id": f"E{number}:x", "customer_name": text, "customer_id": text}
            self._told(told, f"a customer called {text[:20]!r}", mistakes)
        self._told(
            {
                **ALARM,
                "customer_name": None,
                "duties": [],
                "event": {**ALARM["event"], "values": {"x": "●●●"}},
            },
            "no name and no duty",
            mistakes,
        )
        mistakes.tell()

    def test_it_answers_in_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """One alarm takes less than ``within_seconds``."""
        self.arrange(monkeypatch)
        started = time.perf_counter()
        mistakes = Mistakes("set a timeout on what you call; Rung tries again later")
        self._told(ALARM, "an alarm", mistakes)
        taken = time.perf_counter() - started
        if taken > self.within_seconds:
            mistakes.add("an alarm", f"{taken:.1f} s", f"{self.within_seconds:g} s at most (within_seconds)")
        mistakes.tell()

    def test_it_keeps_the_alarm_as_it_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What it was handed is for the others as well: it changes nothing in it."""
        self.arrange(monkeypatch)
        mistakes = Mistakes("copy what you change")
        handed = copy.deepcopy(dict(ALARM))
        before = json.dumps(handed)
        try:
            self._loaded(handed)
        except Exception as error:
            mistakes.add("an alarm", f"{type(error).__name__}: {error}", "an alarm told")
        if json.dumps(handed) != before:
            mistakes.add("an alarm", "was changed by the plugin", "left as it was")
        mistakes.tell()
