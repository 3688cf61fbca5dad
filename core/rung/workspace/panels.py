"""The panels of plugins about one customer, asked together: what every face of Rung shows of them.

``panels_of`` is handed the customer as whoever looks may see them, by ``seen_of``: what is covered never
reaches a plugin.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from rung.grading.derive import derive
from rung.plugins import Extra
from rung.plugins.aside import printed_aside
from rung.supplies import CustomerSeen
from rung.supplies.shown import PanelShown
from rung.values import in_units
from rung.workspace.panel_calls import PanelCall

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.grading.derive import Row
    from rung.plugins import PluginHost
    from rung.runs.run import Customer, Run
    from rung.workspace.confidential import Confidential

__all__ = ["PanelShown", "covered", "has_panels", "panels_of", "seen_of", "values_seen"]


_WHO: Final = frozenset({"customer_id", "customer_name"})
# They have places of their own.


def has_panels(host: PluginHost) -> bool:
    """Return whether any plugin supplies a panel, importing none."""
    return bool(host.names(Extra.PANEL))


def covered(confidential: Confidential, compiled: CompiledPolicy, read: frozenset[str]) -> frozenset[str]:
    """Return the quantities no panel may be handed, for whoever works here.

    Where anything is confidential these are all sensitive ones but those in ``read``, whose reading is on
    record: a panel is nothing that could put it there.
    """
    clearance = confidential.clearance(compiled)
    return clearance.fields - read if confidential.is_watched else clearance.hidden


def seen_of(
    run: Run,
    compiled: CompiledPolicy,
    found: Customer,
    values: Row,
    effective_grade: str | None,
    hidden: frozenset[str] = frozenset(),
) -> CustomerSeen:
    """Return a customer of a run as panels see them.

    ``values``: the measured ones with what people gave laid in; ``hidden``: quantities to leave out.
    """
    policy = compiled.policy
    return CustomerSeen(
        sector=policy.sector or "",
        policy=policy.id,
        customer_id=found.id,
        customer_name=found.name,
        as_of=run.manifest.as_of,
        model_grade=found.result["model_grade"],
        effective_grade=effective_grade,
        values=values_seen(compiled, values, hidden),
    )


def values_seen(
    compiled: CompiledPolicy, values: Row, hidden: frozenset[str] = frozenset()
) -> Mapping[str, Any]:
    """Return the values a panel is handed of a customer: those there are, in their units."""
    full = derive(compiled, values)
    return MappingProxyType(
        {
            name: in_units(value, quantity)
            for name, quantity in compiled.quantities.items()
            if name not in hidden and name not in _WHO and (value := full.get(name)) is not None
        }
    )


def panels_of(host: PluginHost, seen: CustomerSeen) -> tuple[PanelShown, ...]:
    """Return what plugins show of a customer, by the panels' ids; those with nothing to show are left out.

    All are asked at once, each on a thread of its own, and waited for three seconds; a plugin that is not
    imported yet is given time for that. A panel that fails, is late, or has not answered an earlier question
    stands there with its problem. Never raises for what a plugin does; not for the thread of a screen.
    """
    calls = [PanelCall(host, name, seen) for name in host.names(Extra.PANEL)]
    with printed_aside():
        for call in calls:
            call.begin()
        found = [call.answer() for call in calls]
    return tuple(each for each in found if not each.is_empty)
