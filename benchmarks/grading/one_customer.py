"""How long one customer takes from the Python API: graded, explained: ``python one_customer.py``."""

from __future__ import annotations

import timeit
import tomllib
from pathlib import Path

from rung.grading import Calibration, Scorecard, compile_policy, explain
from rung.policy.model import Policy
from rung.vocabulary import Vocabulary

ROW = {
    "assets": 60_000_000, "income": None, "days_late": 95, "years": 5,
    "debt_ratio": 6_900, "orders": 12, "margin": 900, "visits": 3,
}  # fmt: skip


def main() -> None:
    """Print milliseconds a customer."""
    policy = Policy.model_validate(tomllib.loads((Path(__file__).parent / "policy.toml").read_text()))
    fields = {name: spec.field(name) for name, spec in policy.fields.items()}
    scorecard = Scorecard(compile_policy(policy, Vocabulary.of(None, fields)), Calibration())
    for name, work in {
        "graded": lambda: scorecard.assess(ROW),
        "explained, with the smallest change": lambda: explain(scorecard, ROW),
    }.items():
        best = min(timeit.repeat(work, number=100, repeat=5)) / 100
        print(f"{name}: {best * 1000:.3f} ms")


if __name__ == "__main__":
    main()
