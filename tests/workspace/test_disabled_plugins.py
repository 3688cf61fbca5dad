"""A workspace does without a plugin: nothing of it is loaded there, and that is said; enabled, it is back."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from rung.errors import RungError
from rung.plugins import PluginHost
from rung.workspace import Workspace
from rung.workspace.disabled import disabled_in
from rung.workspace.installed import installed_plugins, switch_plugin

PEOPLE = '\n[people.li]\nname = "李"\nrole = "approver"\n[people.wang]\nname = "王"\nrole = "owner"\n'

SWITCHED = """
import sys, time
from pathlib import Path
from rung.workspace import disabled

def slowly(*given, write=disabled._write):
    time.sleep(0.3)
    write(*given)

disabled._write = slowly
print("ready", flush=True)
sys.stdin.read()
disabled.switch(Path(sys.argv[1]), sys.argv[3], off=sys.argv[2] == "off")
"""


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "workspace")


def states(workspace: Workspace) -> dict[str, str]:
    found = installed_plugins(workspace.host, load=True)
    return {each.id: each.state for each in found if each.kind == "sector"}


def test_a_disabled_plugin_is_not_loaded_and_its_policies_are_refused_in_words(place: Workspace) -> None:
    assert switch_plugin(place, "bank", off=True)
    assert states(place)["bank"] == "disabled"
    assert states(place)["tobacco"] == "loaded"
    assert "bank" not in [each.id for each in place.host.load_all()]
    for asked in (lambda: place.host.sector("bank"), lambda: place.shelf.find("bank.credit-tiers")):
        with pytest.raises(
            RungError, match=r"“bank” is disabled in this workspace.*rung plugins enable bank"
        ):
            asked()
    assert not place.host.faults()


def test_it_holds_for_whoever_opens_the_workspace_next_until_it_is_enabled(place: Workspace) -> None:
    switch_plugin(place, "bank", off=True)
    again = Workspace.open(place.folder, PluginHost())
    assert again.host.disabled == {"bank"}
    assert switch_plugin(again, "bank", off=False)
    assert not switch_plugin(again, "bank", off=False)
    assert again.host.sector("bank").id == "bank"
    assert disabled_in(place.folder) == frozenset()


def test_two_who_switch_at_the_same_moment_both_have_their_way(place: Workspace) -> None:
    names = ("bank", "tobacco", "sales")
    for off in (True, False):
        with ExitStack() as stack:
            command = (sys.executable, "-c", SWITCHED, str(place.folder), "off" if off else "on")
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            each = [stack.enter_context(subprocess.Popen((*command, name), **pipes)) for name in names]
            for process in each:
                assert process.stdout is not None
                assert process.stdout.readline() == b"ready\n"
            for process in each:
                assert process.stdin is not None
                process.stdin.close()
            assert [process.wait(60) for process in each] == [0, 0, 0]
        assert disabled_in(place.folder) == (frozenset(names) if off else frozenset())


def test_a_plugin_that_was_uninstalled_meanwhile_can_still_be_enabled(place: Workspace) -> None:
    (place.folder / "plugins.toml").write_text('disabled = ["gone"]\n', encoding="utf-8")
    again = Workspace.open(place.folder, PluginHost())
    with pytest.raises(RungError, match="No plugin “lost” is installed"):
        switch_plugin(again, "lost", off=True)
    assert switch_plugin(again, "gone", off=False)


@pytest.mark.parametrize("text", ["disabled = 3", "[", 'disabled = ["a", 1]', "enabled = []", "\udcff"])
def test_a_file_that_says_something_else_is_refused_with_what_is_right(place: Workspace, text: str) -> None:
    (place.folder / "plugins.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(RungError, match=r'cannot be read.*disabled = \["bank"\]'):
        Workspace.open(place.folder)


def test_only_an_owner_disables_where_people_are_listed(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (place.folder / "rung.toml").open("a", encoding="utf-8") as file:
        file.write(PEOPLE)
    place = Workspace.open(place.folder)
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "li")
    with pytest.raises(RungError, match=r"李 \(li\) may not say which plugins are used"):
        switch_plugin(place, "bank", off=True)
    assert disabled_in(place.folder) == frozenset()
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "wang")
    assert switch_plugin(place, "bank", off=True)


def test_what_a_plugin_supplies_is_told_by_id(place: Workspace) -> None:
    bank = next(each for each in installed_plugins(place.host, load=True) if each.id == "bank")
    assert bank.supplied is not None
    assert "bank.credit-tiers" in bank.supplied.policies
    assert "customer_id" in bank.supplied.fields
    assert bank.faults == ()
