"""`manage.py demo`: made once, told again, never over other data; and its stories get the ratings they tell of."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from shutil import copytree

import bcrypt
import pytest
from click.testing import Result
from sqlalchemy import select
from sqlalchemy.orm import Session
from typer.testing import CliRunner

import data_access
import policy
from auth.permissions import Act, Action
from auth.refusals import NotYoursToSee, Refusal
from auth.viewer import Role, Viewer
from commands import program, start
from data_access import accounts, credentials, database, gate, published, releases, tutees
from data_access.tables import (
    Account,
    Enrolment,
    EnrolmentWeek,
    LoadRun,
    Person,
    RoleGrant,
    SourceKey,
)
from engagement.measure import Rating, rating
from engagement.published import Family
from ingest.demo.habits import Kind
from ingest.demo.signins import PASSWORD, SIGN_INS, TUTOR
from ingest.demo.stories import STORIES, story
from policy.settings import Settings
from privacy.labels import SYSTEMS, Category
from privacy.purposes import Purpose
from privacy.releases import Cohort

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
READ = Act(Action.READ, Category.ENGAGEMENT, Purpose.IDENTIFY)
WELL, BADLY = {Rating.HIGH, Rating.GOOD}, {Rating.LOW, Rating.VERY_LOW}


@dataclass(frozen=True)
class Demo:
    """A home with the demo in it, and what the command said."""

    home: Path
    said: dict[str, object]

    def session(self) -> Session:
        return Session(database.stores().core)

    def person(self, key: str) -> Person:
        with self.session() as session:
            return session.scalars(select(Person).join(SourceKey).where(SourceKey.key == key)).one()


def run(home: Path, *words: str, at: datetime = NOW) -> Result:
    """The command in this home, at this time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LA_HOME", str(home))
        patch.delenv("LA_DATABASE_URL", raising=False)
        patch.setattr(start, "now", lambda: at)
        patch.setattr(bcrypt, "gensalt", partial(bcrypt.gensalt, 4))  # the cheapest hashes: many are made
        return CliRunner().invoke(program.app, ["demo", *words])


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    home = tmp_path_factory.mktemp("demo") / "home"
    done = run(home, "--students", "300", "--json")
    assert done.exception is None, done.exception
    return Demo(home, json.loads(done.stdout))


@pytest.fixture
def demo(once):
    """The demo, opened."""
    data_access.start(Settings(home=once.home))
    yield once
    database.stores().core.dispose()
    database.stores().log.dispose()


def test_the_command_says_what_it_made_and_who_can_sign_in(demo):
    assert (demo.said["students"], demo.said["day"], demo.said["password"]) == (300, "2026-11-25", PASSWORD)
    assert demo.said["sign_ins"] == {one.username: list(one.roles) for one in SIGN_INS}


def test_all_four_systems_are_loaded_up_to_yesterday(demo):
    with demo.session() as session:
        runs = session.scalars(select(LoadRun)).all()
    assert {one.system for one in runs} == set(SYSTEMS)
    assert {one.data_up_to for one in runs} == {NOW.date() - timedelta(days=1)}


def test_nobody_of_last_year_is_seen_as_a_person(demo):
    with demo.session() as session:
        rows = select(SourceKey.key).join(Person).join(Enrolment, Enrolment.student == Person.number)
        then = [key for key in session.scalars(rows) if key.startswith("H11")]
    assert 60 <= len(then) <= 90
    person = demo.person(then[0])
    viewer = Viewer(person.number, Role.STUDENT, "test")
    with gate.reading(viewer, None, READ, NOW) as opened:
        assert opened.enrolments == ()
    with pytest.raises(NotYoursToSee), gate.reading(viewer, person.id, READ, NOW):
        pass


def test_managers_find_how_well_it_worked_last_year(demo):
    manager = demo.person(next(one.key for one in SIGN_INS if Role.MANAGER in one.roles))
    viewer = Viewer(manager.number, Role.MANAGER, "test")
    credentials.accept_agreement(viewer, "Graham Pellow", NOW)
    tables = published.figures(viewer, Family.ACCURACY, NOW).tables
    assert set(tables) == {"year", "weeks", "words", "lead", "thresholds", "rules", "groups"}
    assert tables["weeks"]["08"]["students"] in ("70", "75", "80")
    assert len(tables["thresholds"]) == 125
    assert int(tables["groups"]["sex/1/Female"]["others: people"]) >= 20


def test_managers_find_three_censuses_and_every_week_since_the_last(demo):
    manager = demo.person(next(one.key for one in SIGN_INS if Role.MANAGER in one.roles))
    viewer = Viewer(manager.number, Role.MANAGER, "test")
    credentials.accept_agreement(viewer, "Graham Pellow", NOW)
    found = releases.all_of(viewer, NOW)
    censuses = [one for one in found if one.cohort is Cohort.CENSUS]
    assert len(censuses) >= 3
    assert {one.approved_by for one in censuses} == {"Nadia Rahmani"}
    weeks = {one.census for one in found if one.cohort is Cohort.WEEK}
    assert {censuses[0].census, NOW.date() - timedelta(days=3)} <= weeks  # a Wednesday
    assert releases.tables(viewer, censuses[0].id, "u", NOW)["ethnicity"][0].cells[0].people == "300"


def test_only_the_named_sign_ins_have_accounts_with_their_roles(demo):
    with demo.session() as session:
        grants = select(Account.username, RoleGrant.role).join(RoleGrant, RoleGrant.person == Account.person)
        held = Counter((row.username, row.role) for row in session.execute(grants))
    assert held == Counter((one.username, role) for one in SIGN_INS for role in one.roles)
    tutor = demo.person(TUTOR.key)
    assert credentials.check_password(TUTOR.username, PASSWORD, NOW) == tutor.number


def test_the_ratings_are_spread_as_at_a_university(demo):
    with demo.session() as session:
        last = select(EnrolmentWeek.week).order_by(EnrolmentWeek.week.desc()).limit(1).scalar_subquery()
        scores = session.scalars(select(EnrolmentWeek.score).where(EnrolmentWeek.week == last)).all()
    words = Counter(rating(score, policy.current().engagement.bands) for score in scores)
    share = {word: count / len(scores) for word, count in words.items()}
    assert 0.6 <= share[Rating.HIGH] + share[Rating.GOOD] <= 0.85
    assert 0.1 <= share[Rating.PARTIAL] <= 0.28
    assert 0.05 <= share[Rating.LOW] + share[Rating.VERY_LOW] <= 0.15


@pytest.mark.parametrize(
    ("kind", "before", "now"),
    [
        (Kind.STEADY, WELL, {Rating.HIGH}),
        (Kind.FADE, WELL, BADLY),
        (Kind.STOP, WELL, {Rating.VERY_LOW}),
        (Kind.RETURN, BADLY, {Rating.PARTIAL, *WELL}),  # fully back, and what was missed is still missing
        (Kind.CARDED, WELL, {Rating.PARTIAL, Rating.LOW}),
        (Kind.EXCUSED, WELL, WELL),
        (Kind.GAP, WELL, WELL),
        (Kind.LAPSED, WELL, BADLY),
    ],
)
def test_each_story_has_the_ratings_that_it_tells_of(demo, kind, before, now):
    words = ratings_of(demo, story(kind).key)
    weeks_ago = 3 if kind is Kind.RETURN else 6
    assert words[-1] in now
    assert words[-1 - weeks_ago] in before


def ratings_of(demo: Demo, key: str) -> list[Rating]:
    """The ratings of a student's weeks, the oldest first."""
    with demo.session() as session:
        weeks = select(EnrolmentWeek.score).join(Enrolment, Enrolment.id == EnrolmentWeek.enrolment)
        own = weeks.where(Enrolment.student == demo.person(key).number).order_by(EnrolmentWeek.week)
        return [rating(score, policy.current().engagement.bands) for score in session.scalars(own)]


def test_the_tutor_finds_every_story_but_the_leaver_among_her_tutees(demo):
    shown = {(tutee.given_name, tutee.family_name) for tutee in tutees.overview(tutor(demo), NOW)}
    stories = {one.kind: (one.name.given, one.name.family) for one in STORIES}
    assert set(stories.values()) - shown == {stories[Kind.LEAVER]}


def tutor(demo: Demo) -> Viewer:
    """The tutor of the stories, who has accepted the agreement."""
    viewer = Viewer(demo.person(TUTOR.key).number, Role.TUTOR, "test")
    credentials.accept_agreement(viewer, f"{TUTOR.name.given} {TUTOR.name.family}", NOW)
    return viewer


def test_the_leaver_is_visible_to_nobody_not_even_to_himself(demo):
    leaver = demo.person(story(Kind.LEAVER).key)
    for viewer in (tutor(demo), Viewer(leaver.number, Role.STUDENT, "test")):
        with pytest.raises(NotYoursToSee), gate.reading(viewer, leaver.id, READ, NOW):
            pass


def test_a_second_call_says_that_the_demo_is_there_and_changes_nothing(demo):
    again = run(demo.home, "--students", "500", at=NOW + timedelta(days=3))
    assert again.exit_code == 0
    assert "already" in again.stdout
    assert "300 invented students, as of 25 November 2026" in again.stdout
    assert TUTOR.username in again.stdout
    assert "delete" not in again.stdout
    with demo.session() as session:
        assert len(session.scalars(select(LoadRun)).all()) == len(SYSTEMS)


def test_a_demo_that_has_aged_says_how_to_have_a_new_one(demo):
    later = run(demo.home, at=NOW + timedelta(days=4))
    assert later.exit_code == 0
    assert f"delete {demo.home}" in later.stdout


def test_a_home_with_other_data_is_left_alone(template, tmp_path):
    home = copytree(template, tmp_path / "home")
    refused = run(home)
    assert isinstance(refused.exception, Refusal)
    assert not (home / "demo.toml").exists()
    assert not (home / "policy").exists()


def test_a_university_s_own_calendar_is_not_replaced(tmp_path):
    (tmp_path / "policy").mkdir()
    own = tmp_path / "policy" / "calendar.toml"
    own.write_text((policy.SHIPPED / "calendar.toml").read_text("utf-8"), "utf-8")
    assert isinstance(run(tmp_path).exception, Refusal)
    assert own.read_text("utf-8") == (policy.SHIPPED / "calendar.toml").read_text("utf-8")


def test_a_demo_that_was_stopped_is_finished_by_the_next_call(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(accounts, "_open", fail)
        assert isinstance(run(tmp_path, "--students", "100").exception, OSError)
    finished = run(tmp_path, "--students", "200", "--json", at=NOW + timedelta(days=1))
    assert finished.exit_code == 0, finished.exception
    assert json.loads(finished.stdout)["students"] == 100
    with Session(database.stores().core) as session:
        assert len(session.scalars(select(Account)).all()) == len(SIGN_INS)
        assert len(session.scalars(select(Person)).all()) < 150


def fail(*_: object) -> None:
    raise OSError("the power went")


@pytest.mark.parametrize("students", ["99", "many"])
def test_a_size_that_makes_no_university_is_wrong_usage(tmp_path, students):
    assert run(tmp_path, "--students", students).exit_code == 2
