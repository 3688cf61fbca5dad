"""Reads what a module of Rung says of itself: docstrings of its names, of fields and members, signatures.

Read from the source and not from the objects, since only the source has what stands below a field, and
annotations and defaults as their author wrote them.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Final

__all__ = ["ClassSource", "Documented", "FunctionSource", "classes", "constants", "functions", "markdown"]

_EMPTY: Final = re.compile(r"field\(default_factory=(?:dict|lambda: MappingProxyType\(\{\}\))\)")
_PAGE: Final = re.compile(r"\bdocs/([\w./-]+?)\.md")


@dataclass(frozen=True, slots=True)
class Documented:
    """A field, a member or a constant: as written, and what stands below it."""

    name: str
    annotation: str
    value: str | None
    """The default, the member's value; ``None`` where there is none."""
    doc: str


@dataclass(frozen=True, slots=True)
class FunctionSource:
    """A function, a method or a property."""

    name: str
    signature: str
    """Arguments and result as written, ``self`` and ``cls`` left out; for a property its type alone."""
    doc: str
    is_property: bool = False


@dataclass(frozen=True, slots=True)
class ClassSource:
    """A class: its own fields or members and its own public methods, not those it inherits."""

    name: str
    bases: tuple[str, ...]
    doc: str
    fields: tuple[Documented, ...]
    methods: tuple[FunctionSource, ...]


def _tree(module: ModuleType) -> list[ast.stmt]:
    return ast.parse(inspect.getsource(module)).body


def classes(module: ModuleType) -> dict[str, ClassSource]:
    """Return the classes a module defines, in the order written."""
    return {
        node.name: ClassSource(
            node.name,
            tuple(ast.unparse(base) for base in node.bases),
            ast.get_docstring(node) or "",
            tuple(_documented(node.body)),
            tuple(_functions(node.body)),
        )
        for node in _tree(module)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }


def functions(module: ModuleType) -> dict[str, FunctionSource]:
    """Return the public functions a module defines, in the order written."""
    return {each.name: each for each in _functions(_tree(module))}


def constants(module: ModuleType) -> dict[str, Documented]:
    """Return the public constants a module defines, in the order written."""
    return {each.name: each for each in _documented(_tree(module)) if not each.name.startswith("_")}


def _documented(body: Sequence[ast.stmt]) -> Iterator[Documented]:
    for node, below in zip(body, [*body[1:], None], strict=True):
        doc = ""
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            doc = inspect.cleandoc(str(below.value.value))
        match node:
            case ast.AnnAssign(target=ast.Name(id=name)):
                value = None if node.value is None else _EMPTY.sub("{}", ast.unparse(node.value))
                yield Documented(name, ast.unparse(node.annotation), value, doc)
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield Documented(name, "", ast.unparse(node.value), doc)


def _functions(body: Sequence[ast.stmt]) -> Iterator[FunctionSource]:
    for node in body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            marks = {ast.unparse(mark) for mark in node.decorator_list}
            is_property = "property" in marks
            result = "" if node.returns is None else ast.unparse(node.returns)
            arguments = re.sub(r"^(?:self|cls)(?:, )?", "", ast.unparse(node.args))
            yield FunctionSource(
                node.name,
                result if is_property else f"({arguments}) -> {result}",
                ast.get_docstring(node) or "",
                is_property,
            )


def markdown(doc: str, home: str = "..") -> str:
    """Return a docstring as Markdown: paragraphs on a line each, code marked, pages of ours linked.

    ``home`` is the way from the page that shows it to ``docs``.
    """
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", doc))
    text = "\n\n".join(paragraphs).replace("``", "`")
    return _PAGE.sub(rf"[\1.md]({home}/\1.md)", text)
