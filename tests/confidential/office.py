"""A workspace whose policy rests on sensitive values, and a command line called by people of any role."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rung.cli import run
from rung.ledger import Event, account
from rung.text import set_language
from rung.workspace import Workspace

AGE, INCOME, WEALTH = "47", "81234.56", "731"
"""Values of the customer C1 that no viewer may see; nothing else in the workspace contains these digits."""

SECRETS = (AGE, "81,234.56", INCOME, "8123456", WEALTH)

POLICY = """
schema = 1
id = "own.people"
version = "3"
title = { zh = "个人客户", en = "People" }
grades = ["A", "B", "C"]

[fields.age]
title = { zh = "年龄", en = "Age" }
kind = "integer"
sensitive = true
[fields.income]
title = { zh = "收入", en = "Income" }
kind = "money"
sensitive = true
[fields.wealth]
title = { zh = "家产", en = "Wealth" }
kind = "integer"
[fields.town]
title = { zh = "城市", en = "Town" }
kind = "text"

[derived.income_monthly]
title = { zh = "月收入", en = "Income a month" }
formula = "income / 12"
kind = "money"

[grading]
mode = "score"
cutoffs = { A = 80, B = 40 }

[[criteria]]
id = "income"
title = { zh = "月收入", en = "Income a month" }
measure = "income_monthly"
weight = 2
missing = "worst"
bands = [
    { when = ">= 9_000", points = 100 },
    { when = "[100..9_000)", points = 60 },
    { when = "< 100", points = 0 },
]

[[criteria]]
id = "age"
title = { zh = "年龄", en = "Age" }
measure = "age"
missing = "worst"
bands = [{ when = ">= 60", points = 100 }, { when = "< 60", points = 10 }]

[[gates]]
id = "minor"
when = { age = "< 18" }
at_most = "C"
missing = "skip"
reason = { zh = "未成年", en = "A minor" }

[[flags]]
id = "rich"
title = { zh = "富裕", en = "Rich" }
when = { wealth = ">= 700" }

[correction]
approval = { up = "none", down = "none" }
needs_evidence = false
"""

CUSTOMERS = f"""customer_id,customer_name,age,income,wealth,town
C1,甲,{AGE},{INCOME},{WEALTH},杭州
C2,乙,,300,5,宁波
C3,丙,forty-seven,120,,杭州
C3x,丁,1,2,3,4,5,6
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def both(self) -> str:
        return self.out + self.err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Office:
    """The workspace, and whoever works in it."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def people(self, role: str | None, more: str = "") -> None:
        """List whoever runs this under a role, with more in rung.toml; nobody is listed without a role."""
        listed = (
            "" if role is None else f'[people."{account()}"]\nname = "我"\nteam = "east"\nrole = "{role}"\n'
        )
        (self.folder / "rung.toml").write_text(f"schema = 1\n{more}\n{listed}", encoding="utf-8")

    def __call__(self, *arguments: object) -> Ended:
        """Run one command."""
        try:
            code = run([str(argument) for argument in arguments])
        finally:
            set_language("en")
        printed = self.capture.readouterr()
        return Ended(code, printed.out, printed.err)

    @property
    def workspace(self) -> Workspace:
        return Workspace.open(self.folder)

    def events(self, *kinds: str) -> list[Event]:
        """Return what is on record of some kinds."""
        human = self.workspace.human_input
        if not human.is_begun:
            return []
        with human.ledger() as store:
            return [each for each in store.events() if not kinds or each.kind in kinds]

    def payloads(self, *kinds: str) -> list[dict[str, Any]]:
        return [json.loads(each.payload) for each in self.events(*kinds)]


def secrets_in(text: str) -> list[str]:
    """Return the secrets a text holds."""
    return [secret for secret in SECRETS if secret in text]


@pytest.fixture(scope="session")
def office_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the workspace once; each test has a copy of its own."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "policies").mkdir()
    for each in (folder, folder / "policies"):
        (each / "people.toml").write_text(POLICY, encoding="utf-8")
    (folder / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    (folder / "rung.toml").write_text("schema = 1\n\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        patched.setenv("RUNG_LANG", "en")
        assert run(["grade", "customers.csv", "--policy", "people.toml", "--as-of", "2026-06-30"]) == 0
        set_language("en")
    return folder


@pytest.fixture
def office(
    office_once: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Office:
    """A graded workspace in the current folder, where nobody is listed yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RUNG_LANG", "en")
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.delenv("RUNG_TRACEBACK", raising=False)
    made = Office(shutil.copytree(office_once, tmp_path, dirs_exist_ok=True), capsys)
    made.people(None)
    return made
