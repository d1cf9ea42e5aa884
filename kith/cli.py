"""The command line: all that an operator does (SPEC 11.6)."""

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from domain.internal_users import Role
from domain.passwords import new_password
from domain.refusals import Refused
from graphdb.errors import GraphError
from graphdb.local import AlreadyRunning, FetchFailed, StartFailed
from graphdb.migrations import MigrationChanged, StoreTooNew
from kith import check, daily, duplicates, gedcom, issuing, service
from kith import users as staff
from kith.graphiql import BuildFailed
from kith.issuing import NobodyKnown
from kith.progress import console
from kith.service import PortTaken
from kith.settings import PREFIX, Settings, WrongSetting, load
from resolvers.gedcom.reading import NotGedcom
from schema.served import served

SAID_IN_A_SENTENCE = (
    *(WrongSetting, AlreadyRunning, FetchFailed, StartFailed, BuildFailed, PortTaken),
    *(StoreTooNew, MigrationChanged, NotGedcom, NobodyKnown, Refused, GraphError),
)

cli = typer.Typer(no_args_is_help=True, add_completion=False, help="Kith: customers, and how they relate.")
imports = typer.Typer(no_args_is_help=True, help="Bring records in.")
users = typer.Typer(no_args_is_help=True, help="Staff, and who signs in with which password.")
keys = typer.Typer(no_args_is_help=True, help="Keys that tokens are signed with.")
cli.add_typer(imports, name="import")
cli.add_typer(users, name="users")
cli.add_typer(keys, name="keys")
Random = Annotated[bool, typer.Option("--random", help="Make a password, and print it on the last line.")]


@cli.command()
def run(
    demo: Annotated[bool, typer.Option(help="Load the demo into an empty store, unless KITH_DEMO is set.")] = False,
) -> None:
    """Serve until Ctrl-C; the first time, fetch what that needs."""
    service.run(load(), demo, lambda line: console.print(line, soft_wrap=True, highlight=False))


@cli.command()
def setup() -> None:
    """Fetch and build what serving needs, without serving."""
    service.prepared(load())


@cli.command()
def token(
    who: Annotated[str | None, typer.Option("--as", help="Login of staff, or id of a consumer.")] = None,
) -> None:
    """Print a token that is good for 30 days, an administrator's unless told whose, alone on the last line."""
    typer.echo(issuing.token(load(), who))


@cli.command("sign-out")
def sign_out(
    who: Annotated[str | None, typer.Option("--as", help="Login of staff or of a consumer, or id.")] = None,
) -> None:
    """End all sessions, the administrator's unless told whose: links, tokens and browsers are good no more, at once."""
    count = issuing.sign_out(load(), who)
    console.print(f"Ended {count:,} session{'' if count == 1 else 's'}.", highlight=False)


@keys.command("rotate")
def rotate_keys(
    at_once: Annotated[bool, typer.Option(help="Take no token any more that was signed before.")] = False,
) -> None:
    """Sign with another key from now on; tokens that were signed before are good until they expire."""
    console.print(f"Tokens are signed with key {issuing.rotate(load(), at_once)} from now on.", highlight=False)


@users.command("add")
def add_user(
    login: Annotated[str, typer.Option(help="An email address, nobody else's.")],
    name: Annotated[str, typer.Option(help="How he or she is called.")],
    role: Annotated[list[Role], typer.Option(help="One or several.")],
    random: Random = False,
) -> None:
    """Make one of the staff, who signs in with the password that is asked for here, or is the first line of input."""
    password = asked_for(random)
    console.print(f"Made {staff.add(load(), login, name, role, password)}.", highlight=False)
    if random:
        typer.echo(password)


@users.command("password")
def set_password(
    who: Annotated[str, typer.Argument(help="Login of staff or of a consumer, or id.")], random: Random = False
) -> None:
    """Set a password, which is asked for here, or is the first line of input; all sessions of its owner end."""
    password = asked_for(random)
    staff.give_password(load(), who, password)
    if random:
        typer.echo(password)


@cli.command()
def settings() -> None:
    """List all settings with their values; secrets are masked."""
    values = load()
    table = Table("Setting", "Value", "What it is", box=None)
    for name, field in Settings.model_fields.items():
        value = getattr(values, name)
        shown = "" if value is None else "***" if isinstance(value, SecretStr) else str(value)
        table.add_row(f"{PREFIX}{name}".upper(), shown, field.description)
    Console().print(table)


@cli.command()
def schema() -> None:
    """Print the schema in GraphQL's own language."""
    typer.echo(served().as_str())


@imports.command("gedcom")
def import_gedcom(
    file: Annotated[Path, typer.Argument(help="The file.")],
    source: Annotated[str | None, typer.Option(help="What its ids are known by; else the file's name.")] = None,
) -> None:
    """Bring in the people and families of a GEDCOM file; tell what was left out."""
    gedcom.run(load(), file, source or file.name)


@cli.command("check")
def check_integrity() -> None:
    """Look through the whole store for what should not be; the exit status is 1 where there are errors."""
    if not check.run(load()):
        sys.exit(1)


@cli.command("daily")
def run_daily() -> None:
    """Delete what the dates that have come take; a running service does so itself, each day."""
    daily.run(load())


@cli.command("duplicates")
def note_duplicates(
    changed: Annotated[bool, typer.Option(help="Only those who were changed since the last run.")] = False,
) -> None:
    """Note which customers may be the same; a running service looks at what has changed each day."""
    duplicates.run(load(), whole=not changed)


def asked_for(random: bool) -> str:
    """A password: a new one, or as it is typed twice, or the first line of what is no terminal."""
    if random:
        return new_password()
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def main() -> None:
    """Runs a command; what can go wrong is said in one line, and the exit status is 1."""
    try:
        cli()
    except SAID_IN_A_SENTENCE as error:
        fail(str(error))


def fail(sentence: str) -> NoReturn:
    console.print(sentence, style="red", soft_wrap=True, highlight=False)
    sys.exit(1)
