"""What the doctor says of secrets two data sources would read from the same environment variable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rung.errors import Problem, RungError, Severity
from rung.plugins import Extra
from rung.plugins.known import secret_variable
from rung.text import _

if TYPE_CHECKING:
    from rung.plugins import PluginHost

__all__ = ["shared_secrets"]


def shared_secrets(host: PluginHost, source: str) -> Iterator[Problem]:
    """Yield a warning for each secret of a data source that another one reads as well; loads both."""
    own = _secrets(host, source)
    start = secret_variable(source, "")
    for other in host.names(Extra.SOURCE) if own else ():
        theirs = secret_variable(other, "")
        # “crm” with an option “a_token” and “crm-a” with a “token”: one name begins as the other does.
        if other == source or not (start.startswith(theirs) or theirs.startswith(start)):
            continue
        for variable, option in _secrets(host, other).items():
            if variable in own:
                yield _warning(variable, own[variable], other, option)


def _secrets(host: PluginHost, source: str) -> dict[str, str]:
    """Return the sensitive options of a data source by variable; none of one that does not load."""
    try:
        options = host.source(source).options
    except RungError:
        return {}
    return {secret_variable(source, each.id): each.id for each in options if each.is_sensitive}


def _warning(variable: str, option: str, other: str, theirs: str) -> Problem:
    message = _(
        "Its option “{option}” and “{theirs}” of the data source “{other}” are both read from {variable}."
    )
    return Problem(
        message.format(option=option, theirs=theirs, other=other, variable=variable),
        _("Each is handed the secret of the other: use one of the two, or have an option called otherwise."),
        severity=Severity.WARNING,
    )
