"""What is asked of every plugin: it loads, its import does nothing, its texts are in both languages."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from typing import Any, ClassVar

import pytest

from rung.errors import RungError
from rung.hooks import SUPPORTED_EDITIONS
from rung.testing.importing import HEAVY, Probed, imports_of, probed
from rung.testing.installed import claimed, told
from rung.testing.languages import check_languages
from rung.testing.mistakes import Mistakes
from rung.testing.suite import Suite

__all__ = ["PluginSuite"]

_ATTEMPTS = 3
# The first import compiles the plugin's files, and a busy machine is slow once.


class PluginSuite(Suite):
    """The tests every suite begins with; what it is a suite of follows from its subclass."""

    import_ms: ClassVar[float] = 100
    """Milliseconds of computing that importing the plugin and calling its hook may take, at its best."""
    _group: ClassVar[str]
    _hook: ClassVar[str]
    _is_called: ClassVar[bool] = True
    """Whether the hook hands over data, so that calling it does nothing."""

    @property
    def _entry_point(self) -> EntryPoint:
        return claimed(self._group, self.plugin)

    def _supplied(self) -> Any:
        """Return what the plugin supplies, its faults raised."""
        raise NotImplementedError

    @property
    def _loaded(self) -> Any:
        """What the plugin supplies; fails the test, with its faults, where it cannot be loaded."""
        __tracebackhide__ = True
        self._entry_point  # noqa: B018 - a plugin that is not installed is told as such
        try:
            return self._supplied()
        except RungError as error:
            pytest.fail(f"The plugin “{self.plugin}” does not load. {told(error)}", pytrace=False)

    def _probed(self, attempt: int = 1) -> Probed:
        self._entry_point  # noqa: B018 - as above
        return probed(self._group, self.plugin, self._hook if self._is_called else "", attempt)

    def test_it_loads(self) -> None:
        """It is installed once, loads without a fault, and what it supplies has its entry point's name."""
        found = self._loaded
        mistakes = Mistakes("give both the same name; policies, folders and messages use it")
        if self._is_called and found.id != self.plugin:
            mistakes.add(
                f"{type(found).__name__}.id", repr(found.id), f"the entry point's name, {self.plugin!r}"
            )
        mistakes.tell()

    def test_it_says_for_which_edition_it_was_written(self) -> None:
        """``RUNG_API`` stands in the module its entry point names, and is an edition this Rung takes."""
        self._loaded  # noqa: B018 - loading it is the first half of the claim
        plugin = self._entry_point.load()
        found = getattr(plugin, "RUNG_API", None)
        if found is None:
            import sys

            found = getattr(sys.modules.get(self._entry_point.module), "RUNG_API", None)
        mistakes = Mistakes(f"write RUNG_API = {SUPPORTED_EDITIONS[0]} in {self._entry_point.module}")
        if type(found) is not int or found not in SUPPORTED_EDITIONS:
            editions = " or ".join(map(str, SUPPORTED_EDITIONS))
            mistakes.add("RUNG_API", repr(found), f"a whole number, {editions}")
        mistakes.tell()

    def test_importing_it_loads_nothing_heavy(self) -> None:
        """Neither its module nor its hook imports Polars, narwhals, pandas, NumPy, pydantic or the like."""
        found = self._probed()
        mistakes = Mistakes(
            "import it inside the function that needs it; every start of Rung would pay for it"
        )
        if found.error:
            mistakes.add(self._entry_point.value, found.error, "an import and a hook that succeed")
        for name in sorted(HEAVY.intersection(found.modules)):
            mistakes.add(self._entry_point.value, f"imports {name}", f"{name} not imported before it is used")
        mistakes.tell()

    def test_importing_it_does_no_work(self) -> None:
        """Its import and its hook write no file, start nothing, change no setting, and take a moment."""
        found = self._probed()
        mistakes = Mistakes("declare data there, and work only in the functions that Rung calls later")
        for what, events in (
            ("a file", found.written),
            ("a process", found.processes),
            ("a thread", found.threads),
            ("a setting of the process", found.changed),
        ):
            for event in events:
                mistakes.add(self._entry_point.value, event, f"{what} left alone")
        taken = found.module_ms + found.hook_ms
        for attempt in range(2, _ATTEMPTS + 1):
            if taken <= self.import_ms:
                break
            again = self._probed(attempt)
            taken = min(taken, again.module_ms + again.hook_ms)
        if taken > self.import_ms:
            given = f"takes {taken:.0f} ms of computing"
            mistakes.add(self._entry_point.value, given, f"{self.import_ms:.0f} ms at most (import_ms)")
        mistakes.tell()

    def test_importing_it_reaches_no_network(self) -> None:
        """Neither its module nor its hook looks up a name or opens a connection."""
        found = self._probed()
        mistakes = Mistakes("connect in the function that reads or sends, never at import or in the hook")
        for event in found.network:
            mistakes.add(self._entry_point.value, event, "no network")
        mistakes.tell()

    def test_it_imports_nothing_of_rung_but_the_sdk(self) -> None:
        """Its sources import ``rung.sdk`` and nothing else of Rung's; the rest may change without notice."""
        mistakes = Mistakes("import it from rung.sdk; what is missing there is worth asking for")
        for each in imports_of(self._entry_point):
            top = each.name.partition(".")[0]
            is_ours = top in {"rung", "rung_tui", "rung_policies"}
            if is_ours and not (each.name == "rung.sdk" or each.name.startswith("rung.sdk.")):
                mistakes.add(f"{each.file}:{each.line}", f"imports {each.name}", "rung.sdk alone")
        mistakes.tell()

    def test_its_texts_are_in_both_languages(self) -> None:
        """Every text says something in Chinese and in English, each in its own characters."""
        mistakes = Mistakes(
            'write Text("中文", "English"), each in the words of the trade, Text.same("A") where they are one'
        )
        for what, value in self._texts():
            check_languages(value, what, mistakes)
        mistakes.tell()

    def _texts(self) -> list[tuple[str, object]]:
        found = self._loaded
        return [(type(found).__name__, found)]
