"""Finds a package's data folder by its dotted name without importing anything of the package."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from rung.errors import RungError
from rung.text import _

__all__ = ["resource_folder"]


def resource_folder(dotted: str) -> Path:
    """Return the folder a dotted name such as ``"rung_policies.bank"`` stands for.

    Only the first segment is looked up as a package; the rest are folders inside it, which need
    not be packages. Raises RungError where the name is malformed or nothing is found.
    """
    package, *inner = dotted.split(".")
    if not all(part.isidentifier() for part in (package, *inner)):
        raise RungError.of(
            _("“{name}” does not name a resource folder.").format(name=dotted),
            _("Write a package and the folders in it, joined by dots: rung_policies.bank."),
        )
    roots = _roots(package)
    if not roots:
        raise RungError.of(
            _("The package “{package}” of the resource folder “{name}” is not installed.").format(
                package=package, name=dotted
            ),
            _("Install the distribution that holds it, or correct the name."),
        )
    folder = next((found for root in roots if (found := root.joinpath(*inner)).is_dir()), None)
    if folder is None:
        raise RungError.of(
            _("The package “{package}” holds no folder “{folder}”.").format(
                package=package, folder="/".join(inner)
            ),
            _("Looked in {places}.").format(places=", ".join(str(root) for root in roots)),
        )
    return folder


def _roots(package: str) -> tuple[Path, ...]:
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError):  # ValueError: a module in place without a spec
        return ()
    if spec is None or spec.submodule_search_locations is None:
        return ()
    return tuple(Path(place) for place in spec.submodule_search_locations)
