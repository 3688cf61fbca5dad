"""A change of policy tried before it counts: whom it moves, and what work it makes."""

from rung.simulation.load import Owed, RoleLoad, by_role
from rung.simulation.moved_customers import moved_customers, movement_text
from rung.simulation.over_run import simulate_run
from rung.simulation.over_table import simulate_table
from rung.simulation.plain import plain_simulation
from rung.simulation.repeated import RunTrial
from rung.simulation.simulation import Cell, Movement, Outcome, Population, Side, Simulation, simulated

__all__ = [
    "Cell",
    "Movement",
    "Outcome",
    "Owed",
    "Population",
    "RoleLoad",
    "RunTrial",
    "Side",
    "Simulation",
    "by_role",
    "moved_customers",
    "movement_text",
    "plain_simulation",
    "simulate_run",
    "simulate_table",
    "simulated",
]
