"""`manage.py user`: accounts and roles, by a named administrator. The first one is added without."""

from datetime import datetime
from typing import Annotated

import typer

from auth.refusals import Refusal
from auth.viewer import Role, Viewer
from commands import output, start
from data_access import accounts, passwords, roles

app = typer.Typer(no_args_is_help=True)

Username = Annotated[str, typer.Argument(help="Whose account.")]
By = Annotated[str | None, typer.Option("--as", metavar="USERNAME", help="The administrator who does this.")]
Why = Annotated[str, typer.Option("--reason", help="Why; the person reads it on My account.")]
Json = Annotated[bool, typer.Option("--json", help="For machines.")]


@app.callback()
def user() -> None:
    """Accounts and roles."""


@app.command()
def add(
    username: Username,
    role: Annotated[list[Role], typer.Option(help="A role; give it again for more.")],
    key: Annotated[str | None, typer.Option(help="The person's key in student records.")] = None,
    name: Annotated[tuple[str, str], typer.Option(help="Given and family name, for others.")] = ("", ""),
    reason: Why = "Given when the account was opened",
    typed: Annotated[bool, typer.Option("--typed", help="Type the first password here.")] = False,
    by: By = None,
    json: Json = False,
) -> None:
    """Open an account. Prints a password for once, unless one is typed; either is changed at first sign-in."""
    start.installed()
    at = start.now()
    viewer = _by(by, at)
    password = _asked() if typed else passwords.one_time()
    if key:
        accounts.add(viewer, key, username, password, role, at, reason=reason, must_change=True)
    elif all(name):
        accounts.add_colleague(viewer, *name, username, password, role, at, reason=reason)
    else:
        raise typer.BadParameter("Give --key, or --name GIVEN FAMILY for somebody outside student records.")
    shown = "as typed" if typed else password
    output.say(json, {"username": username, "password": shown}, f"{username} may sign in. Password: {shown}")


@app.command()
def password(username: Username, by: By = None, json: Json = False) -> None:
    """Print a new password for once, for somebody who has lost theirs. Their sessions end."""
    start.installed()
    at = start.now()
    given = passwords.one_time()
    accounts.new_password(_by(by, at), username, given, at)
    output.say(json, {"username": username, "password": given}, f"{username} may sign in. Password: {given}")


@app.command()
def role(
    username: Username,
    role: Annotated[Role, typer.Argument(help="The role.")],
    reason: Why,
    remove: Annotated[bool, typer.Option("--remove", help="Take it away instead.")] = False,
    by: By = None,
    json: Json = False,
) -> None:
    """Give a role from today on, or take it away at once. Nobody changes their own."""
    start.installed()
    at = start.now()
    change = roles.revoke if remove else roles.grant
    change(_by(by, at), username, role, reason, at)
    done = "no longer holds" if remove else "holds"
    output.say(json, {"username": username, "role": role, "held": not remove}, f"{username} {done} {role}.")


@app.command()
def disable(username: Username, by: By = None, json: Json = False) -> None:
    """Close an account. Its sessions end at once; what it did stays on record."""
    start.installed()
    at = start.now()
    accounts.disable(_by(by, at), username, at)
    output.say(json, {"username": username, "active": False}, f"The account {username} is closed.")


@app.command("sign-out")
def sign_out(username: Username, by: By = None, json: Json = False) -> None:
    """End all sessions of an account, on all its devices."""
    start.installed()
    at = start.now()
    accounts.sign_out(_by(by, at), username, at)
    output.say(json, {"username": username}, f"{username} is signed out everywhere.")


def _by(username: str | None, at: datetime) -> Viewer:
    """The administrator named; without a name the job itself, as long as there is nobody to name."""
    job = Viewer.service("user")
    if username:
        return accounts.acting(username, Role.ADMINISTRATOR, at)
    if accounts.administered(job, at):
        raise Refusal("Please say who does this: --as USERNAME, an administrator.")
    return job


def _asked() -> str:
    return str(typer.prompt("First password", hide_input=True, confirmation_prompt=True))
