"""What every suite rests on: its tests cannot be overridden, deleted or skipped without being said so."""

from __future__ import annotations

import difflib
from abc import ABCMeta
from collections.abc import Callable, Iterable, Iterator, Mapping
from inspect import get_annotations, getattr_static
from typing import Any, ClassVar, Final, TypeVar

import pytest

__all__ = ["DESELECTED", "WHOLE", "Suite", "SuiteType", "not_declared", "replaceable"]

_Method = TypeVar("_Method", bound=Callable[..., Any])

DESELECTED: Final = pytest.StashKey[set[str]]()
"""Where the pytest plugin keeps the node ids that were left out on record."""
WHOLE: Final = "test_nothing_of_the_suite_is_left_out"
"""The test that tells which others are missing."""

_KIT: Final = "rung.testing"
_HIDING: Final = frozenset({"skip", "skipif", "xfail"})
_NEAR: Final = 0.85
_ASKED: Final = ("keyword", "markexpr", "deselect", "lf", "stepwise")
# Options by which a person leaves tests out for one run.


class SuiteType(ABCMeta):
    """Refuses a subclass, or a change of one, that would take a test of a suite away."""

    def __init__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any], **more: Any) -> None:
        super().__init__(name, bases, body, **more)
        is_kit = cls.__module__.startswith(f"{_KIT}.")
        type.__setattr__(cls, "_is_kit", is_kit)
        if is_kit:
            return
        problems = [*_taken(cls), *_hidden(cls), *_misspelled(cls, body), *_not_known(cls), *_nameless(cls)]
        if problems:
            raise TypeError("\n".join(problems))
        # Collected whatever it is called, so that a name pytest does not look for hides nothing.
        type.__setattr__(cls, "__test__", _plugin_of(cls) is not None)

    def __setattr__(cls, name: str, value: Any) -> None:
        is_free = name.startswith(("__", "_abc_")) and name != "__test__"
        if not is_free and (name in _kept(cls) or (name == "__test__" and not value)):
            raise TypeError(_refusal(cls, name, "set to something else"))
        if name == "pytestmark" and (hiding := _hiding(value)):
            raise TypeError(_marked(cls, hiding))
        super().__setattr__(name, value)

    def __delattr__(cls, name: str) -> None:
        if name in _kept(cls):
            raise TypeError(_refusal(cls, name, "deleted"))
        super().__delattr__(name)


class Suite(metaclass=SuiteType):
    """What the suites have in common. A subclass sets ``plugin``, and what its suite lets it declare."""

    __test__: ClassVar[bool] = False
    _is_kit: ClassVar[bool] = True
    plugin: ClassVar[str]
    """The entry point's name."""
    known_failures: ClassVar[Mapping[str, str]] = {}
    """Test → why it fails for now. It must fail: once it passes, the line is taken out."""

    @classmethod
    def names_of_tests(cls) -> tuple[str, ...]:
        """Return the names of the tests of the suite this class inherits, all that must be there."""
        return tuple(sorted(name for name in _kept(cls) if name.startswith("test_")))

    @pytest.fixture(autouse=True)
    def _fails_as_known(self, request: pytest.FixtureRequest) -> None:
        why = self.known_failures.get(_test_of(request.node))
        if why is not None:
            request.applymarker(pytest.mark.xfail(reason=why, strict=True))

    def test_nothing_of_the_suite_is_left_out(self, request: pytest.FixtureRequest) -> None:
        """Every test of the suite is collected as the kit wrote it, or was left out on the command line."""
        cls = type(self)
        problems = [*_taken(cls), *_hidden(cls), *_not_known(cls)]
        problems += [
            f"{cls.__name__}.{name} was not collected. Something takes tests out while pytest collects: "
            f'look in conftest.py. What fails for now stands in known_failures = {{"{name}": "why"}}.'
            for name in _uncollected(cls, request)
        ]
        if problems:
            pytest.fail("\n".join(problems), pytrace=False)


def replaceable(method: _Method) -> _Method:
    """Mark a method of a suite that a subclass may write itself."""
    method.may_be_replaced = True  # type: ignore[attr-defined]
    return method


def not_declared(request: pytest.FixtureRequest, capability: str, has: str) -> None:
    """Skip a test of something optional that the plugin does not declare; ``has`` names what it lacks."""
    # On record with the report, for whoever counts skipped tests.
    request.node.user_properties.append(("rung_not_declared", capability))
    pytest.skip(f"{capability} is False: the plugin has no {has}")


def _plugin_of(cls: type) -> object:
    return getattr(cls, "plugin", None)


def _test_of(node: Any) -> str:
    return str(getattr(node, "originalname", None) or node.name)


def _suites(cls: type) -> Iterator[type]:
    return (base for base in cls.__mro__ if base.__dict__.get("_is_kit") and isinstance(base, SuiteType))


def _settable(cls: type) -> frozenset[str]:
    """Return the names a subclass is asked to set: what the kit's classes annotate."""
    named = {name for base in _suites(cls) for name in get_annotations(base)}
    return frozenset(name for name in named if not name.startswith("_"))


def _kept(cls: type) -> dict[str, Any]:
    """Return what stays as the kit wrote it, by name."""
    settable = _settable(cls)
    found: dict[str, Any] = {}
    for base in _suites(cls):
        for name, value in base.__dict__.items():
            if name not in settable and not (name.startswith("__") or name == "_is_kit" or _is_free(value)):
                found.setdefault(name, value)
    return {name: value for name, value in found.items() if not name.startswith("_abc_")}


def _is_free(value: object) -> bool:
    return bool(getattr(value, "may_be_replaced", False))


def _taken(cls: type) -> Iterator[str]:
    """Yield what is wrong with each name of the suite that something else stands for."""
    for name, kept in _kept(cls).items():
        found = getattr_static(cls, name, None)
        if found is kept:
            continue
        owner = next((base for base in cls.__mro__ if name in base.__dict__), cls)
        where = "" if owner is cls else f" by {owner.__name__}, which stands before the suite among its bases"
        yield _refusal(cls, name, f"{'deleted' if found is None else 'overridden'}{where}")


def _refusal(cls: type, name: str, how: str) -> str:
    if not name.startswith("test_"):
        return (
            f"{cls.__name__}.{name} is {how}, but the suite works by it. Call yours otherwise; "
            f"what a subclass may set: {', '.join(sorted(_settable(cls)))}."
        )
    return (
        f"{cls.__name__}.{name} is {how}: a test of the suite stays as it is. If it fails for now, write "
        f'known_failures = {{"{name}": "why"}}; a test of your own takes another name.'
    )


def _hidden(cls: type) -> Iterator[str]:
    for base in cls.__mro__:
        if base.__dict__.get("__test__") is False and not base.__dict__.get("_is_kit") and _plugin_of(base):
            yield (
                f"{base.__name__}.__test__ is False, which takes the whole suite away. Delete the class if "
                "the plugin is gone, or write known_failures for what fails for now."
            )
    if hiding := _hiding(cls.__dict__.get("pytestmark", ())):
        yield _marked(cls, hiding)


def _hiding(marks: Any) -> str:
    given: Iterable[Any] = marks if isinstance(marks, list | tuple) else (marks,)
    names = (getattr(each, "name", "") for each in given)
    return next((name for name in names if name in _HIDING), "")


def _marked(cls: type, hiding: str) -> str:
    return (
        f"{cls.__name__} is marked {hiding}, which takes the whole suite away. Name the tests that fail for "
        'now, each with its reason: known_failures = {"test_…": "why"}.'
    )


def _misspelled(cls: type, body: Mapping[str, Any]) -> Iterator[str]:
    settable = _settable(cls)
    for name, value in body.items():
        if name.startswith(("_", "test")) or name in settable or callable(value):
            continue
        near = difflib.get_close_matches(name, sorted(settable), 1, _NEAR)
        if near:
            yield f"{cls.__name__}.{name} is nothing the suite reads. Did you mean {near[0]}?"


def _not_known(cls: type) -> Iterator[str]:
    failures = getattr(cls, "known_failures", {})
    tests = tuple(name for name in _kept(cls) if name.startswith("test_"))
    if not isinstance(failures, Mapping):
        yield f'{cls.__name__}.known_failures is no mapping. Write {{"test_…": "why"}}.'
        return
    for name, why in failures.items():
        if name not in tests:
            near = difflib.get_close_matches(str(name), tests, 1, 0.5)
            hint = f"Did you mean {near[0]}?" if near else f"Its tests: {', '.join(sorted(tests))}."
            yield f"{cls.__name__}.known_failures names {name!r}, which is no test of the suite. {hint}"
        elif name == WHOLE:
            yield f"{cls.__name__}.known_failures names {name}, which always has to pass."
        elif not isinstance(why, str) or not why.strip():
            yield f"{cls.__name__}.known_failures gives no reason for {name}. Say why it fails for now."


def _nameless(cls: type) -> Iterator[str]:
    plugin = _plugin_of(cls)
    if plugin is None and cls.__name__.startswith("Test"):
        yield f'{cls.__name__} does not say what it tests. Write plugin = "…", the entry point\'s name.'
    elif plugin is not None and not (isinstance(plugin, str) and plugin):
        yield f"{cls.__name__}.plugin is {plugin!r}. Write its entry point's name, as a text."


def _uncollected(cls: type, request: pytest.FixtureRequest) -> Iterator[str]:
    config = request.config
    asked = any(getattr(config.option, name, None) for name in _ASKED)
    if asked or any("::" in argument for argument in config.args):
        return
    node = request.node.getparent(pytest.Class)
    there = {_test_of(item) for item in request.session.items if item.getparent(pytest.Class) is node}
    there |= {
        node_id.rpartition("::")[2].partition("[")[0]
        for node_id in config.stash.get(DESELECTED, set())
        if node is not None and node_id.startswith(f"{node.nodeid}::")
    }
    yield from (name for name in _kept(cls) if name.startswith("test_") and name not in there)
