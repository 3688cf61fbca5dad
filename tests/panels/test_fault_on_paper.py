"""A panel's fault stands on the rating sheet without the file it arose in; a screen tells that."""

from __future__ import annotations

import pytest
from laid_down import LayDown, Site
from office import Office

from rung.plugins.faults import without_files

FAILED = "def show(seen):\n    raise ValueError('no (such) customer')\n"


@pytest.mark.parametrize(
    ("show", "told"),
    [
        (FAILED, "Plugin “bad” (rung-bad 1.2) failed: ValueError: no (such) customer"),
        ("raise KeyError('token')\n", "Plugin “bad” (rung-bad 1.2), panel, is faulty, import: KeyError:"),
        ("from rung.sdk import nothing\n", "is faulty, import: ImportError: cannot import name"),
    ],
)
def test_a_sheet_tells_a_fault_without_the_plugins_file(
    office: Office, lay_down: LayDown, site: Site, show: str, told: str
) -> None:
    lay_down("bad", show, kind="panels", en="Stays")
    on_screen = office("explain", "C1", "--json").json["panels"][0]["problem"]
    assert told in on_screen
    assert str(site) in on_screen
    sheet = office("explain", "C1", "--to", "html").out
    words = sheet.replace("&#x27;", "'")
    assert told in words
    assert str(site) not in sheet
    assert ".py" not in sheet


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("failed: E: no (/opt/a (b)/x.py:3) Report it.", "failed: E: no Report it."),
        (r"failed: E: no (C:\Program Files\x.py:3) Report it.", "failed: E: no Report it."),
        ("E: no name 'a' (/lib/sdk.py) (/site/x.py:3) Report it.", "E: no name 'a' Report it."),
        ("E: so long that it was cut (/site/pack…", "E: so long that it was cut"),
        ("E: three (3:4) of four (of them)", "E: three (3:4) of four (of them)"),
    ],
)
def test_files_are_left_out_and_nothing_else(told: str, left: str) -> None:
    assert without_files(told) == left
