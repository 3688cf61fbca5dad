"""Reads what the model's source says of each key: the docstring below the attribute."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from types import ModuleType

from pydantic import BaseModel

__all__ = ["plain", "remarks"]


def remarks(part: type[BaseModel]) -> dict[str, str]:
    """Return the docstrings of a part's own and inherited keys, by attribute; none where no source is."""
    told: dict[str, str] = {}
    for each in reversed(part.__mro__):
        module = inspect.getmodule(each)
        if module is not None and issubclass(each, BaseModel) and each is not BaseModel:
            told |= _in_module(module).get(each.__name__, {})
    return told


@cache
def _in_module(module: ModuleType) -> dict[str, dict[str, str]]:
    try:
        tree = ast.parse(inspect.getsource(module))
    except (OSError, TypeError):
        return {}
    return {node.name: _in_class(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _in_class(node: ast.ClassDef) -> dict[str, str]:
    told: dict[str, str] = {}
    for one, below in zip(node.body, node.body[1:], strict=False):
        match one, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                told[name] = plain(text)
    return told


def plain(text: str) -> str:
    """Return a docstring on one line, without its marks for code."""
    return " ".join(inspect.cleandoc(text).replace("``", "`").split())
