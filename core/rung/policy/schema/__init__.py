"""Describes policy files to an editor, as JSON Schema: every key, and the names that sectors bring."""

from rung.policy.schema.document import policy_schema
from rung.policy.schema.named import Names

__all__ = ["Names", "policy_schema"]
