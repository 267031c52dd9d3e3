"""The night's commands: dispose, backup, restore, keys rotate and audit anchor, and what `check` says of them."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import insert
from typer.testing import CliRunner

import policy
from auth.refusals import Refusal
from auth.refusals.accounts import NoSuchAccount
from auth.refusals.files import FolderTaken
from commands import start
from commands.program import app
from data_access import database, ratings, sealing
from data_access.tables import ContactDetail, ContactKind
from tests.cast import NOW
from tests.data_access.disposing import AFTER, NIGHT, STILL_AGREED, approve_all, everything
from tests.tree import ROOT


class Night:
    """An installation, its clock, and the command line."""

    def __init__(self, store):
        self.store, self.at = store, NOW

    def run(self, *words):
        return CliRunner().invoke(app, list(words))

    def said(self, *words):
        done = self.run(*words, "--json")
        assert done.exit_code == 0, (done.exception, done.output)
        return json.loads(done.stdout)


@pytest.fixture
def night(university, monkeypatch):
    made = Night(university)
    ratings.refresh(NIGHT, NOW)
    university.change(STILL_AGREED)
    monkeypatch.setenv("LA_HOME", str(university.settings.home))
    monkeypatch.setattr(start, "now", lambda: made.at)
    yield made
    database.stores().core.dispose()
    database.stores().log.dispose()
    policy.use(None)


def test_dispose_says_what_is_due_and_touches_nothing(night):
    before = everything(night.store)
    found = {one["class"]: one for one in night.said("dispose", "--as-of", "2033-01-10")["due"]}
    assert (found["core"]["people"], found["core"]["automatic"]) == (1, False)
    assert found["contact"]["automatic"] is True
    assert everything(night.store) == before
    assert "core" in night.run("dispose", "--as-of", "2033-01-10").stdout


def test_dispose_by_itself_does_what_is_automatic_and_proposes_the_rest(night):
    address = {"enrolment": 3, "kind": ContactKind.EMAIL, "value": "medlar@uni.example", "run": 1}
    night.store.change(insert(ContactDetail).values(address))
    night.at = AFTER
    said = night.said("dispose", "--apply")
    # Core, engagement and governance; the log is to be reviewed.
    assert (len(said["certificates"]), said["proposed"]) == (1, 4)
    left = everything(night.store)
    assert "contact_detail" not in left
    assert left["attendance"] == 9


def test_dispose_does_what_was_approved_for_a_named_colleague_in_compliance_alone(night):
    night.at = AFTER
    night.said("dispose", "--apply")
    approve_all()
    assert night.said("dispose", "--apply")["certificates"] == []
    assert isinstance(night.run("dispose", "--apply", "--as", "ada").exception, NoSuchAccount)
    assert everything(night.store)
    # Three classes of what is held about whoever left, and the access log.
    assert len(night.said("dispose", "--apply", "--as", "ros")["certificates"]) == 4
    assert everything(night.store) == {}


def test_a_copy_goes_there_and_back_and_what_has_ended_since_stays_so(night, tmp_path):
    copy = tmp_path / "copy"
    made = night.said("backup", str(copy))["files"]
    assert {path.name for path in copy.iterdir()} == {*made, "manifest.json"}
    assert isinstance(night.run("backup", str(copy)).exception, FolderTaken)
    night.at = AFTER
    night.said("dispose", "--apply")
    approve_all()
    night.said("dispose", "--apply", "--as", "ros")
    said = night.said("restore", str(copy), "--as", "eve")
    assert said["deleted_again"] > 20
    assert everything(night.store) == {}
    assert "Now load the newest files" in night.run("restore", str(copy), "--as", "eve").stdout


def test_a_copy_is_restored_by_a_named_administrator_alone(night, tmp_path):
    night.said("backup", str(tmp_path / "copy"))
    assert isinstance(night.run("restore", str(tmp_path / "copy"), "--as", "ros").exception, NoSuchAccount)
    assert night.run("restore", str(tmp_path / "copy")).exit_code == 2
    assert night.run("restore", "--as", "eve").exit_code == 2
    assert night.run("restore", str(tmp_path / "copy"), "--bury", "--as", "eve").exit_code == 2


def test_after_a_restore_by_other_means_what_has_ended_is_ended_again(night):
    assert night.said("restore", "--bury", "--as", "eve") == {"ended_again": 0, "deleted_again": 0}


def test_a_new_key_wraps_everything_and_the_old_one_is_gone(night):
    place = sealing.Place("sensitive_note", 11)
    key, sealed = sealing.seal({"text": "x"}, place, NOW)
    before = [path.name for path in (night.store.settings.home / "keys").glob("notes-*")]
    assert night.said("keys", "rotate") == {"wrapped": 1}
    after = [path.name for path in (night.store.settings.home / "keys").glob("notes-*")]
    assert (len(after), before == after) == (1, False)
    assert sealing.opened(key, sealed, place) == {"text": "x"}


def test_an_anchor_is_printed_and_verified(night):
    said = night.said("audit", "anchor")
    assert len(said["seal"]) == 64
    assert night.said("audit", "verify")["holds"] is True
    anchors = night.store.settings.home / "access-log-anchors.jsonl"
    anchors.write_text(anchors.read_text().replace(f'"lines": {said["lines"]}', '"lines": 999'))
    refused = night.run("audit", "verify").exception
    assert isinstance(refused, Refusal)
    assert "broken at line" in str(refused)


def test_check_says_which_job_is_late_and_leaves_with_one(night, tmp_path):
    assert night.run("check").exit_code == 0  # nothing has ever run here: nothing to be late
    night.said("rate")
    night.said("dispose", "--apply")
    night.said("backup", str(tmp_path / "copy"))
    night.said("audit", "anchor")
    night.at = NOW + timedelta(hours=25)
    assert night.run("check").exit_code == 0
    night.at += timedelta(minutes=1)
    done = night.run("check")
    assert done.exit_code == 1
    assert (
        "`manage.py dispose` last came to its end on 23 November 2026, 10:00. See deploy/nightly.cron."
        in done.stdout.splitlines()
    )
    titles = [
        one["title"] for one in json.loads(night.run("check", "--production", "--json").stdout)["lines"]
    ]
    assert sum(title.startswith("Each night") for title in titles) == 4


def test_every_command_of_the_nights_example_is_one_there_is(night):
    lines = (ROOT / "deploy" / "nightly.cron").read_text("utf-8").splitlines()
    asked = [part.split(">")[0].split() for line in lines for part in line.split("$MANAGE")[1:]]
    assert {words[0] for words in asked} == {
        "load", "send", "backup", "rate", "dispose", "audit", "release", "impact", "evaluate", "check",
    }  # fmt: skip
    for words in asked:
        known = [word for word in words if not word.startswith(("/", "$", "-", "+", "&"))][:2]
        assert (
            CliRunner().invoke(app, [*known[: 1 + (known[0] in ("audit", "release"))], "--help"]).exit_code
            == 0
        )
