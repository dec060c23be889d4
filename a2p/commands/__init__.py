"""The command line. Each command is a module of this package, imported only when it is called.

Exit codes: 0 done, 1 the check found errors, 2 the call or its input can't be used.
"""

from __future__ import annotations

import importlib

import click

COMMANDS: dict[str, str] = {
    "check": "Check questionnaire definitions and list every error.",
    "schema": "Print the JSON Schema of the definition language.",
    "preview": "Show a questionnaire as one HTML page, for review.",
    "diff": "Say what changed between two versions of a questionnaire.",
    "score": "Score answers from a CSV file and print JSON.",
    "report": "Make a capacity report (PDF) from answers in a CSV file.",
    "rollup": "Make a region's figures from frozen results.",
    "blank": "Make a printable or fillable form (PDF) of a questionnaire.",
    "read": "Read filled forms (PDF) and print their answers as CSV.",
    "sample": "Invent plausible answers as CSV, for trials.",
    "demo": "Make a demo region with invented people and serve it.",
    "audit": "Check the audit log, or list it.",
    "serve": "Serve the site on this machine, with its workers.",
    "worker": "Run a worker that makes documents and sends letters.",
    "migrate": "Bring the database up to date.",
    "people": "Name people, list them, and make links to sign in.",
    "backup": "Back up the database while the site goes on.",
    "restore": "Put a backup in the place of the database.",
    "person": "Export or erase what is held about somebody.",
}


class _LazyGroup(click.Group):
    """A group that imports a command's module when that command is used, so that `--help` and `check` start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"a2p.commands.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """a2p: a self-assessment toolkit for Local Strategic Partnerships.

    Questionnaires are files; answers become scores, capacity reports and pages.
    `a2p COMMAND --help` shows an example of each command.
    """
