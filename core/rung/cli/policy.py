"""``rung policy``: finds the verbs about policies, each in a file of its own, imported when it is used."""

from __future__ import annotations

import click

from rung.cli.verbs import Verb, load
from rung.errors import RungError, did_you_mean
from rung.text import _, inert

__all__ = ["policy", "policy_verbs"]


def policy_verbs() -> dict[str, Verb]:
    """Return the verbs about policies, in the order a newcomer meets them; a new verb is a line here."""
    return {
        "list": Verb(
            _("List the policies at hand: the workspace's own and those the plugins bring."),
            "rung.cli.policy_list",
            "list_",
        ),
        "show": Verb(_("Show what POLICY, an id or a file, says."), "rung.cli.policy_show", "show"),
        "check": Verb(
            _("Check policies, all at hand if none is named; every problem with its file and line."),
            "rung.cli.policy_check",
            "check",
        ),
        "test": Verb(
            _("Run the tests of policies, all at hand if none is named; tell what no test exercises."),
            "rung.cli.policy_test",
            "test",
        ),
        "adopt": Verb(
            _("Make a policy your own: its open choices and assumed numbers, against your customers."),
            "rung.cli.policy_adopt",
            "adopt",
        ),
        "new": Verb(
            _("Begin a policy of your own from a table of your customers."), "rung.cli.policy_new", "new"
        ),
        "export": Verb(
            _("Write a policy's rules and bands to a workbook."), "rung.cli.policy_export", "export"
        ),
        "import": Verb(
            _("Read such a workbook back, as a layer over its policy."), "rung.cli.policy_import", "import_"
        ),
        "diff": Verb(
            _("Tell what two policies, or two versions of one, say differently."),
            "rung.cli.policy_diff",
            "diff",
        ),
        "simulate": Verb(
            _("See whom a policy would move, over a run or a table, before it counts."),
            "rung.cli.policy_simulate",
            "simulate",
        ),
        "publish": Verb(
            _("Freeze a version of a policy that is sound and passes its tests."),
            "rung.cli.policy_publish",
            "publish",
        ),
        "docs": Verb(
            _("Write policies as pages for people who read no TOML."), "rung.cli.policy_docs", "docs"
        ),
        "schema": Verb(
            _("Print what a policy file may say, for editors that complete and check it."),
            "rung.cli.policy_schema",
            "schema",
        ),
    }


class _PolicyVerbs(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(policy_verbs())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        found = policy_verbs().get(cmd_name)
        return None if found is None else load(found)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = policy_verbs()
        if args and args[0] not in known and not args[0].startswith("-"):
            message = _("There is no verb “{name}”.").format(name=f"policy {inert(args[0])}")
            near = did_you_mean(args[0], list(known))
            raise RungError.of(f"{message} {near}", _("See: {command} --help").format(command="rung policy"))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        # From the table of verbs: the help must not cost the import of every one.
        with formatter.section(_("Verbs")):
            formatter.write_dl([(name, verb.summary) for name, verb in policy_verbs().items()])


@click.group(cls=_PolicyVerbs, help=_("List, show, check and test policies."))
def policy() -> None:
    """Group the verbs about policies."""
