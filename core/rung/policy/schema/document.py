"""Makes the JSON Schema of policy files from the model, as TOML spells it, for whole files and layers."""

from __future__ import annotations

from typing import Any, Final

from rung.policy.model import Policy
from rung.policy.schema.named import CELL, PARAMETER, VALUE, Names, Schema, any_of
from rung.policy.schema.parts import Dialect, part_schemas, spelt

__all__ = ["policy_schema"]

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_NAME: Final = "^[A-Za-z_][A-Za-z0-9_]*$"
_SPAN: Final = r"^\s*0*[1-9]\d{0,4}\s*(h|d|w|mo|y)\s*$"
_SCALARS: Final[list[Schema]] = [
    {"type": "string"},
    {"type": "boolean"},
    {"type": "number"},
    {"type": "string", "format": "date"},
]
_OWN: Final = ("id", "version")
# What every file says, a layer too.


def policy_schema(names: Names) -> Schema:
    """Return the JSON Schema (draft 2020-12) of a policy file, which completes the names given.

    Where a file says ``extends`` it is a layer: nothing but its id and version is required of it, and
    ``remove = true`` may stand for any value. Names that no sector here has are let be: a policy may bring
    fields and derived values of its own, and ``rung policy check`` knows those.
    """
    made = Policy.model_json_schema(by_alias=True, mode="validation")
    parts: dict[str, Schema] = {**made.pop("$defs"), "Policy": made}
    layer = part_schemas(parts, Dialect(names, is_layer=True))
    whole = part_schemas(parts, Dialect(names, is_layer=False))
    root = layer.pop(spelt("Policy", is_layer=True))
    return {
        "$schema": _DRAFT,
        "title": "Rung policy",
        "description": "A policy of rung: how customers are graded, and what each grade promises.",
        **{key: value for key, value in root.items() if key not in {"title", "description"}},
        "required": list(_OWN),
        "if": {"required": ["extends"], "additionalProperties": True},
        "else": {"$ref": "#/$defs/Policy"},
        "$defs": {**_ground(names), **whole, **layer},
    }


def _ground(names: Names) -> dict[str, Schema]:
    """Return what both whole files and layers are made of."""
    found: dict[str, Schema] = {
        "Name": {"type": "string", "pattern": _NAME, "maxLength": 64},
        "Placeholder": {
            "description": "A parameter's value: ${name}.",
            "type": "string",
            "pattern": r"^\$\{[^{}]*\}$",
        },
        "Removal": {
            "description": "Takes out what the policy below has here.",
            "type": "object",
            "properties": {"remove": {"const": True}},
            "required": ["remove"],
            "additionalProperties": False,
        },
        "Cell": {
            "description": 'A cell: ">= 100", "[18..21)", "good, fair", true, a list, "missing".',
            "anyOf": [*_SCALARS, {"type": "array", "minItems": 1, "items": {"anyOf": _SCALARS}}],
        },
        "Value": {"description": "A value of a customer or an event.", "anyOf": _SCALARS},
        "Span": {
            "description": "A span of time: 24h, 7d, 2w, 12mo, 1y.",
            **any_of([{"type": "string", "pattern": _SPAN}, PARAMETER]),
        },
    }
    for is_layer in (False, True):
        removal: list[Schema] = [{"$ref": "#/$defs/Removal"}] if is_layer else []
        found[spelt("Words", is_layer=is_layer)] = _words(is_layer=is_layer)
        for name, quantities in (("Condition", names.quantities()), ("EventCondition", names.columns())):
            cells = {key: _with(each, removal) for key, each in names.cells(quantities).items()}
            found[spelt(name, is_layer=is_layer)] = _condition(spelt(name, is_layer=is_layer), cells, removal)
        values = names.values(names.quantities())
        found[spelt("Facts", is_layer=is_layer)] = {
            "description": 'Field = the value it has from then on; "missing": it is not known.',
            "type": "object",
            "properties": {key: _with(each, removal) for key, each in values.items()},
            "additionalProperties": any_of([VALUE, *removal]),
        }
    for name, quantities in (("Customer", names.quantities()), ("Event", names.columns())):
        found[name] = {
            "type": "object",
            "properties": names.values(quantities),
            "additionalProperties": VALUE,
        }
    return found


def _with(schema: Schema, others: list[Schema]) -> Schema:
    described = {key: value for key, value in schema.items() if key == "description"}
    bare = {key: value for key, value in schema.items() if key != "description"}
    return {**described, **any_of([bare, *others])}


def _words(*, is_layer: bool) -> Schema:
    both: Schema = {
        "type": "object",
        "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
        "additionalProperties": False,
    }
    return any_of([{"type": "string"}, both if is_layer else {**both, "required": ["zh", "en"]}])


def _condition(name: str, cells: dict[str, Schema], removal: list[Schema]) -> Schema:
    again: Schema = {"$ref": f"#/$defs/{name}"}
    joined: Schema = {"type": "array", "minItems": 1, "items": again}
    joins: dict[str, Any] = {
        "any": {"description": "One of these is enough.", **_with(joined, removal)},
        "all": {"description": "All of these hold.", **_with(joined, removal)},
        "not": {"description": "This does not hold.", **_with(again, removal)},
    }
    return {
        "description": "Name = cell; all of them hold.",
        "type": "object",
        "minProperties": 1,
        "properties": {**joins, **cells},
        "additionalProperties": any_of([CELL, *removal]),
    }
