"""The suite of a data source: ``class TestCrm(SourceSuite): plugin = "crm"; sector = "hotel"``."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from rung.errors import RungError
from rung.hooks import SOURCE_GROUP
from rung.supplies import DataSource
from rung.testing.grading import NOW, graders
from rung.testing.installed import host, told
from rung.testing.invented import DAY
from rung.testing.mistakes import Mistakes
from rung.testing.plugin_suite import PluginSuite
from rung.testing.suite import not_declared, replaceable

if TYPE_CHECKING:
    from rung.pipeline.sources import Asked, Options, Supplied

__all__ = ["SourceSuite"]


class SourceSuite(PluginSuite):
    """What a data source is held to: it is read as ``rung grade --from`` reads it.

    A subclass sets ``sector``, and the ``options`` and ``secrets`` that reach something to read: a folder of
    the tests, a server started by ``arrange``.
    """

    sector: ClassVar[str] = ""
    """The sector whose customers it is asked for; every policy of it that grades asks."""
    options: ClassVar[Mapping[str, object]] = {}
    """Option → value, as ``--set`` or rung.toml gives it."""
    secrets: ClassVar[Mapping[str, str]] = {}
    """Sensitive option → value, given by the environment while it is read."""
    failing_options: ClassVar[Mapping[str, object] | None] = None
    """Options by which reading fails: a server that is not there. ``None`` leaves that test out."""
    as_of: ClassVar[date] = DAY
    _group = SOURCE_GROUP
    _hook = "rung_source"

    def _supplied(self) -> Any:
        return host().source(self.plugin)

    @replaceable
    def arrange(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Make ready what it reads from, before each test that reads; a subclass may write its own."""

    @property
    def _source(self) -> DataSource:
        __tracebackhide__ = True
        found = self._loaded
        assert isinstance(found, DataSource)
        return found

    def _options(self, given: Mapping[str, object], secrets: Mapping[str, str]) -> Options:
        from rung.pipeline.sources import Given, read_options
        from rung.plugins.known import secret_variable

        environment = {secret_variable(self.plugin, name): value for name, value in secrets.items()}
        return read_options(self._source, {name: Given(value) for name, value in given.items()}, environment)

    def _asked(self, given: Mapping[str, object] | None = None) -> Asked:
        from rung.pipeline.sources import Asked, wanted_of

        __tracebackhide__ = True
        if not self.sector:
            pytest.fail(
                f'Set {type(self).__name__}.sector = "…", the sector whose customers it holds.', pytrace=False
            )
        options = self._options(self.options if given is None else given, self.secrets)
        wanted = wanted_of(graders(self.sector), host(), self.as_of)
        return Asked(source=self._source, options=options, wanted=wanted, at=NOW)

    @contextmanager
    def _read(
        self, monkeypatch: pytest.MonkeyPatch, given: Mapping[str, object] | None = None
    ) -> Iterator[Supplied]:
        from rung.pipeline.sources import supplied_tables
        from rung.plugins.known import secret_variable

        self.arrange(monkeypatch)
        for name, value in self.secrets.items():
            monkeypatch.setenv(secret_variable(self.plugin, name), value)
        with supplied_tables(self._asked(given), host(), lambda *_told: None) as found:
            yield found

    def test_its_options_are_declared(self) -> None:
        """Each option the test gives is one it declares, of the right kind; what it requires is given."""
        source = self._source
        mistakes = Mistakes(
            "declare it: options=(Field(id=…, title=…, kind=…),); or correct the test's options"
        )
        try:
            self._options(self.options, self.secrets)
        except RungError as error:
            mistakes.add(
                "options", told(error), f"values of {', '.join(each.id for each in source.options) or 'none'}"
            )
        mistakes.tell()

    def test_secrets_come_from_the_environment_alone(self) -> None:
        """A password or token is marked ``is_sensitive``; given in a file it is refused."""
        source = self._source
        mistakes = Mistakes(
            "mark the option is_sensitive=True; Rung then reads it from RUNG_<SOURCE>_<OPTION>"
        )
        sensitive = {each.id for each in source.options if each.is_sensitive}
        for name in self.secrets.keys() - sensitive:
            mistakes.add(
                f"option {name}", "is not sensitive", "is_sensitive=True, being among the test's secrets"
            )
        for option in source.options:
            words = option.id.lower()
            if not option.is_sensitive and any(each in words for each in _SECRETIVE):
                mistakes.add(f"option {option.id}", "is not sensitive", "is_sensitive=True, by its name")
        for name in sorted(sensitive):
            try:
                self._options({**self.options, name: "given in a file"}, self.secrets)
            except RungError:
                continue
            mistakes.add(f"option {name}", "was taken from a file", "a refusal")
        mistakes.tell()

    def test_it_reads_customers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It hands over tables that can be read, with the customer's key, and policies grade them."""
        mistakes = Mistakes(
            "return SourceTables(customers=frame, events={…}) with headers of the sector's fields"
        )
        try:
            with self._read(monkeypatch) as found:
                for mistake in _gradable(self.sector, found, self.as_of):
                    mistakes.add(*mistake)
        except RungError as error:
            mistakes.add("read", told(error), "customers")
        mistakes.tell()

    def test_it_reads_the_same_columns_twice(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Read again with the same options, each table has the same columns of the same types."""
        mistakes = Mistakes(
            "name the columns instead of taking what comes, and give each the type it always has"
        )
        try:
            with self._read(monkeypatch) as first:
                once = _columns(first)
            with self._read(monkeypatch) as second:
                again = _columns(second)
        except RungError as error:
            mistakes.add("read", told(error), "customers")
        else:
            for table in once.keys() | again.keys():
                if once.get(table) != again.get(table):
                    mistakes.add(table, again.get(table), str(once.get(table)))
        mistakes.tell()

    def test_it_tells_no_secret(
        self, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
    ) -> None:
        """No secret stands in a table it hands over, or in what it prints."""
        if not self.secrets:
            not_declared(request, "secrets", "secrets in this test (secrets is empty)")
        mistakes = Mistakes("use a secret to connect, and put it nowhere")
        out = io.StringIO()
        with redirect_stdout(out), redirect_stderr(out), self._read(monkeypatch) as found:
            places = {"customers": found.customers, **found.events}
            held = {table: _as_text(path) for table, path in places.items()}
        for name, secret in self.secrets.items():
            for where, text in {**held, "what it prints": out.getvalue()}.items():
                if secret in text:
                    mistakes.add(where, f"holds the secret {name}", "no secret")
        mistakes.tell()

    def test_a_reading_that_fails_names_the_plugin(
        self, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
    ) -> None:
        """What goes wrong is raised, ends the run with the plugin's name, and quotes no secret."""
        if self.failing_options is None:
            not_declared(request, "failing_options", "options by which it fails (failing_options is None)")
        mistakes = Mistakes(
            "raise what goes wrong, in words a person can act on; never return an empty table for it"
        )
        try:
            with self._read(monkeypatch, self.failing_options):
                mistakes.add(f"read with {self.failing_options}", "it handed over tables", "an error")
        except RungError as error:
            words = told(error)
            if self.plugin not in words:
                mistakes.add("the error", words, f"the plugin's name, {self.plugin}, in it")
            for name, secret in self.secrets.items():
                if secret in words:
                    mistakes.add("the error", f"quotes the secret {name}", "no secret")
        mistakes.tell()


_SECRETIVE = ("password", "passwd", "secret", "token", "api_key", "apikey")


def _columns(found: Supplied) -> dict[str, dict[str, str]]:
    import polars as pl

    places = {"customers": found.customers, **found.events}
    return {
        table: {name: str(dtype) for name, dtype in pl.scan_parquet(path).collect_schema().items()}
        for table, path in places.items()
    }


def _as_text(path: Any) -> str:
    import polars as pl

    # Not as Python writes a list: a quote or a backslash in a secret would be written otherwise.
    rows = pl.read_parquet(path).cast(pl.String, strict=False).rows()
    return "\n".join(cell for row in rows for cell in row if cell is not None)


def _gradable(sector: str, found: Supplied, as_of: date) -> Iterator[tuple[str, object, str]]:
    """Yield what keeps the tables from being graded by the sector's policies."""
    from dataclasses import replace

    from rung.pipeline import GradeRequest, graded_all

    policies = graders(sector)
    request = GradeRequest(
        source=found.customers, policy=policies[0], as_of=as_of, created_at=NOW, events=found.events
    )
    try:
        with graded_all(
            [replace(request, policy=each) for each in policies], host(), lambda *_told: None
        ) as runs:
            for run in runs:
                for fault in run.manifest.faults:
                    yield run.manifest.policy.id, fault, "no fault"
                if not run.manifest.rows:
                    yield run.manifest.policy.id, "no customer", "customers, by the options of the test"
    except RungError as error:
        yield "grading what it hands over", told(error), "tables a policy can grade"
