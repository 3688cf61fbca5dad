"""A plugin of one's own, begun: a package with a sector, a policy, tests and pages, that works as it is."""

from rung.starting.answers import PluginAnswers, StartField, read_field, usual_fields
from rung.starting.checking import answer_problems, target_problems
from rung.starting.package import write_package

__all__ = [
    "PluginAnswers",
    "StartField",
    "answer_problems",
    "read_field",
    "target_problems",
    "usual_fields",
    "write_package",
]
