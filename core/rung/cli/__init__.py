"""The command line: one file a family of verbs, each imported only when its verb is given."""

from rung.cli.program import run

__all__ = ["run"]
