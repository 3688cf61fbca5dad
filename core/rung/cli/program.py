"""The program ``rung``: picks the language, finds the verb, and turns every ending into an exit code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Any, Final, NoReturn

import click

from rung import __version__
from rung.cli import verbs
from rung.cli.help_words import HelpWords
from rung.cli.interrupts import one_interrupt
from rung.errors import RungError, did_you_mean
from rung.moments import set_zone
from rung.text import LANGUAGES, Language, _, default_language, inert, set_language

__all__ = ["BAD_INPUT", "DONE", "FINDINGS", "run"]

DONE: Final = 0
FINDINGS: Final = 1
"""Done, and something was found: a failed policy test, a fault, with --strict a customer not graded."""
BAD_INPUT: Final = 2
"""Nothing was written."""
_STOPPED: Final = 130
_PIPE_CLOSED: Final = 141
# 128 + the number of the signal, as shells have it.
_MISTAKE_OF_OURS: Final = 70
# EX_SOFTWARE of sysexits.h.


class _Program(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return [*verbs.own_verbs(), *verbs.plugin_verbs()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        own = verbs.own_verbs()
        if cmd_name in own:
            return verbs.load(own[cmd_name])
        if cmd_name not in verbs.plugin_verbs():
            return None
        from rung.plugins import PluginHost

        found = PluginHost().verb(cmd_name)
        if not isinstance(found, click.Command):
            raise RungError.of(
                _("The verb “{name}” is no click command.").format(name=cmd_name),
                _("Report it to the plugin's author."),
            )
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = self.list_commands(ctx) if args and args[0] not in verbs.own_verbs() else []
        if known and args[0] not in known:
            message = _("There is no verb “{name}”.").format(name=inert(args[0]))
            raise RungError.of(message, did_you_mean(args[0], known))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        # From the table of verbs: the help must not cost the import of every one.
        rows = [(name, verb.summary) for name, verb in verbs.own_verbs().items()]
        with formatter.section(_("Verbs")):
            formatter.write_dl([*rows, *verbs.plugin_verbs().items()])


def _program() -> click.Group:
    return _Program(
        "rung",
        help=_("Grade customers by a written policy, explain every grade, keep what was promised with it."),
        params=[
            click.Option(["--lang"], type=click.Choice(LANGUAGES), help=_("Language; by locale otherwise.")),
            click.Option(["--version"], is_flag=True, help=_("Show the version and end.")),
        ],
        epilog=_("“rung VERB --help” tells more of a verb; “rung demo” shows what it is about."),
        callback=_version,
        invoke_without_command=True,
    )


def _version(lang: str | None, version: bool) -> None:
    del lang  # taken from the arguments before click sees them
    context = click.get_current_context()
    if version:
        click.echo(f"rung {__version__}")
        context.exit(DONE)
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: see the constants of this module, 130 when stopped."""
    # To look for plugins of its own pydantic reads what every distribution announces, one after the other,
    # and a broken one ends the program.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        with one_interrupt():
            return _run(arguments)
    except KeyboardInterrupt:
        return _ended(_("Stopped; nothing was written."), _STOPPED)
    except RungError as error:
        return _ended(str(error), BAD_INPUT)
    except BrokenPipeError:
        # Python would complain once more when it flushes stdout at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    except UnicodeEncodeError as error:
        # A command line may hold any bytes; what is no text can be an id in no table and no ledger.
        if any(map(_is_no_text, arguments)):
            return _ended(_("An argument holds bytes that are no text."), BAD_INPUT)
        return _ended(_mistake(error), _MISTAKE_OF_OURS)
    except Exception as error:
        if os.environ.get("RUNG_TRACEBACK"):
            raise
        return _ended(_mistake(error), _MISTAKE_OF_OURS)


def _is_no_text(argument: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in argument)


def _run(arguments: Sequence[str]) -> int:
    given, rest = _language(arguments)
    set_language(given or default_language())
    set_zone(lambda: None)
    _replace_unknown_characters()
    program = _program()
    click.Context.formatter_class = HelpWords
    # Not click's own main: it prints an empty line on Ctrl-C and takes a closed pipe for a failure.
    try:
        with program.make_context("rung", rest, obj={"language_given": given is not None}) as context:
            code = program.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return BAD_INPUT
    except click.UsageError as error:
        _misused(error)
    except click.ClickException as error:
        raise RungError.of(error.format_message()) from error
    except click.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else DONE


def _replace_unknown_characters() -> None:
    """Show what the output's encoding lacks as question marks: a name must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() not in {"utf-8", "utf8"}:
            stream.reconfigure(errors="replace")


def _misused(error: click.UsageError) -> NoReturn:
    path = error.ctx.command_path if error.ctx else "rung"
    raise RungError.of(
        _misuse(error).replace("\n", " "), _("See: {command} --help").format(command=path)
    ) from error


def _misuse(error: click.UsageError) -> str:
    """Return what was wrong; click's own words are in English alone."""
    match error:
        case click.NoSuchOption(option_name=name, possibilities=near):
            message = _("There is no option “{name}”.").format(name=name)
            return f"{message} {did_you_mean(name, near)}" if near else message
        case click.MissingParameter(param=click.Parameter() as missing):
            return _("{name} is missing.").format(name=_name(missing, error))
        case click.BadParameter(param=click.Option(type=click.Choice(choices=choices)) as option):
            return _("{option} takes one of: {choices}.").format(
                option=option.opts[0], choices=_(", ").join(map(str, choices))
            )
        case click.BadParameter(param=click.Parameter() as unfit):
            message = _unfit(unfit.type, error.message)
            return _("{option}: {message}").format(option=_name(unfit, error), message=message)
    return error.format_message()


def _name(parameter: click.Parameter, error: click.UsageError) -> str:
    """Return an option or argument as a person writes it."""
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return parameter.make_metavar(_context(error)).strip("[]")


def _unfit(kind: click.ParamType[Any], message: str) -> str:
    """Return what is wrong with a value; types of our own have said it already."""
    match kind:
        case click.Path(dir_okay=False, exists=False):  # a plugin's may find that there is none
            return _("This is a folder, not a file.")
        case click.IntRange(min=int(least), max=int(most)):
            return _("Give a whole number from {least} to {most}.").format(least=least, most=f"{most:,}")
        case click.IntRange(min=int(least)):
            return _("Give a whole number, at least {least}.").format(least=least)
        case click.types.IntParamType():
            return _("Give a whole number.")
    return message


def _context(error: click.UsageError) -> click.Context:
    return error.ctx or click.get_current_context()


def _language(arguments: Sequence[str]) -> tuple[Language | None, list[str]]:
    """Take ``--lang`` out of the arguments, wherever it stands: help is written when verbs are imported."""
    chosen: Language | None = None
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            rest += [argument, *waiting]
        elif argument == "--lang" or argument.startswith("--lang="):
            found = argument.partition("=")[2] or next(waiting, "")
            chosen = _known_language(found)
        else:
            rest.append(argument)
    return chosen, rest


def _known_language(found: str) -> Language:
    for language in LANGUAGES:
        if found == language:
            return language
    raise RungError.of(
        _("“{found}” is no language Rung speaks.").format(found=found), did_you_mean(found, LANGUAGES)
    )


def _mistake(error: Exception) -> str:
    text = " ".join(f"{type(error).__name__}: {error}".split())[:400]
    return inert(
        _("A mistake in Rung or a plugin: {error}. RUNG_TRACEBACK=1 shows where; please report it.").format(
            error=text
        )
    )


def _ended(message: str, code: int) -> int:
    for line in message.splitlines():
        click.echo(f"rung: {line}", err=True)
    return code
