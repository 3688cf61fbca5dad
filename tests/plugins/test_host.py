"""The host finds plugins without importing them, and one that fails costs only itself."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rung import hooks
from rung.errors import RungError
from rung.plugins import Fault, PluginHost, Stage, State

GOOD = ("apples", "pears")


@pytest.fixture
def among_good(install: Callable[..., Path]) -> Callable[..., Path]:
    for name in GOOD:
        install(name)
    return install


def only_fault(host: PluginHost, plugin: str = "bad") -> Fault:
    """Load everything; return the one fault, having seen that the good plugins work beside it."""
    assert tuple(sector.id for sector in host.load_all()) == GOOD
    states = {info.id: info.state for info in host.listing()}
    assert states == {"apples": State.LOADED, plugin: State.FAULTY, "pears": State.LOADED}
    (fault,) = host.faults()
    assert (fault.plugin, fault.distribution, fault.version) == (plugin, f"rung-{plugin}", "1.0")
    with pytest.raises(RungError, match=fault.distribution):
        host.sector(plugin)
    return fault


class TestFinding:
    def test_listing_names_distribution_and_version_and_imports_nothing(self, install, host):
        install("apples", "raise RuntimeError", version="2.5")
        (info,) = host().listing()
        assert (info.id, info.distribution, info.version) == ("apples", "rung-apples", "2.5")
        assert (info.state, info.load_ms) == (State.NOT_LOADED, None)

    @pytest.mark.usefixtures("among_good")
    def test_a_sector_imports_its_own_plugin_alone(self, host):
        found = host()
        assert found.sector("apples").id == "apples"
        assert "plugin_apples" in sys.modules
        assert "plugin_pears" not in sys.modules
        states = [(info.id, info.state) for info in found.listing()]
        assert states == [("apples", State.LOADED), ("pears", State.NOT_LOADED)]
        assert found.listing()[0].load_ms is not None

    @pytest.mark.usefixtures("among_good")
    def test_a_sector_is_made_once(self, host):
        found = host()
        assert found.sector("apples") is found.sector("apples")

    @pytest.mark.usefixtures("among_good")
    def test_an_unknown_sector_is_told_with_the_nearest(self, host):
        with pytest.raises(RungError, match=r"no sector “apple”.*Did you mean “apples”"):
            host().sector("apple")

    def test_without_plugins_an_unknown_sector_is_told_too(self):
        with pytest.raises(RungError, match="no sector “bank”"):
            PluginHost(()).sector("bank")

    def test_what_is_installed_is_found_without_being_given(self, install):
        install("apples")
        host = PluginHost()
        assert {"apples", "bank", "auto4s", "tobacco", "engineering"} <= set(host.ids())
        assert host.sector("apples").title.en == "Test"

    def test_the_host_is_light(self):
        code = "import sys, rung.plugins, rung.sdk; print([m for m in sys.modules])"
        loaded = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout
        for heavy in ("polars", "pydantic", "click", "rich", "narwhals", "importlib.metadata"):
            assert f"'{heavy}'" not in loaded


class TestImportFaults:
    def test_an_import_that_raises(self, among_good, host):
        file = among_good("bad", "x = 1\nraise RuntimeError('out of\\nmilk')")
        fault = only_fault(host())
        assert fault.stage is Stage.IMPORT
        assert fault.message == f"RuntimeError: out of milk ({file}:2)"

    @pytest.mark.parametrize(
        ("code", "named"),
        [
            ("def broken(:\n", "SyntaxError"),
            ("import sys; sys.exit('bye')", "SystemExit: bye"),
            ("raise GeneratorExit", "GeneratorExit"),
            ("raise BaseException('odd')", "BaseException: odd"),
            ("raise StopIteration", "StopIteration"),
            ("from rung.durations import Duration; Duration.parse('soon')", "“soon” is no duration"),
            ("class E(Exception):\n    def __str__(self): raise ValueError\nraise E", "E ("),
            ("raise ValueError('\\x1b[31mred')", "ValueError: [31mred"),
        ],
    )
    def test_whatever_an_import_raises_is_contained(self, among_good, host, code, named):
        among_good("bad", code)
        fault = only_fault(host())
        assert fault.stage is Stage.IMPORT
        assert named in fault.message

    def test_a_keyboard_interrupt_is_the_users_own(self, among_good, host):
        among_good("bad", "raise KeyboardInterrupt")
        with pytest.raises(KeyboardInterrupt):
            host().load_all()

    def test_a_missing_package_is_told_apart_from_a_missing_module_of_its_own(self, install, host):
        install("needy", "import nowhere_to_be_found")
        install("gone", "", value="gone_module.inner:plugin")
        found = host()
        found.load_all()
        gone, needy = found.faults()
        assert gone.message == "ModuleNotFoundError: No module named 'gone_module'"
        assert gone.hint == (
            "Its entry point names the module “gone_module.inner”, which is not there; reinstall rung-gone."
        )
        assert needy.hint == "Install the package it needs, or reinstall rung-needy."

    def test_an_entry_point_that_cannot_be_read(self, among_good, host):
        among_good("bad", "", value="no module at all!")
        assert only_fault(host()).stage is Stage.IMPORT

    def test_an_import_is_tried_once(self, install, host, site):
        tries = site / "tries"
        code = f"""
            from pathlib import Path
            tries = Path({str(tries)!r})
            tries.write_text((tries.read_text() if tries.exists() else "") + "x")
            raise RuntimeError
        """
        install("bad", code)
        found = host()
        for __ in range(3):
            with pytest.raises(RungError):
                found.sector("bad")
        assert tries.read_text() == "x"


class TestEdition:
    @pytest.mark.parametrize(
        ("line", "message", "hint"),
        [
            ("", "It does not say for which edition", "adds RUNG_API = 1"),
            (
                "RUNG_API = 2",
                "It was written for edition 2 of the plugin interface; this Rung takes 1.",
                "Install a newer Rung, or an older version of rung-bad.",
            ),
            (
                "RUNG_API = 0",
                "It was written for edition 0 of the plugin interface; this Rung takes 1.",
                "Install a newer version of rung-bad.",
            ),
            ("RUNG_API = True", "Its RUNG_API is True", "writes RUNG_API = 1"),
            ("RUNG_API = '1'", "Its RUNG_API is '1'", "writes RUNG_API = 1"),
        ],
    )
    def test_a_plugin_says_for_which_edition_it_was_written(self, among_good, host, line, message, hint):
        among_good("bad", line)
        fault = only_fault(host())
        assert fault.stage is Stage.API
        assert message in fault.message
        assert hint in fault.hint

    @pytest.mark.parametrize("edition", [2, 1])
    def test_an_edition_later_plugins_of_the_one_before_still_load(self, install, host, monkeypatch, edition):
        monkeypatch.setattr(hooks, "API_EDITION", 2)
        monkeypatch.setattr(hooks, "SUPPORTED_EDITIONS", (2, 1))
        file = install("apples")
        file.write_text(file.read_text().replace("RUNG_API = 1", f"RUNG_API = {edition}"))
        assert host().sector("apples").id == "apples"

    @pytest.mark.parametrize(
        ("edition", "hint"), [(3, "Install a newer Rung"), (0, "Install a newer version of rung-bad.")]
    )
    def test_an_edition_later_all_others_are_refused_and_told_every_number(
        self, among_good, host, monkeypatch, edition, hint
    ):
        monkeypatch.setattr(hooks, "API_EDITION", 2)
        monkeypatch.setattr(hooks, "SUPPORTED_EDITIONS", (2, 1))
        among_good("bad", f"RUNG_API = {edition}")
        fault = only_fault(host())
        assert fault.stage is Stage.API
        told = f"It was written for edition {edition} of the plugin interface; this Rung takes 2 or 1."
        assert fault.message == told
        assert fault.hint.startswith(hint)

    def test_an_object_may_leave_the_edition_to_its_module(self, install, host):
        code = """
            from rung.sdk import Field, Kind, Sector, Text, hookimpl
            RUNG_API = 1
            class Plugin:
                @hookimpl
                def rung_sector(self):
                    a = Text("一", "A")
                    fields = (Field(id="a", title=a, kind=Kind.TEXT),)
                    return Sector(id="thing", title=a, about=a, fields=fields, key="a", name="a")
            plugin = Plugin()
        """
        install("thing", code, value="plugin_thing:plugin")
        assert host().sector("thing").key == "a"


class TestHooks:
    def test_a_misspelled_hook_is_told_with_the_nearest(self, among_good, host):
        among_good("bad", "from rung.sdk import hookimpl\nRUNG_API = 1\n@hookimpl\ndef rung_sectr(): ...")
        fault = only_fault(host())
        assert fault.stage is Stage.HOOK_NAMES
        assert fault.message == "It implements “rung_sectr”, which is no hook of Rung."
        assert fault.hint == "Did you mean “rung_sector”?"

    def test_a_misspelled_hook_beside_a_right_one_is_no_less_wrong(self, among_good, host):
        among_good(
            "bad",
            "from rung.sdk import hookimpl\nRUNG_API = 1\n"
            "@hookimpl\ndef rung_sector(): ...\n@hookimpl\ndef rung_extra(): ...",
        )
        assert only_fault(host()).message == "It implements “rung_extra”, which is no hook of Rung."

    def test_a_hook_with_arguments_it_does_not_have(self, among_good, host):
        among_good(
            "bad", "from rung.sdk import hookimpl\nRUNG_API = 1\n@hookimpl\ndef rung_sector(config): ..."
        )
        fault = only_fault(host())
        assert fault.stage is Stage.HOOK_NAMES
        assert "config" in fault.message

    def test_no_hook_at_all(self, among_good, host):
        among_good("bad", "RUNG_API = 1")
        fault = only_fault(host())
        assert fault.stage is Stage.NO_HOOK
        assert fault.hint == "Its author implements one of: rung_sector."

    def test_a_hook_without_its_mark(self, among_good, host):
        among_good("bad", "RUNG_API = 1\ndef rung_sector(): ...")
        fault = only_fault(host())
        assert fault.stage is Stage.NO_HOOK
        assert fault.message == "Its function “rung_sector” is not marked as a hook."

    def test_a_module_that_fails_when_looked_into(self, among_good, host):
        among_good("bad", "RUNG_API = 1\ndef __getattr__(name): raise RuntimeError(name)")
        assert only_fault(host()).stage is Stage.NO_HOOK

    @pytest.mark.parametrize("raised", ["RuntimeError('no')", "SystemExit(3)", "StopIteration"])
    def test_a_hook_that_raises(self, among_good, host, raised):
        among_good(
            "bad",
            f"from rung.sdk import hookimpl\nRUNG_API = 1\n@hookimpl\ndef rung_sector(): raise {raised}",
        )
        fault = only_fault(host())
        assert fault.stage is Stage.HOOK_CALL
        assert raised.partition("(")[0] in fault.message

    @pytest.mark.parametrize(
        ("value", "shown"), [("None", "None"), ("{'id': 'bad'}", "dict"), ("[1]", "list")]
    )
    def test_a_hook_that_returns_no_sector(self, among_good, host, value, shown):
        among_good(
            "bad",
            f"from rung.sdk import hookimpl\nRUNG_API = 1\n@hookimpl\ndef rung_sector(): return {value}",
        )
        fault = only_fault(host())
        assert fault.stage is Stage.DATA
        assert fault.message == f"Its hook rung_sector returned {shown}; one Sector is wanted."


class TestContestedIds:
    def test_an_id_of_two_distributions_is_loaded_from_neither(self, among_good, host):
        among_good("bad", distribution="rung-bad", module="bad_one")
        among_good("bad", distribution="other-bad", version="3.1", module="bad_two")
        found = host()
        told = "“bad” is claimed by other-bad 3.1, rung-bad 1.0; none of them is loaded."
        assert [(fault.distribution, fault.stage, fault.message) for fault in found.faults()] == [
            ("other-bad", Stage.DUPLICATE_ID, told),
            ("rung-bad", Stage.DUPLICATE_ID, told),
        ]
        assert [info.state for info in found.listing() if info.id == "bad"] == [State.FAULTY, State.FAULTY]
        assert tuple(sector.id for sector in found.load_all()) == GOOD
        with pytest.raises(RungError, match=r"claimed by other-bad 3\.1, rung-bad 1\.0"):
            found.sector("bad")
        assert not {"bad_one", "bad_two"} & set(sys.modules)

    def test_two_plugins_of_one_module_are_told_apart_by_their_sectors_id(self, install, host):
        install("apples")
        install("bad", value="plugin_apples")
        found = host()
        assert [sector.id for sector in found.load_all()] == ["apples"]
        assert found.faults()[0].message == "Its sector is called “apples”, its entry point “bad”."


class TestVerbs:
    def test_verbs_are_listed_without_import(self, install, host):
        install("press", "def press(): return 'juice'", value="plugin_press:press", group="rung.commands")
        found = host()
        assert {name: point.value for name, point in found.verbs().items()} == {"press": "plugin_press:press"}
        assert "plugin_press" not in sys.modules
        assert found.ids() == ()
        assert found.verb("press")() == "juice"

    def test_a_verb_that_cannot_be_imported_is_a_fault(self, install, host):
        install("press", "raise SystemExit", value="plugin_press:press", group="rung.commands")
        install("apples")
        found = host()
        with pytest.raises(RungError, match=r"“press” \(rung-press 1.0\), verb, is faulty, import"):
            found.verb("press")
        assert [fault.stage for fault in found.faults()] == [Stage.IMPORT]
        assert list(found.verbs()) == ["press"]
        assert found.sector("apples").id == "apples"

    def test_a_verb_of_two_distributions_is_left_out(self, install, host):
        install("press", "", distribution="one", module="press_one", group="rung.commands")
        install("press", "", distribution="two", module="press_two", group="rung.commands")
        found = host()
        assert dict(found.verbs()) == {}
        assert [fault.stage for fault in found.faults()] == [Stage.DUPLICATE_ID, Stage.DUPLICATE_ID]
        with pytest.raises(RungError, match=r"claimed by one 1\.0, two 1\.0"):
            found.verb("press")

    def test_an_unknown_verb_is_told_with_the_nearest(self, install, host):
        install("press", "", group="rung.commands")
        with pytest.raises(RungError, match="Did you mean “press”"):
            host().verb("pres")


def test_where_nothing_of_a_kind_is_installed_the_hint_says_where_to_look() -> None:
    with pytest.raises(RungError) as raised:
        PluginHost(()).source("crm")
    (problem,) = raised.value.problems
    assert problem.hint == "What is installed: rung plugins list."
