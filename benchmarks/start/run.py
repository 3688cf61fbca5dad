"""How long a command takes to begin, as a ratio to a bare interpreter: ``python run.py [ROUNDS]``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from timing import python, report, side_by_side

RUNG = Path(sys.executable).with_name("rung")


def main(rounds: int) -> None:
    """Time the commands a person types without thinking."""
    commands = {
        "python -c pass": python("-c", "pass"),
        "rung --version": [str(RUNG), "--version"],
        "rung --help": [str(RUNG), "--help"],
    }
    report(side_by_side(commands, rounds), against=["python -c pass"])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
