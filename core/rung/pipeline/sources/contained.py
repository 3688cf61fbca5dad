"""Contains what a data source raises: named by plugin, distribution and stage, and never with a secret."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from rung.errors import Problem, RungError
from rung.plugins import Extra, origin_words
from rung.plugins.aside import printed_aside
from rung.plugins.faults import described
from rung.text import _

if TYPE_CHECKING:
    from rung.plugins import PluginHost

__all__ = ["Contained", "Step", "UnfitTableError"]


class Step(Enum):
    """How far the reading of a data source came."""

    READ = auto()
    """Its own code runs."""
    TABLES = auto()
    """What it handed over is laid down."""

    @property
    def words(self) -> str:
        """The step in a word or two, in the current language."""
        return _("reading") if self is Step.READ else _("its tables")


class UnfitTableError(Exception):
    """A table no value can be read from; every reason found, each a sentence."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(*self.reasons)


@dataclass(frozen=True, slots=True)
class Contained:
    """One data source whose failures are contained."""

    source: str
    distribution: str
    version: str
    cover: Callable[[str], str]
    """Takes what nobody may read out of a text."""

    @classmethod
    def of(cls, source: str, host: PluginHost, cover: Callable[[str], str]) -> Contained:
        """Return the containment of a source, by the name a host knows it under."""
        for each in host.everything():
            if (each.kind, each.id) == (Extra.SOURCE, source):
                return cls(source, each.distribution, each.version, cover)
        return cls(source, "", "", cover)

    @contextmanager
    def within(self, step: Step) -> Iterator[None]:
        """Turn whatever the plugin raises in the block into a RungError that names it.

        Where its tables are laid down, what the disk refuses stays what it is. What it prints goes to
        standard error.
        """
        try:
            with printed_aside():
                yield
        except KeyboardInterrupt:
            raise
        except UnfitTableError as error:
            reasons, step = error.reasons, Step.TABLES
        except BaseException as error:
            if isinstance(error, RungError) and step is Step.TABLES:
                raise
            # SystemExit and the like too: a plugin must not end the program.
            reasons = (described(error, self.cover),)
        else:
            return
        # Outside of the handler: what was raised may hold a secret, and is not to go along.
        raise self.failed(step, reasons) from None

    def failed(self, step: Step, reasons: Iterable[str]) -> RungError:
        """Return the error of a source that failed."""
        message = _("The data source “{source}” ({distribution}) failed, {step}: {cause}")
        return RungError.all(
            Problem(
                message.format(
                    source=self.source,
                    distribution=origin_words(self),
                    step=step.words,
                    cause=self.cover(each),
                ),
                self._hint(step),
            )
            for each in reasons
        )

    def _hint(self, step: Step) -> str:
        if step is Step.TABLES:
            return _("Report it to the plugin's author.")
        hint = _(
            "Check its options and what it reads from. If they are right: rung plugins doctor {source}, or "
            "report it to the plugin's author."
        )
        return hint.format(source=self.source)
