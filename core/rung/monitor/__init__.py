"""Grades and human input watched: figures with what they rest on, and what is worth a look."""

from rung.monitor.concentration import Holding, Pareto, pareto_of
from rung.monitor.data_doubts import DataDoubts
from rung.monitor.distribution import Distribution, GradeCount, distribution_of
from rung.monitor.facts import facts_of, laid, opened
from rung.monitor.figures import InputFigures
from rung.monitor.groups import Dimension, Group
from rung.monitor.limits import USUAL, Alert, Limits
from rung.monitor.migration import Aside, Migration, Mobility, laid_beside, migration_of
from rung.monitor.moments import day_of, inputs_at
from rung.monitor.outcomes import Outcomes, read_outcomes
from rung.monitor.overrides import OverridesWatched, Overruled, watched
from rung.monitor.performance import Meaning, Performance
from rung.monitor.plain import plain_overrides
from rung.monitor.ranking import RankingCompared, Verdict
from rung.monitor.rates import Rate, jeffreys_interval
from rung.monitor.subject import Period, Subject

__all__ = [
    "USUAL",
    "Alert",
    "Aside",
    "DataDoubts",
    "Dimension",
    "Distribution",
    "GradeCount",
    "Group",
    "Holding",
    "InputFigures",
    "Limits",
    "Meaning",
    "Migration",
    "Mobility",
    "Outcomes",
    "OverridesWatched",
    "Overruled",
    "Pareto",
    "Performance",
    "Period",
    "RankingCompared",
    "Rate",
    "Subject",
    "Verdict",
    "day_of",
    "distribution_of",
    "facts_of",
    "inputs_at",
    "jeffreys_interval",
    "laid",
    "laid_beside",
    "migration_of",
    "opened",
    "pareto_of",
    "plain_overrides",
    "read_outcomes",
    "watched",
]
