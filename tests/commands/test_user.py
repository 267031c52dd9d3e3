"""`manage.py user`: a named administrator opens, changes and closes accounts; the first needs no name."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

import data_access
from auth.refusals import Refusal
from commands import start
from commands.program import app
from data_access import credentials, database, sessions
from data_access.tables import AgreementAcceptance, Ceremony
from policy.settings import Settings
from tests.cast import ADA, EVE, PASSWORD, TOM

NOW = datetime.now(UTC)
LATER = NOW.replace(year=NOW.year + 2, day=1)


@pytest.fixture
def home(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = Path(shutil.copytree(template, tmp_path / "home"))
    monkeypatch.setenv("LA_HOME", str(made))
    data_access.start(Settings(home=made))
    with database.writing() as session:
        session.execute(update(AgreementAcceptance).values(expires_at=LATER))
    return made


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LA_HOME", str(tmp_path / "empty"))
    start.prepared()
    return tmp_path / "empty"


def user(*words: str, typed: str = "") -> str:
    """What the command prints; a Refusal is raised as the program itself would print it."""
    done = CliRunner().invoke(app, ["user", *words], input=typed)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout


def signs_in(username: str, password: str) -> bool:
    return credentials.check_password(username, password, datetime.now(UTC)) is not None


@pytest.mark.usefixtures("empty")
def test_the_first_administrator_needs_nobodys_name_and_the_second_does():
    said = json.loads(user("add", "eve", "--role", "administrator", "--name", "Eve", "Nakamura", "--json"))
    assert said["username"] == "eve"
    assert signs_in("eve", said["password"])
    with pytest.raises(Refusal, match="--as USERNAME"):
        user("add", "max", "--role", "administrator", "--name", "Max", "Muster")


@pytest.mark.usefixtures("empty")
def test_an_administrator_who_has_not_accepted_the_agreement_does_nothing_yet():
    user("add", "eve", "--role", "administrator", "--name", "Eve", "Nakamura")
    with pytest.raises(Refusal, match="confidentiality agreement"):
        user("add", "max", "--role", "tutor", "--name", "Max", "Muster", "--as", "eve")


@pytest.mark.usefixtures("home")
def test_an_account_opens_with_a_password_for_once():
    said = user(
        "add", "max", "--role", "tutor", "--role", "manager", "--name", "Max", "Muster", "--as", "eve"
    )
    assert signs_in("max", said.rpartition(" ")[2].strip())


@pytest.mark.usefixtures("home")
def test_a_typed_password_is_not_printed():
    chosen = "typed by somebody at a prompt"
    words = ("add", "max", "--role", "tutor", "--name", "Max", "Muster", "--as", "eve", "--typed")
    assert chosen not in user(*words, typed=f"{chosen}\n{chosen}\n")
    assert signs_in("max", chosen)


@pytest.mark.usefixtures("home")
def test_without_a_key_and_without_a_name_the_usage_is_wrong():
    done = CliRunner().invoke(app, ["user", "add", "max", "--role", "tutor", "--as", "eve"])
    assert done.exit_code == 2


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("by", [[], ["--as", "ada"], ["--as", "nobody"]], ids=str)
@pytest.mark.parametrize(
    "words",
    [
        ["disable", "tom"],
        ["role", "tom", "manager", "--reason", "x"],
        ["sign-out", "tom"],
        ["password", "tom"],
    ],
)
def test_nobody_else_does_anything(words, by):
    with pytest.raises(Refusal):
        user(*words, *by)
    assert signs_in("tom", PASSWORD)


@pytest.mark.usefixtures("home")
def test_a_role_is_given_and_taken_away_and_never_ones_own():
    assert "holds" in user("role", "ada", "manager", "--reason", "Also monitors", "--as", "eve")
    assert "no longer" in user("role", "ada", "manager", "--remove", "--reason", "Done", "--as", "eve")
    with pytest.raises(Refusal, match="their own"):
        user("role", "eve", "manager", "--reason", "Why not", "--as", "eve")


@pytest.mark.usefixtures("home")
def test_a_closed_account_does_not_sign_in():
    assert signs_in("tom", PASSWORD)
    user("disable", "tom", "--as", "eve")
    assert not signs_in("tom", PASSWORD)


@pytest.mark.usefixtures("home")
def test_a_lost_password_is_replaced_by_one_for_once():
    said = json.loads(user("password", "tom", "--as", "eve", "--json"))
    assert not signs_in("tom", PASSWORD)
    assert signs_in("tom", said["password"])


@pytest.mark.usefixtures("home")
def test_sign_out_ends_every_session_of_the_account():
    at = datetime.now(UTC)
    tokens = [
        sessions.redeem(sessions.begin_session(m.number, Ceremony.PASSWORD, at), "A", at)
        for m in (ADA, ADA, TOM)
    ]
    user("sign-out", "ada", "--as", "eve")
    assert [bool(sessions.viewer_of(token or "", at)) for token in tokens] == [False, False, True]
    assert EVE.username == "eve"
