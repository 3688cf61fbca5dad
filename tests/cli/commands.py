"""The command line as a person has it: a small policy, a table, a process and how it ended."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

POLICY = """
schema = 1
id = "shop.tiers"
version = "1"
title = { zh = "店铺等级", en = "Shop tiers" }
grades = ["A", "B", "C"]

[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "money"
[fields.late]
title = { zh = "逾期", en = "Days late" }
kind = "integer"

[grading]
mode = "score"
cutoffs = { A = 80, B = 40 }

[[criteria]]
id = "spent"
title = { zh = "消费", en = "Spent" }
measure = "spent"
weight = 2
reason = { zh = "消费太少", en = "Too little spent" }
bands = [
    { when = ">= 1_000", points = 100 },
    { when = "[100..1_000)", points = 60 },
    { when = "< 100", points = 0 },
]

[[criteria]]
id = "late"
title = { zh = "逾期", en = "Days late" }
measure = "late"
missing = "worst"
bands = [{ when = "0", points = 100 }, { when = "not(0)", points = 10 }]

[[gates]]
id = "very_late"
when = { late = "> 90" }
at_most = "C"
missing = "skip"
reason = { zh = "逾期太久", en = "Far too late" }

[[flags]]
id = "big"
title = { zh = "大客户", en = "Big" }
when = { spent = ">= 5_000" }

[roles]
keeper = { zh = "店长", en = "Keeper" }

[service.A]
contact = { every = "7d", by = "keeper" }

[[tests]]
name = "a good one"
customer = { spent = 2_000, late = 0 }
expect = { grade = "A", score = 100 }
"""

CUSTOMERS = """customer_id,customer_name,spent,late
C1,甲公司,6000,0
C2,乙公司,500,30
C3,丙公司,5,120
C4,丁公司,,0
C5,"戊, 公司",1000,
"""

RUNG = str(Path(sys.executable).parent / "rung")


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Cli = Callable[..., Ended]
Once = Callable[[Callable[[], object]], Path]


def process(*arguments: object, folder: Path, **environment: str) -> Ended:
    """Run ``rung`` as a process of its own."""
    ran = subprocess.run(
        [RUNG, *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "RUNG_LANG": "en", "COLUMNS": "160", "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    return Ended(ran.returncode, ran.stdout, ran.stderr)


def listing(folder: Path) -> list[str]:
    """Return every file below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
