"""What an edition of the plugin interface promises, as text: names, arguments, fields, words, hooks, groups.

    python tests/plugins/edition_surface.py > tests/plugins/edition_1.txt

Run it once, when an edition is closed. A recorded edition is never changed: see test_edition.py.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from enum import Enum
from types import ModuleType
from typing import Any

from rung import hooks, sdk

__all__ = ["surface"]


def surface() -> str:
    """Return every name a plugin may import or implement, one fact a line."""
    return "\n".join([*_exported(), *_hooks(), *_groups()]) + "\n"


def _exported() -> Iterator[str]:
    for name in sorted(sdk.__all__):
        found = getattr(sdk, name)
        if isinstance(found, ModuleType):
            for inner in sorted(found.__all__):
                part = getattr(found, inner)
                signature = _signature(part) if inspect.isfunction(part) else ""
                yield f"{'function' if signature else 'name'} {name}.{inner}{signature}"
        elif isinstance(found, type) and issubclass(found, Enum):
            yield from (f"word {name}.{word.name} = {word.value!r}" for word in found)
        elif dataclasses.is_dataclass(found) and isinstance(found, type):
            yield from _fields(name, found)
        elif name == "API_EDITION":
            continue
        else:
            yield f"name {name}"


def _fields(name: str, found: type[Any]) -> Iterator[str]:
    bases = [base.__name__ for base in found.__mro__[1:-1] if dataclasses.is_dataclass(base)]
    yield f"class {name}({', '.join(bases)})"
    for field in dataclasses.fields(found):
        how = "keyword" if field.kw_only else "positional"
        yield f"field {name}.{field.name}: {field.type} {how} {_default(field)}"
    for method, function in sorted(vars(found).items()):
        if not method.startswith("_") and callable(getattr(found, method)) and not _is_slot(function):
            yield f"method {name}.{method}{_signature(getattr(found, method))}"
        elif isinstance(function, property):
            yield f"property {name}.{method}"


def _is_slot(found: object) -> bool:
    return inspect.ismemberdescriptor(found)


def _default(field: dataclasses.Field[Any]) -> str:
    if field.default is not dataclasses.MISSING:
        return f"= {field.default!r}"
    if field.default_factory is not dataclasses.MISSING:
        return f"= {dict(field.default_factory())!r}"
    return "required"


def _signature(found: Any) -> str:
    return str(inspect.signature(found)).replace("'", "")


def _hooks() -> Iterator[str]:
    for name, found in sorted(vars(hooks).items()):
        if hasattr(found, "rung_spec"):
            yield f"hook {name}{_signature(found)}"


def _groups() -> Iterator[str]:
    yield from (f"group {name} = {getattr(hooks, name)}" for name in sorted(dir(hooks)) if "GROUP" in name)


if __name__ == "__main__":
    print(surface(), end="")
