"""The outcomes of policies' tests as JUnit XML, which build servers show."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

from rung.grading.policy_tests import Report
from rung.runs.atomic import whole_file
from rung.text import inert

__all__ = ["write_junit"]


def write_junit(path: Path, reports: Mapping[str, Report]) -> None:
    """Write one test suite a policy, one test case a test; raises RungError where it cannot be written."""
    suites = ET.Element("testsuites")
    for name, report in reports.items():
        suite = ET.SubElement(
            suites,
            "testsuite",
            name=inert(name),
            tests=str(len(report.outcomes)),
            failures=str(len(report.failed)),
            errors="0",
        )
        for outcome in report.outcomes:
            case = ET.SubElement(suite, "testcase", classname=inert(name), name=inert(outcome.name))
            if not outcome.is_passed:
                told = [str(problem) for problem in report.problems(outcome)]
                failure = ET.SubElement(case, "failure", message=told[0])
                failure.text = "\n".join(told)
    with whole_file(path) as place:
        ET.ElementTree(suites).write(place, encoding="utf-8", xml_declaration=True)
