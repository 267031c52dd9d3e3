"""The words of a student's pages in the code: the sentences that are put together, and every string within reach."""

import ast
import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import policy
from auth.viewer import Role
from components import support
from engagement import ahead, comparison, counted, explanation, sentences
from engagement.example import rated
from engagement.facts import Agreed, Gap, Online, Presence, Reach, RegisterLine, WorkState
from engagement.measure import Rating, rating, weighted_mean
from engagement.period import period
from engagement.recent import Window, recent
from engagement.standing import Standing
from pages import open_to
from policy.wording import BLAME, COLOURS, EVERYWHERE, HEALTH, LABELS, VERDICTS, found
from privacy.labels import SYSTEMS
from tests.engagement.made import TODAY, facts, timeline, work
from tests.engagement.test_example import EXAMPLES
from tests.tree import ROOT, imported, name, parsed, reached

RULES = policy.current().engagement
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


STAFF_ROUTES = {"registers.py", "releases.py"}
"""Routes of `web` that hand out what is for the compliance team and managers alone."""
LISTS = {"policy/wording.py", "support/wording.py"}
"""The forbidden words themselves, and what a writer is told who used one."""
NAMES_HEALTH = {
    "components/consent_cards.py": "what consent is asked for",
    "components/meeting_cards.py": "leave it out of a reason",
    "components/note_box.py": "a note is not the place for it",
    "components/offer_form.py": "nobody need say anything about it",
    "components/plan_form.py": "a plan is not the place for it",
    "engagement/promises.py": "what is never used",
    "pages/__init__.py": "a page of the compliance team: Notice health check",
    "policy/services.py": "what may not be loaded",
    "policy/wording.py": "the list of such words",
    "privacy/break_glass.py": "danger to somebody, the ground of an emergency",
    "privacy/characteristics.py": "what the student told the university, in a copy of it",
    "support/wording.py": "what a message never names",
}
"""The files that name health, and what they say with it: of nobody, and no guess."""
SHIPPED = ("consent", "institution", "messages", "plans", "support")
"""Files of policy whose words a student reads; the notice has tests of its own."""


def read_by_students() -> list[Path]:
    """Every file that a page of a student's, what is around it, or a route for students imports, at any depth."""
    pages = [page.script for page in open_to(Role.STUDENT)]
    around = [file for file in (ROOT / "web").glob("*.py") if file.name not in STAFF_ROUTES]
    return sorted(reached([*pages, *around]))


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
    left_out = set() if "refusals" in file.parts else docs | notes
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in left_out
        and re.search(r"\s|^[A-Z]", node.value)
    ]


def test_no_string_that_a_student_may_read_says_what_none_may():
    said = {name(file): "\n".join(strings(file)) for file in read_by_students()}
    assert {file: words for file, text in said.items() if (words := found(text, EVERYWHERE))}.keys() <= LISTS
    assert {file for file, text in said.items() if found(text, HEALTH)} == NAMES_HEALTH.keys()


def test_what_a_students_page_imports_is_looked_at_at_any_depth():
    looked_at = set(map(name, read_by_students()))
    for page in open_to(Role.STUDENT):
        own = {f"{full.replace('.', '/')}.py" for full in imported(page.script)}
        assert {file for file in own if (ROOT / file).exists()} <= looked_at
    # Of a component of a component, a route's, and a sentence of data access.
    assert {"components/plan_fields.py", "privacy/pack_words.py", "auth/refusals/__init__.py"} <= looked_at
    # Not what no student is sent.
    assert not {"components/tutee_table.py", "components/cohorts.py", "components/access_log.py"} & looked_at


@pytest.mark.parametrize("file", SHIPPED)
def test_no_shipped_text_says_to_a_student_what_none_may(file):
    with (policy.SHIPPED / f"{file}.toml").open("rb") as stream:
        said = "\n".join(texts(tomllib.load(stream)))
    assert found(said, EVERYWHERE) == []


def texts(value: object) -> Iterator[str]:
    """Every text in a value of TOML, at any depth."""
    match value:
        case str():
            yield value
        case dict():
            yield from (text for one in value.values() for text in texts(one))
        case list():
            yield from (text for one in value for text in texts(one))


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
