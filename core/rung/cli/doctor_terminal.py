"""What ``rung doctor`` finds of the terminal: asked over its own line, each question with a limit of time."""

from __future__ import annotations

import locale
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from rung.cli.terminal import console
from rung.text import _, current_language

__all__ = ["Answers", "ask", "terminal_findings"]

Told = tuple[str, str, str]
"""What a finding is about, what was found, and what to do where it is not well."""

_PATIENCE: Final = 0.5
# Seconds for all answers together; over a slow line some may come too late, and count as none.
_LEAST: Final = (80, 24)
_LEAST_USABLE: Final = (60, 16)
_AMBIGUOUS: Final = "—"
_WIDE: Final = "中"
# A keyboard's protocol, the clipboard's, the cursor after one sign and after another; last what every
# terminal answers, so that nobody waits for those that do not know the rest.
_QUESTIONS: Final = f"\x1b[?u\x1b]52;c;?\x1b\\\r{_AMBIGUOUS}\x1b[6n\r\x1b[K{_WIDE}\x1b[6n\r\x1b[K\x1b[c"
_DEVICE: Final = re.compile(r"\x1b\[\?([\d;]*)c")
_CURSOR: Final = re.compile(r"\x1b\[\d+;(\d+)R")
_KEYBOARD: Final = re.compile(r"\x1b\[\?\d+u")
_CLIPBOARD: Final = re.compile(r"\x1b\]52;")
_HAS_CLIPBOARD: Final = "52"


@dataclass(frozen=True, slots=True)
class Answers:
    """What the terminal answered; None where it did not."""

    has_answered: bool = False
    ambiguous: int | None = None
    """Cells of a sign that some draw one cell wide and some two."""
    wide: int | None = None
    """Cells of a Chinese character."""
    has_keyboard: bool = False
    """Whether it tells keys apart that look alike to others (the kitty keyboard protocol)."""
    has_clipboard: bool | None = None
    """Whether it says that programs may set the clipboard (OSC 52); hardly any says no."""

    @classmethod
    def read(cls, said: str) -> Answers:
        """Return what a terminal's answers mean."""
        columns = [int(each) - 1 for each in _CURSOR.findall(said)]
        device = _DEVICE.search(said)
        listed = device is not None and _HAS_CLIPBOARD in device[1].split(";")
        return cls(
            has_answered=device is not None or bool(columns),
            ambiguous=columns[0] if columns else None,
            wide=columns[1] if len(columns) > 1 else None,
            has_keyboard=_KEYBOARD.search(said) is not None,
            has_clipboard=True if listed or _CLIPBOARD.search(said) else None,
        )


def ask(patience: float = _PATIENCE) -> Answers | None:
    """Ask the terminal at hand; None where there is none to be asked."""
    if sys.platform == "win32" or os.environ.get("TERM", "") in {"", "dumb"}:
        return None
    try:
        line = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        return None
    try:
        with _raw(line):
            os.write(line, _QUESTIONS.encode())
            return Answers.read(_heard(line, patience))
    except OSError:
        return None
    finally:
        os.close(line)


if sys.platform != "win32":
    import termios

    @contextmanager
    def _raw(line: int) -> Iterator[None]:
        """Have answers come at once and unseen; what was typed ahead stays for the shell."""
        before = termios.tcgetattr(line)
        anew = termios.tcgetattr(line)
        anew[3] &= ~(termios.ICANON | termios.ECHO)
        try:
            termios.tcsetattr(line, termios.TCSADRAIN, anew)
            yield
        except termios.error as error:
            raise OSError(str(error)) from error
        finally:
            termios.tcsetattr(line, termios.TCSADRAIN, before)

else:  # pragma: no cover

    @contextmanager
    def _raw(line: int) -> Iterator[None]:
        """Do nothing: there is no such line here."""
        del line
        yield


def _heard(line: int, patience: float) -> str:
    """Return what comes until the last answer has, or the time is over."""
    from select import select

    said, end = b"", time.monotonic() + patience
    while (left := end - time.monotonic()) > 0:
        ready, _write, _failed = select([line], [], [], left)
        if not ready:
            break
        said += os.read(line, 4096)
        if _DEVICE.search(said.decode(errors="replace")):
            break
    return said.decode(errors="replace")


def terminal_findings() -> Iterator[Told]:
    """Yield what the terminal is and can do, and what to do about what it cannot."""
    yield from _locale()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        yield _("terminal"), _("no terminal: output goes to a file or a pipe"), ""
        return
    screen = console()
    kind = os.environ.get("TERM", "")
    yield _kind(kind)
    yield _size(screen.width, screen.height)
    yield _colours(kind, screen.color_system)
    yield from _between()
    yield from _answered(ask())


def _locale() -> Iterator[Told]:
    names = ("RUNG_LANG", "LC_ALL", "LC_CTYPE", "LANG")
    chosen = next((f"{name}={os.environ[name]}" for name in names if os.environ.get(name)), "")
    told = ", ".join(filter(None, (chosen, locale.getpreferredencoding(do_setlocale=False))))
    yield _("language"), f"{current_language()} ({told})", ""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    remedy = "" if encoding in {"utf8", "gb18030"} else _("Use UTF-8: PYTHONUTF8=1 or another locale.")
    yield _("output encoding"), sys.stdout.encoding or "?", remedy


def _kind(kind: str) -> Told:
    remedy = ""
    if kind in {"", "dumb", "unknown"}:
        remedy = _(
            "“rung review” cannot draw on it. If it can be drawn on, say what it is: TERM=xterm-256color."
        )
    elif kind == "linux":
        remedy = _("The console has no Chinese letters: use a window, ssh or “rung review --web”.")
    return _("terminal"), kind or "?", remedy


def _size(width: int, height: int) -> Told:
    found = f"{width} × {height}"
    if width < _LEAST_USABLE[0] or height < _LEAST_USABLE[1]:
        return _("size"), found, _("Too small for “rung review”: it needs 60 × 16, and 80 × 24 to be usable.")
    if width < _LEAST[0] or height < _LEAST[1]:
        return _("size"), found, _("“rung review” is made for 80 × 24 and more.")
    return _("size"), found, ""


def _colours(kind: str, system: str | None) -> Told:
    if "NO_COLOR" in os.environ:
        return _("colours"), _("none, because NO_COLOR is set; letters and signs say the same"), ""
    words = {
        "truecolor": _("16 million"),
        "256": "256",
        "standard": "16",
        "windows": "16",
    }.get(system or "", _("none"))
    has_more = system == "standard" and kind in {"xterm", "screen", "tmux", "rxvt"}
    remedy = (
        _("Nearly every such terminal has 256: TERM={kind}-256color.").format(kind=kind) if has_more else ""
    )
    return _("colours"), words, remedy


def _between() -> Iterator[Told]:
    """Yield what stands between the program and the terminal."""
    if os.environ.get("TMUX") or os.environ.get("STY"):
        found = "tmux" if os.environ.get("TMUX") else "screen"
        yield _("inside"), found, ""
    if os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"):
        yield _("inside"), _("ssh: copying goes through the terminal, where it allows that"), ""


def _answered(answers: Answers | None) -> Iterator[Told]:
    if answers is None:
        return
    if not answers.has_answered:
        words = _("The terminal does not answer questions; nothing is known of its widths.")
        remedy = _("If frames are out of line: rung review --ascii, or RUNG_ASCII=1 for good.")
        yield _("widths"), words, remedy if os.environ.get("RUNG_ASCII") is None else ""
        return
    yield _widths(answers)
    yield (
        _("copying"),
        _("The terminal takes texts for the clipboard (OSC 52).")
        if answers.has_clipboard
        else _("The terminal does not say whether it takes texts for the clipboard (OSC 52)."),
        "",
    )
    yield (
        _("keys"),
        _("told apart in full (kitty keyboard protocol)")
        if answers.has_keyboard
        else _("the usual ones; F keys and Ctrl do everything"),
        "",
    )


def _widths(answers: Answers) -> Told:
    found = _("Chinese {wide}, signs and frames {ambiguous}").format(
        wide=answers.wide if answers.wide is not None else "?",
        ambiguous=answers.ambiguous if answers.ambiguous is not None else "?",
    )
    if answers.wide is not None and answers.wide != len("中 "):
        return (
            _("widths"),
            found,
            _("Chinese letters are drawn too narrow: choose UTF-8 and a locale such as zh_CN.UTF-8."),
        )
    if answers.ambiguous == len("——") and not os.environ.get("RUNG_ASCII"):
        advice = _(
            "“rung review” then draws frames in ASCII. To have them drawn: let the terminal treat "
            "ambiguous-width characters as narrow."
        )
        return _("widths"), found + "; " + advice, ""
    return _("widths"), found, ""
