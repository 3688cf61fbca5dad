"""Makes the workspace the terminal program is opened on: so many customers, and overrides if asked for."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "grading")]

import polars as pl  # noqa: E402 - the folders above are not installed
from table import write  # noqa: E402
from timing import python  # noqa: E402

from rung.ledger import Override  # noqa: E402
from rung.ledger.drafts import proposal_draft  # noqa: E402
from rung.workspace import Workspace  # noqa: E402

__all__ = ["made"]

_CITIES = ("北京市", "上海市浦东新区", "杭州市", "苏州工业园区", "成都市高新区", "呼和浩特市")
_WORDS = ("恒", "泰", "鑫", "永", "盛", "隆", "和", "达", "海", "新", "华", "兴", "瑞", "丰", "康", "成")
_KINDS = ("贸易有限公司", "科技股份有限公司", "建筑工程有限公司", "烟酒店")


def made(rows: int, data: Path) -> Path:
    """Return a workspace with one run of ``rows`` customers, made once and kept."""
    folder = data / f"terminal-{rows}"
    if not folder.exists():
        table = data / f"named-{rows}.parquet"
        write(rows, data / "plain.parquet")
        named = pl.scan_parquet(data / "plain.parquet").with_columns(_name().alias("customer_name"))
        named.sink_parquet(table)
        quiet = subprocess.DEVNULL
        subprocess.run(python("-m", "rung", "init", folder), check=True, stdout=quiet)
        policy = HERE.parent / "grading" / "policy.toml"
        grade = python("-m", "rung", "grade", table, "--policy", policy, "--workspace", folder)
        subprocess.run([*grade, "--as-of", "2026-01-01"], check=True, stdout=quiet)
    return folder


def _name() -> pl.Expr:
    """Return an expression for names of companies and persons, as many different ones as rows."""
    number = pl.int_range(pl.len())

    def pick(words: tuple[str, ...], seed: int) -> pl.Expr:
        place = (number * (2_654_435_761 + 2 * seed) // 65_536) % len(words)
        return pl.lit(pl.Series(words)).gather(place)

    word = pl.concat_str(pick(_WORDS, 1), pick(_WORDS, 2), pick(_WORDS, 3))
    company = pl.concat_str(pick(_CITIES, 4), word, number % 9973, pick(_KINDS, 5))
    return pl.when(number % 4 == 0).then(word).otherwise(company)


def begin_ledger(folder: Path, overrides: int) -> None:
    """Begin the workspace's ledger anew, with so many overrides in effect."""
    human = Workspace.open(folder).human_input
    for file in folder.glob("ledger.db*"):
        file.unlink()
    with Workspace.open(folder).run() as run:
        manifest = run.manifest
        step = max(1, manifest.rows // max(1, overrides))
        page = run.results.page(["customer_id", "model_grade"], 0, manifest.rows)
    grades = [named.id for named in manifest.grades]
    with human.ledger() as store, store.appending() as ledger:
        for place in range(0, overrides * step, step):
            model = page["model_grade"][place]
            if model is None:
                continue
            number = ledger.next_sequence
            wanted = grades[max(0, grades.index(model) - 1)] if model != grades[0] else grades[1]
            now = datetime(2026, 1, 2, tzinfo=UTC)
            ledger.append(
                proposal_draft(
                    Override(
                        id=f"O{number}",
                        customer_id=page["customer_id"][place],
                        policy_id=manifest.policy.id,
                        policy_version=manifest.policy.version,
                        policy_hash=manifest.policy.sha256,
                        run_id=manifest.run_id,
                        model_grade=model,
                        proposed_grade=wanted,
                        notches=grades.index(model) - grades.index(wanted),
                        reason="systemic",
                        narrative="所在行业整体回升",
                        evidence="",
                        approvals_needed=0,
                        maker="li",
                        made_at=now,
                        effective_from=now,
                        expires_at=date(2099, 1, 1),
                        supersedes=(),
                        inputs_hash="",
                    )
                )
            )
