"""Turns the schemas pydantic makes of the model's parts into what a TOML file may say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from rung.policy.model import Policy
from rung.policy.schema.named import CELL, PARAMETER, Names, Schema, any_of
from rung.policy.schema.remarks import plain, remarks

__all__ = ["Dialect", "part_schemas", "spelt"]

_GROUND: Final = {"Text": "Words", "Duration": "Span"}
_CONDITIONS: Final = frozenset({"Cell", "AllOf", "AnyOf", "Not"})
_PRIVATE: Final = _CONDITIONS | frozenset({"Text", "Duration", "Unit", "Policy"})
_KEPT: Final = (
    *("type", "enum", "const", "pattern", "format", "minLength", "maxLength"),
    *("minItems", "maxItems", "propertyNames", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
)
_BOUNDS: Final = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
# Pydantic leaves the bounds of a decimal in its own words.
_LISTED: Final = {("Alarm", "duties"), ("PolicyTest", "expect")}
_NAMED: Final = frozenset(
    {"Criterion", "Rule", "Gate", "Flag", "Procedure", "Alarm", "Outcome", "ReasonOption", "Level"}
)
# Members of lists that a layer changes one by one.
_LITERAL: Final = {("Policy", "id"), ("Policy", "version"), ("Policy", "schema"), ("Policy", "extends")}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the model is spelt: with which names, and for a whole file or for a layer."""

    names: Names
    is_layer: bool

    def ref(self, name: str) -> Schema:
        """Return a reference to a part."""
        return {"$ref": f"#/$defs/{spelt(name, is_layer=self.is_layer)}"}


def spelt(name: str, *, is_layer: bool) -> str:
    """Return what a part is called in the schema."""
    return f"{name}InLayer" if is_layer else name


def part_schemas(parts: Mapping[str, Schema], dialect: Dialect) -> dict[str, Schema]:
    """Return the parts of the model, by what they are called in the schema."""
    models = {each.__name__: each for each in _models(Policy)}
    return {
        spelt(name, is_layer=dialect.is_layer): _part(name, schema, models.get(name), dialect)
        for name, schema in parts.items()
        if name == "Policy" or name not in _PRIVATE
    }


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield the parts the model is made of; parts of unions and tuples too."""
    waiting: list[Any] = [model]
    seen: set[Any] = set()
    while waiting:
        each = waiting.pop()
        if isinstance(each, type) and issubclass(each, BaseModel) and each not in seen:
            seen.add(each)
            yield each
            waiting += [info.annotation for info in each.model_fields.values()]
        waiting += getattr(each, "__args__", ())


def _part(name: str, schema: Schema, model: type[BaseModel] | None, dialect: Dialect) -> Schema:
    if "properties" not in schema:  # an enumeration
        return any_of([{"enum": schema["enum"]}, PARAMETER])
    told = remarks(model) if model else {}
    made: Schema = {"type": "object"}
    if schema.get("description"):
        made["description"] = plain(schema["description"])
    made["properties"] = {
        key: _described(_key(name, key, value, dialect), told.get("schema_" if key == "schema" else key))
        for key, value in schema["properties"].items()
    }
    made["additionalProperties"] = False
    if not dialect.is_layer:
        made |= _required(name, schema.get("required", []))
    elif name in _NAMED:
        made["properties"] |= {
            "remove": {"const": True, "description": "Takes this one out."},
            "before": {"type": "string", "description": "Stands right before the one of this name."},
            "after": {"type": "string", "description": "Stands right after the one of this name."},
        }
    elif name not in {"Policy", "PolicyTest", "Expectation", "EventCase", "Change"}:
        made["properties"]["remove"] = {"const": True, "description": "Takes this out."}
    return made


def _required(name: str, keys: list[str]) -> Schema:
    if name == "Criterion":  # the rest comes from the library
        told = ({"required": each, "additionalProperties": True} for each in (["use"], keys))
        return {"anyOf": list(told)}
    return {"required": keys} if keys else {}


def _described(schema: Schema, remark: str | None) -> Schema:
    return {"description": remark, **schema} if remark else schema


def _key(part: str, key: str, schema: Schema, dialect: Dialect) -> Schema:
    made = _named(part, key, dialect) or _value(schema, dialect)
    if (part, key) in _LITERAL or key == "mode":
        made = {name: value for name, value in schema.items() if name in _KEPT} or made
        made = any_of([each for each in schema.get("anyOf", [made]) if each != {"type": "null"}])
    if "items" in made and (part == "ServiceTerms" or (part, key) in _LISTED):
        made = any_of([made, made["items"]])
    if dialect.is_layer and (part, key) not in _LITERAL:
        made = any_of([made, {"$ref": "#/$defs/Removal"}])
    default = schema.get("default")
    return made | ({"default": default} if isinstance(default, bool | int) else {})


def _named(part: str, key: str, dialect: Dialect) -> Schema | None:
    """Return the schema of a key whose names are a sector's."""
    match part, key:
        case "Criterion", "measure" | "within" | "dated_by":
            return dialect.names.name()
        case "CountGrading" | "ValueGrading", "by" | "within":
            return dialect.names.name()
        case "Alarm", "on":
            return dialect.names.event_table()
        case "ServiceTerms", "requires":
            return dialect.names.record_type()
        case "Outcome", "facts":
            return dialect.ref("Facts")
        case "Alarm", "when":
            return dialect.ref("EventCondition")
        case "EventCase", "table":
            return dialect.names.event_table()
        case "EventCase", "values":
            return {"$ref": "#/$defs/Event"}
        case "PolicyTest", "customer":
            return {"$ref": "#/$defs/Customer"}
        case "PolicyTest", "customers":
            return {"type": "array", "items": {"$ref": "#/$defs/Customer"}}
        case "Policy", "sector":
            return dialect.names.sector()
        case "Criterion", "use":
            return dialect.names.use()
        case "Band", "when":
            return CELL
    return None


def _value(schema: Schema, dialect: Dialect) -> Schema:
    """Return a value's schema: no null, numbers as TOML has them, parameters in place of what is no text."""
    if "$ref" in schema:
        return _reference(schema["$ref"].rpartition("/")[2], dialect)
    options = schema.get("anyOf") or schema.get("oneOf")
    if options:
        return _choice(options, schema, dialect)
    made: Schema = {key: schema[key] for key in _KEPT if key in schema}
    if "items" in schema:
        made["items"] = _value(schema["items"], dialect)
    if "prefixItems" in schema:
        made["prefixItems"] = [_value(each, dialect) for each in schema["prefixItems"]]
    if made.get("type") == "object":
        return made | _entries(schema, dialect)
    is_free = made.get("type") == "string" and not made.keys() & {"enum", "const", "pattern", "format"}
    return made if is_free or made.get("type") == "array" else any_of([made, PARAMETER])


def _reference(name: str, dialect: Dialect) -> Schema:
    if name in _CONDITIONS:
        return dialect.ref("Condition")
    if name == "Duration":
        return {"$ref": "#/$defs/Span"}
    return dialect.ref(_GROUND.get(name, name))


def _choice(options: list[Schema], schema: Schema, dialect: Dialect) -> Schema:
    present = [each for each in options if each.get("type") != "null"]
    types = [each.get("type") for each in present]
    if types == ["number", "string"]:  # how pydantic spells a decimal
        bounds = {_BOUNDS[key]: schema[key] for key in _BOUNDS if key in schema}
        return any_of([{"type": "number", **bounds}, PARAMETER])
    return any_of(_value(each, dialect) for each in present)


def _entries(schema: Schema, dialect: Dialect) -> Schema:
    """Return a table of free keys: grades, names."""
    removal = [{"$ref": "#/$defs/Removal"}] if dialect.is_layer else []
    if "patternProperties" in schema:
        patterns = schema["patternProperties"].items()
        entries = {key: any_of([_value(each, dialect), *removal]) for key, each in patterns}
        return {"patternProperties": entries, "additionalProperties": False}
    inner = schema.get("additionalProperties")
    if not isinstance(inner, dict):
        return {}
    return {"additionalProperties": any_of([_value(inner, dialect), *removal])}
