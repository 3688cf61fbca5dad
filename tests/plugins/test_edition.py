"""An edition of the plugin interface, once recorded, stays what it was: plugins were written by it."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Final

from rung.hooks import API_EDITION

HERE: Final = Path(__file__).parent
RECORDED: Final = HERE / f"edition_{API_EDITION}.txt"
NEW: Final = (
    "rung.sdk or rung.hooks no longer is what edition {edition} promises. Take the change back, or open a "
    "new edition: raise API_EDITION in rung.hooks, have the host still take plugins of edition {edition}, "
    "and record the new one with: python tests/plugins/edition_surface.py > tests/plugins/edition_{new}.txt"
)


def test_the_edition_of_now_is_what_was_recorded_of_it() -> None:
    recorded = RECORDED.read_text(encoding="utf-8").splitlines()
    now = runpy.run_path(str(HERE / "edition_surface.py"))["surface"]().splitlines()
    told = NEW.format(edition=API_EDITION, new=API_EDITION + 1)
    gone, added = sorted(set(recorded) - set(now)), sorted(set(now) - set(recorded))
    assert (gone, added) == ([], []), told
    assert now == recorded


def test_every_edition_up_to_now_is_recorded() -> None:
    recorded = {each.name for each in HERE.glob("edition_*.txt")}
    assert recorded == {f"edition_{edition}.txt" for edition in range(1, API_EDITION + 1)}
