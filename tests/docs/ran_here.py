"""Runs a command as a shell would, but in this process, where all that it imports is imported once."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from rung.cli import run
from rung.text import set_language


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


def ran(words: Sequence[str], folder: Path, **environment: str) -> Ended:
    """Run ``rung`` with these words in a folder."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _each in range(2))
    with chdir(folder), mock.patch.dict(os.environ, environment), redirect_stdout(out), redirect_stderr(err):
        try:
            code = run(list(words))
        finally:
            set_language("en")
    return Ended(code, *(each.buffer.getvalue().decode() for each in (out, err)))
