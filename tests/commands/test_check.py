"""`manage.py check`: the policy in force, before anything is started with it."""

import json
import re

import pytest
from typer.testing import CliRunner

import policy
from commands.program import app
from data_access import database, keys, notices
from tests.cast import NOW
from tests.policy.filled_in import fill_in


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("LA_HOME", str(tmp_path))
    (tmp_path / "policy").mkdir()
    yield tmp_path
    policy.use(None)


def test_it_says_that_all_is_well_and_opens_nothing(home):
    done = CliRunner().invoke(app, ["check"])
    templates = len(policy.current().messages.template)
    assert (done.exit_code, done.stdout) == (
        0,
        f"The policy can be used. {templates} templates of messages, each for a purpose.\n",
    )
    assert [file.name for file in home.iterdir()] == ["policy"]


def test_a_template_without_a_purpose_is_refused(home):
    shipped = (policy.SHIPPED / "messages.toml").read_text("utf-8")
    without = shipped.replace('[template.plan]\npurpose = "agree"\n', "[template.plan]\n")
    assert without != shipped
    (home / "policy" / "messages.toml").write_text(without, "utf-8")
    refused = CliRunner().invoke(app, ["check"]).exception
    assert isinstance(refused, policy.PolicyError)
    assert str(refused).endswith("messages.toml: template.plan.purpose: Field required.")


def test_for_production_each_line_is_named_and_the_first_that_is_missing_leaves_with_one(home):
    done = CliRunner().invoke(app, ["check", "--production"])
    assert done.exit_code == 1
    said = done.stdout.splitlines()
    assert any(line.startswith("missing  The keys are there, whole") for line in said)
    assert (
        "missing  Questions about Learner Analytics reach somebody. "
        "Fill in [learner_analytics] in institution.toml: a name, and an email, a phone or a link." in said
    )
    assert "ok       The keys and the data are not those of the demo." in said
    assert [file.name for file in home.iterdir()] == ["policy"]


def test_for_machines_the_same_lines(home):
    done = CliRunner().invoke(app, ["check", "--production", "--json"])
    found = json.loads(done.stdout)
    assert (done.exit_code, found["ready"]) == (1, False)
    missing = {line["title"] for line in found["lines"] if line["missing"]}
    assert "Both regulations can be read" in missing


def test_a_university_that_has_filled_in_its_own_is_fit(home, monkeypatch):
    fill_in(home)
    monkeypatch.setenv("LA_HTTPS", "1")
    keys.make(home)
    done = CliRunner().invoke(app, ["check", "--production"])
    assert [line for line in done.stdout.splitlines() if line.startswith("missing")] == []
    assert done.exit_code == 0


@pytest.mark.parametrize("https", ["0", "1"])
@pytest.mark.parametrize("demonstration", [True, False])
def test_nothing_is_served_over_https_with_blanks_unless_every_page_says_that_it_is_a_demo(
    home, monkeypatch, https, demonstration
):
    monkeypatch.setenv("LA_HTTPS", https)
    shipped = (policy.SHIPPED / "institution.toml").read_text("utf-8")
    (home / "policy" / "institution.toml").write_text(
        f"demonstration = {str(demonstration).lower()}\n{shipped}", "utf-8"
    )
    served = []
    monkeypatch.setattr("app.app.run", lambda **_: served.append(True))
    done = CliRunner().invoke(app, ["serve"])
    database.stores().core.dispose()
    database.stores().log.dispose()
    if https == "1" and not demonstration:
        assert "things are missing before real students can use this, the first: " in str(done.exception)
        assert not served
    else:
        assert done.exception is None
        assert served == [True]


def test_nothing_is_served_to_real_students_while_a_class_of_records_has_no_rule(home, monkeypatch):
    fill_in(home)
    monkeypatch.setenv("LA_HTTPS", "1")
    schedule = (policy.SHIPPED / "retention.toml").read_text("utf-8")
    served = []
    monkeypatch.setattr("app.app.run", lambda **_: served.append(True))
    for text in (re.sub(r"\[class\.rights\][^\[]*", "", schedule), schedule):
        (home / "policy" / "retention.toml").write_text(text, "utf-8")
        done = CliRunner().invoke(app, ["serve"])
        database.stores().core.dispose()
        database.stores().log.dispose()
        if text != schedule:
            assert "Write rules for rights in retention.toml." in str(done.exception)
            assert not served
    assert served == [True]


def test_the_start_puts_the_notice_of_the_policy_folder_into_force(home, monkeypatch):
    monkeypatch.setattr("app.app.run", lambda **_: None)
    notice = "version: own-1\nreviewed: 2026-11-02\nsummary: Ours.\n\n## Ours\n\nWords.\n"
    (home / "policy" / "notice.md").write_text(notice, "utf-8")
    assert CliRunner().invoke(app, ["serve"]).exception is None
    (home / "policy" / "notice.md").unlink()
    policy.use(home / "policy")
    assert notices.in_force(None, NOW).version == "own-1"
    database.stores().core.dispose()
    database.stores().log.dispose()
