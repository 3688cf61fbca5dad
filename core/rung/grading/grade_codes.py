"""Grades as whole numbers: the place among the policy's grades, 0 the best."""

from __future__ import annotations

from rung.errors import did_you_mean
from rung.grading.findings import Findings
from rung.policy.model import Policy
from rung.text import _

__all__ = ["grade_code"]


def grade_code(policy: Policy, grade: str, key: str, findings: Findings) -> int:
    """Return a grade's place among the policy's, best first; a word that is none is a finding."""
    if grade in policy.grades:
        return policy.grades.index(grade)
    findings.report(
        key,
        _("“{found}” is no grade of this policy.").format(found=grade),
        did_you_mean(grade, policy.grades),
    )
    return 0
