"""The command ``rung``: answers ``--version`` at once, and hands everything else to the command line."""

from __future__ import annotations

import sys

from rung import __version__

__all__ = ["main"]


def main() -> int:
    """Run the command line on the process's arguments and return its exit code."""
    if sys.argv[1:] == ["--version"]:
        print(f"rung {__version__}")
        return 0
    try:
        from rung.cli import run
    except KeyboardInterrupt:
        return 130
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
