"""One run at rest: its manifest, its results and measured values in the same row order, its policy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from rung.errors import Place, RungError
from rung.runs.arrow import ArrowFile
from rung.runs.manifest import Manifest, read_manifest, write_manifest
from rung.text import _

if TYPE_CHECKING:
    import polars as pl

__all__ = ["MANIFEST", "MEASURED", "POLICY", "REJECTED", "RESULTS", "STANDING", "Customer", "Run", "seal"]

MANIFEST: Final = "run.json"
POLICY: Final = "policy.json"
RESULTS: Final = "results.arrow"
MEASURED: Final = "measured.arrow"
REJECTED: Final = "rejected.csv"
STANDING: Final = "standing.arrow"
_ID: Final = "customer_id"
_NAME: Final = "customer_name"


def seal(folder: Path, manifest: Manifest) -> Manifest:
    """Write the manifest of a run whose other files stand in ``folder``, their sizes noted."""
    sizes = {path.name: path.stat().st_size for path in sorted(folder.iterdir())}
    sealed = replace(manifest, sizes=sizes)
    write_manifest(sealed, folder / MANIFEST)
    return sealed


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer of a run."""

    row: int
    result: dict[str, Any]
    """The row of ``results.arrow``."""
    measured: dict[str, Any]
    """The row of ``measured.arrow``: scaled values, see vocabulary.Quantity."""

    @property
    def id(self) -> str:
        """The customer's id."""
        return str(self.result[_ID])

    @property
    def name(self) -> str | None:
        """The customer's name, if the table had one."""
        name: str | None = self.result[_NAME]
        return name


class Run:
    """A run open for reading; a context manager, closed at its end."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the run in ``folder``; raises RungError where a file is missing or cut short."""
        manifest = read_manifest(folder / MANIFEST)
        for name, size in manifest.sizes.items():
            path = folder / name
            if not path.is_file() or path.stat().st_size != size:
                raise RungError.of(
                    _("The run is damaged: “{name}” is missing or has another size.").format(name=name),
                    _("Grade the customers again."),
                    Place(str(folder)),
                )
        return cls(folder, manifest)

    @cached_property
    def results(self) -> ArrowFile:
        """The grades, mapped."""
        return ArrowFile.open(self.folder / RESULTS)

    @cached_property
    def measured(self) -> ArrowFile:
        """The values the grades rest on, mapped, in the same row order."""
        return ArrowFile.open(self.folder / MEASURED)

    @property
    def policy_text(self) -> str:
        """The policy that graded, as JSON."""
        return (self.folder / POLICY).read_text(encoding="utf-8")

    def frame(self) -> pl.LazyFrame:
        """Return the results as a lazy Polars frame."""
        import polars as pl

        return pl.scan_ipc(self.folder / RESULTS)

    def customer(self, row: int) -> Customer:
        """Return one customer by its place in the run; raises IndexError outside it."""
        return Customer(row, self.results.row(row), self.measured.row(row))

    def find(self, customer: str) -> Customer:
        """Return the customer of that id, else the first of that name; raises RungError where none is."""
        row = self.results.find(_ID, customer)
        if row is None:
            row = self.results.find(_NAME, customer)
        if row is None:
            raise RungError.of(
                _("There is no customer “{name}” in the run “{run}”.").format(
                    name=customer, run=self.manifest.run_id
                ),
                _("Write the id as it stands in the table, such as “{example}”.").format(
                    example=self._example()
                ),
            )
        return self.customer(row)

    def _example(self) -> str:
        first = self.results.page([_ID], 0, 1)[_ID]
        return str(first[0]) if first else "C0001"

    def close(self) -> None:
        """Give the mapped files back."""
        for name in ("results", "measured"):
            file = self.__dict__.pop(name, None)
            if file is not None:
                file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
