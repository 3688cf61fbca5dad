"""Where the tables of a run came from when not from files, in a line: which data source, asked with what."""

from __future__ import annotations

from rung.moments import local
from rung.plugins import origin_words
from rung.runs.manifest import SourceStamp
from rung.text import _, inert

__all__ = ["source_words"]


def source_words(stamp: SourceStamp) -> str:
    """Return the data source, its distribution, when it was read and its options in words."""
    words = _("the data source {source} ({distribution}), read {moment}").format(
        source=stamp.id,
        distribution=origin_words(stamp),
        moment=f"{local(stamp.read_at):%Y-%m-%d %H:%M}",
    )
    options = _(", ").join(f"{name}={inert(value)}" for name, value in stamp.options.items())
    return _("{source}, with {options}").format(source=words, options=options) if options else words
