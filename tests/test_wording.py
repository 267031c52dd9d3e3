"""The words a student reads: every page with every story of the demo, every sentence, and every string in the code.

No verdict, no prediction, no blame, no guess about health, no colour for a word, no score without its explanation.
"""

import ast
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from unittest.mock import patch

import bcrypt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

import data_access
import policy
from auth.viewer import Role, Viewer
from commands import program, start
from components import support
from data_access import accounts, database, sessions
from data_access.tables import Ceremony, Course, Module, SourceKey
from engagement import ahead, comparison, counted, explanation, sentences
from engagement.example import rated
from engagement.facts import Agreed, Gap, Online, Presence, Reach, RegisterLine, WorkState
from engagement.measure import Rating, rating, weighted_mean
from engagement.period import period
from engagement.recent import Window, recent
from engagement.standing import Standing
from ingest.demo.habits import Kind
from ingest.demo.signins import PASSWORD, SIGN_INS
from ingest.demo.stories import STORIES, Story
from pages import open_to
from policy.settings import Settings
from policy.wording import BLAME, COLOURS, EVERYWHERE, HEALTH, LABELS, VERDICTS, found
from privacy.labels import SYSTEMS
from tests.apptest import SCRIPT, opened, sent
from tests.engagement.made import TODAY, facts, timeline, work
from tests.engagement.test_example import EXAMPLES
from tests.tree import ROOT, name, parsed

RULES = policy.current().engagement
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
BOXES = ("as-table", "worked-out", "suggested", "earlier", "something-wrong")
"""Boxes of the student's pages that are filled when they are opened."""


# The list itself


@pytest.mark.parametrize(
    "planted",
    [
        "You are at risk.",
        "You are an at-risk student.",
        "You are failing two modules.",
        "A problem student.",
        "You are predicted to withdraw.",
        "You seem disengaged.",
        "Your status is red.",
        "Amber",
        "Your attendance is poor.",
        "You are ranked 40th of 45.",
        "You should have handed this in.",
        "You skipped four classes.",
        "You only went: only 2 of 8.",
        "Three unauthorised absences.",
        "You are likely to drop out.",
    ],
)
def test_the_list_catches_what_is_planted(planted):
    assert found(planted, EVERYWHERE)


@pytest.mark.parametrize(
    "planted", ["Are you ill?", "This may be depression.", "You look stressed.", "Poor health"]
)
def test_the_list_catches_a_guess_about_health(planted):
    assert found(planted, HEALTH)


@pytest.mark.parametrize(
    "planted", ["Your engagement: Low", "◔ Low", "31 of 100", "Your score fell", "Very low"]
)
def test_the_list_catches_a_label_that_is_not_explained(planted):
    assert found(planted, LABELS)


@pytest.mark.parametrize(
    "harmless",
    [
        "In the last two teaching weeks you went to 2 of 8 classes.",
        ":gray[Ordered by module] :blue-badge[now]",
        "followed by the allowance, still to come, registered, coloured",
        "as low as possible",
    ],
)
def test_the_list_lets_plain_words_be(harmless):
    assert not found(harmless, (*EVERYWHERE, *HEALTH, *LABELS))


# The pages, with every story


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[dict[str, str]]:
    """The demo with an account for every story; the words that are names, to be left out."""
    home = tmp_path_factory.mktemp("demo") / "home"
    with pytest.MonkeyPatch.context() as change:
        change.setenv("LA_HOME", str(home))
        change.delenv("LA_DATABASE_URL", raising=False)
        change.setattr(start, "now", lambda: NOW)
        change.setattr(bcrypt, "gensalt", partial(bcrypt.gensalt, 4))  # the cheapest hashes
        done = CliRunner().invoke(program.app, ["demo", "--students", "240", "--json"])
        assert done.exit_code == 0, done.output
        data_access.start(Settings(home=home))
        policy.use(home / "policy")
        have = {one.key for one in SIGN_INS}
        job = Viewer.service("demo")
        for story in STORIES:
            if story.key not in have:
                accounts.add(
                    job, story.key, story.key.lower(), PASSWORD, [Role.STUDENT], NOW, reason="A test"
                )
        with Session(database.stores().core) as session:
            named = [*session.scalars(select(Module.title)), *session.scalars(select(Course.title))]
            persons = {
                row.key: row.person for row in session.execute(select(SourceKey.key, SourceKey.person))
            }
        yield {"persons": persons, "named": sorted(set(named), key=len, reverse=True)}
    database.stores().core.dispose()
    database.stores().log.dispose()
    policy.use(None)


@contextmanager
def reading(demo, story: Story) -> Iterator[AppTest]:
    """The application as the student of the story sees it."""
    ticket = sessions.begin_session(demo["persons"][story.key], Ceremony.PASSWORD, NOW)
    token = sessions.redeem(ticket, "A test", NOW)
    with patch("auth.sessions.cookie", return_value=token), patch("auth.sessions.now", return_value=NOW):
        yield AppTest.from_file(SCRIPT, default_timeout=30)


def own_words(demo, text: str) -> str:
    """The text without the titles of modules and courses, which are the university's."""
    for title in demo["named"]:
        text = text.replace(title, "…")
    return text


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.kind)
@pytest.mark.parametrize("page", open_to(Role.STUDENT), ids=lambda page: page.url)
def test_no_page_of_a_student_says_what_no_student_may_read(demo, story, page):
    with reading(demo, story) as app:
        opened(app.run(), page)
        for box in BOXES:
            app.session_state[box] = True
        text = own_words(demo, sent(app.run()))
        assert not app.exception
    assert found(text, EVERYWHERE) == []
    if page.url == "engagement":
        # The boxes were open: the sum is there, for everybody who is rated.
        assert ("÷" in text) == (story.kind is not Kind.LEAVER)
        places = policy.current().support
        for place in (*places.place, places.out_of_hours):
            text = text.replace(place.name, "…").replace(place.helps_with, "…")
        assert found(text, HEALTH) == []


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.kind)
def test_no_label_and_no_score_is_on_a_students_first_page_until_it_is_asked_for(demo, story):
    with reading(demo, story) as app:
        app.run()
        shown = [
            element.value for kind in (app.title, app.header, app.subheader, app.markdown) for element in kind
        ]
    assert found(own_words(demo, "\n".join(shown)), LABELS) == []


# The sentences, with everything that a student's year can hold


DAYS = policy.current().calendar.window(TODAY, 28)
DAY = st.sampled_from([*DAYS, TODAY - timedelta(days=60), TODAY + timedelta(days=10)])
PAST = st.sampled_from(DAYS)


@st.composite
def years(draw):
    """Facts of one module: some days online, registers, work, gaps and feeds of every kind."""
    gap = st.builds(
        Gap, st.sampled_from(SYSTEMS), st.sampled_from([None, "M1"]), PAST, st.just(TODAY), st.just("A gap.")
    )
    piece = st.builds(
        lambda on, state, extended: work(on, state, extended=extended),
        DAY,
        st.sampled_from(WorkState),
        st.booleans(),
    )
    agreed = st.builds(Agreed, DAY, st.sampled_from([None, "Review"]), st.none(), st.just(TODAY))
    reach = draw(st.dictionaries(st.sampled_from(SYSTEMS), st.builds(Reach, PAST, st.just(TODAY))))
    return facts(
        online=[Online(on, "M1", 3, TODAY) for on in sorted(draw(st.sets(PAST)))],
        registers=[
            RegisterLine(on, "M1", presence, TODAY)
            for on, presence in draw(st.lists(st.tuples(PAST, st.sampled_from(Presence)), max_size=8))
        ],
        work=draw(st.lists(piece, max_size=6)),
        gaps=draw(st.lists(gap, max_size=2)),
        agreed=draw(st.lists(agreed, max_size=3)),
        reach=reach or facts().reach,
    )


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(years(), st.sampled_from([14, 28]))
def test_no_sentence_about_a_students_own_days_judges_blames_or_labels(known, length):
    days = policy.current().calendar.window(TODAY, length)
    now = period(known, days, length, RULES.excused)
    said = [
        comparison.own(timeline(known)),
        comparison.finding(timeline(known)),
        comparison.figures(timeline(known)),
        *counted.counted(known, now, ()),
        *counted.missing(known, now, ()),
        *ahead.steps(known, now, TODAY),
    ]
    assert found("\n".join(said), (*EVERYWHERE, *HEALTH, *LABELS)) == []


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(EXAMPLES, max_size=3), st.booleans(), st.sampled_from([None, date(2026, 11, 2)]))
def test_what_a_student_reads_when_they_ask_is_explained_and_judges_nobody(examples, windowed, last_online):
    modules = tuple(rated(one, RULES) for one in examples)
    score = weighted_mean((module.credits, module.score) for module in modules)
    window = Window(DAYS[0], TODAY, 14, 14) if windowed else None
    standing = Standing(
        course="History",
        stage=2,
        mode="full-time",
        rating=rating(score, RULES.bands),
        scores=((TODAY, score),),
        as_of=TODAY,
        modules=modules,
        recent=recent(modules, window, RULES, last_online),
    )
    said = [sentences.same_facts([standing]), explanation.total(standing), explanation.bands(RULES)]
    said += [
        part
        for one in modules
        for line in explanation.lines(one, RULES)
        for part in (line.counted, line.working)
    ]
    assert found("\n".join(said), (*EVERYWHERE, *HEALTH)) == []
    if standing.rating is not Rating.NOT_ENOUGH:
        assert "÷" in explanation.total(standing)


# Every string in the code whose text a student reads


ONLY_STAFF = {
    "engagement/tutee.py",
    "engagement/backtest.py",
    "engagement/grounds.py",
    "engagement/evidence.py",
    "engagement/feeds.py",
    "engagement/checked.py",
    "engagement/record_fault.py",
    "engagement/refused.py",
}
"""Modules of `engagement` of which nothing is shown to a student."""
SHOWN = (
    "account",
    "contacts",
    "copies",
    "dispute_box",
    "dispute_list",
    "held",
    "looks",
    "notice_box",
    "notice_text",
    "password",
    "rights_",
    "explanation",
    "freshness",
    "heading",
    "measure_",
    "messages_",
    "own_week",
    "support",
    "timeline_",
)
"""Components of a student's pages, by the beginning of their names."""


def read_by_students():
    parts = [f for f in sorted((ROOT / "engagement").glob("*.py")) if name(f) not in ONLY_STAFF]
    drawn = [f for f in sorted((ROOT / "components").glob("*.py")) if f.stem.startswith(SHOWN)]
    pages = [page.script for page in open_to(Role.STUDENT)]
    frame = [
        ROOT / "web" / f"{stem}.py"
        for stem in ("before", "faults", "frame", "navigation", "reminders", "without_script")
    ]
    copies = [
        ROOT / "privacy" / f"{stem}.py"
        for stem in ("dispute", "dispute_decisions", "looked", "pack_page", "pack_supplement", "pack_words")
    ]
    return [*parts, *drawn, *pages, *frame, *copies, ROOT / "auth" / "refusals.py"]


def strings(file) -> list[str]:
    """Every string of the file that has a space or a capital, without docstrings; a refusal's is its sentence."""
    tree = parsed(file)
    documented = (ast.Module, ast.FunctionDef, ast.ClassDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    # A string that stands alone after an assignment says what the assignment is for, to readers of the code.
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    left_out = set() if file.name == "refusals.py" else docs | notes
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in left_out
        and re.search(r"\s|^[A-Z]", node.value)
    ]


@pytest.mark.parametrize("file", read_by_students(), ids=name)
def test_no_string_that_a_student_may_read_says_what_none_may(file):
    said = "\n".join(strings(file))
    assert found(said, EVERYWHERE) == []
    if file.name != "promises.py":  # it names what is never used
        assert found(said, HEALTH) == []


def test_the_shipped_places_of_support_speak_of_no_verdict_and_no_blame():
    places = support.section(policy.current().support)
    assert (
        found("\n".join((*places.sentences, *places.points, *places.notes)), (*VERDICTS, *BLAME, *COLOURS))
        == []
    )


def test_a_planted_string_would_be_found_in_the_code(tmp_path):
    file = tmp_path / "planted.py"
    file.write_text('"""Docs may say failing."""\nsaid = f"You are {1} of the failing students"\n', "utf-8")
    assert found("\n".join(strings(file)), EVERYWHERE) == ["failing"]
