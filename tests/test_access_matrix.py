"""Role × record × function, through `data_access`: an independent table of who sees whom, and canaries.

Nothing here asks the policy what it thinks: the expected answers are written down a second time, by hand.
"""

import inspect
import itertools
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from auth.permissions import Act, Action, Relation, relations
from auth.refusals import Refusal
from auth.viewer import Role, Viewer
from data_access import ratings, sources, timelines, tutees
from privacy.labels import Category
from privacy.purposes import Duty, Purpose
from tests.cast import ADA, BEN, CAL, CAST, NOBODY, NOW, STUDENTS, TOM, Member
from tests.conftest import University

OPENS = {(ADA, BEN), (TOM, CAL), (BEN, BEN), (CAL, CAL)}
"""Who may open whose record. Dee has finished: neither she nor Ada is here."""

ABOUT_ONE: dict[str, Callable[[Viewer, str], Any]] = {
    "timelines.year": lambda viewer, student: timelines.year(viewer, student, NOW),
}
ABOUT_MANY: dict[str, Callable[[Viewer], Any]] = {
    "tutees.overview": lambda viewer: tutees.overview(viewer, NOW),
    "tutees.in_order": lambda viewer: tutees.in_order(viewer, NOW),
}
ABOUT_NOBODY = {
    "sources.freshness": {Role.STUDENT, Role.TUTOR, Role.ADMINISTRATOR},
}
OWN_TESTS = {
    "access_log": "tests/data_access/test_access_log.py",
    "accounts": "tests/data_access/test_accounts.py",
    "backtest": "tests/data_access/test_backtest.py",
    "cohorts": "tests/data_access/test_cohorts.py",
    "coming_classes": "tests/data_access/test_coming_classes.py",
    "cover": "tests/data_access/test_cover.py",
    "credentials": "tests/data_access/test_credentials.py",
    "own_sessions": "tests/data_access/test_sessions.py",
    "people_and_roles": "tests/data_access/test_people_and_roles.py",
    "published": "tests/data_access/test_backtest.py",
    "roles": "tests/data_access/test_accounts.py",
    "sessions": "tests/data_access/test_sessions.py",
    "suggesting": "tests/data_access/test_suggestions.py",
    "suggestion_answers": "tests/data_access/test_suggestions.py",
    "source_gaps": "tests/data_access/test_source_runs.py",
    "source_runs": "tests/data_access/test_source_runs.py",
    "leases": "tests/data_access/test_leases.py",
    "loads": "tests/data_access/test_loads.py",
    "record_faults": "tests/data_access/test_record_faults.py",
    "quarantine": "tests/data_access/test_quarantine.py",
    "ratings": "tests/data_access/test_ratings.py",
    "gate": "tests/data_access/test_gate.py",
}
INNER = {
    "taught_modules",
    "module_scores",
    "outcomes",
    "prepared",
    "recorded",
    "recorded_beside",
    "reach",
    "standing",
    "passwords",
    "database",
    "keys",
    "scope",
    "facts",
    "day_number",
    "records",
    "migrations",
    "tables",
    "engine",
    "week_rows",
    "grounds",
    "grounds_rows",
    "known_days",
    "suggestions",
    "research_rows",
    "research_scores",
}
"""Below the gate: reached by no page, and kept from pages by the import contracts."""


@pytest.fixture
def rated(university: University) -> University:
    ratings.refresh(Viewer.service("rate"), NOW)
    return university


@pytest.mark.parametrize("function", ABOUT_ONE)
@pytest.mark.parametrize(("asking", "asked"), list(itertools.product(CAST, STUDENTS)), ids=lambda m: m.given)
def test_one_record_opens_as_the_table_says_and_holds_no_other_persons_canary(rated, function, asking, asked):
    if (asking, asked) in OPENS:
        shown = repr(ABOUT_ONE[function](asking.viewer, asked.id))
        assert all(canary in shown for canary in asked.canaries)
        assert not _others(asked, shown)
        return
    with pytest.raises(Refusal) as refused:
        ABOUT_ONE[function](asking.viewer, asked.id)
    assert not _others(None, repr(refused.value))


@pytest.mark.parametrize("function", ABOUT_ONE)
@pytest.mark.parametrize("asking", CAST, ids=lambda m: m.given)
def test_a_student_who_does_not_exist_opens_for_nobody(rated, function, asking):
    with pytest.raises(Refusal):
        ABOUT_ONE[function](asking.viewer, NOBODY)


@pytest.mark.parametrize("function", ABOUT_MANY)
@pytest.mark.parametrize("asking", CAST, ids=lambda m: m.given)
def test_a_list_holds_whom_the_table_says_and_nobody_else(rated, function, asking):
    mine = {asked for who, asked in OPENS if who is asking}
    try:
        shown = repr(ABOUT_MANY[function](asking.viewer))
    except Refusal:
        shown = ""
        assert asking.role not in (Role.TUTOR, Role.STUDENT) or asking.given == "Tim"
    for student in STUDENTS:
        assert (student.family in shown) == (student in mine and bool(shown))
    assert bool(shown) == (asking.role in (Role.TUTOR, Role.STUDENT) and asking.given != "Tim")


@pytest.mark.parametrize("asking", [m for m in CAST if m.given != "Tim"], ids=lambda m: m.given)
def test_how_fresh_the_sources_are_is_told_to_those_whose_pages_say_it(rated, asking):
    if asking.role in ABOUT_NOBODY["sources.freshness"]:
        assert sources.freshness(asking.viewer, NOW)
    else:
        with pytest.raises(Refusal):
            sources.freshness(asking.viewer, NOW)


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SERVICE])
def test_every_cell_of_the_policy_is_what_was_written_down_by_hand(role, category):
    for action, why in itertools.product(Action, (*Purpose, *Duty)):
        assert relations(role, Act(action, category, why)) == _by_hand(role, category, action, why)


def _by_hand(role: Role, category: Category, action: Action, why: Purpose | Duty) -> frozenset[Relation]:
    """The table of permissions as a person would say it."""
    read = action is Action.READ
    studies = (
        Category.IDENTITY,
        Category.COURSE,
        Category.ENGAGEMENT,
        Category.ASSESSMENT,
        Category.RESEARCH,
    )
    if category in studies and read and why is Purpose.IDENTIFY:
        related = {Role.STUDENT: Relation.SELF, Role.TUTOR: Relation.TUTEE}
        return frozenset({related[role]} if role in related else ())
    if category is Category.SUGGESTION and why is Purpose.IDENTIFY:
        related = {Role.STUDENT: Relation.SELF, Role.TUTOR: Relation.TUTEE}
        mine = role in related and (read or role is Role.TUTOR)  # a student reads, a tutor answers too
        return frozenset({related[role]} if mine else ())
    if category is Category.ACCOUNT and why is Duty.SECURITY:
        return frozenset({Relation.SELF})
    if category is Category.SOURCES and read:
        asked = {
            Role.STUDENT: Purpose.IDENTIFY,
            Role.TUTOR: Purpose.IDENTIFY,
            Role.ADMINISTRATOR: Duty.SECURITY,
        }
        return frozenset({Relation.NOBODY} if asked.get(role) is why else ())
    if category is Category.SOURCES and role is Role.ADMINISTRATOR and why is Duty.SECURITY:
        return frozenset({Relation.NOBODY})  # loads a file, and decides about rows in quarantine
    if category is Category.ROLES and role is Role.ADMINISTRATOR and why is Duty.SECURITY:
        return frozenset({Relation.NOBODY})
    if category is Category.PUBLISHED and read:
        asked = {Role.MANAGER: Purpose.EQUALITY, Role.COMPLIANCE: Duty.AUDIT}
        return frozenset({Relation.NOBODY} if asked.get(role) is why else ())
    if category is Category.ACCESS_LOG and read and role is Role.COMPLIANCE and why is Duty.AUDIT:
        return frozenset({Relation.NOBODY})
    return frozenset()


def test_every_public_function_of_data_access_is_in_the_matrix_or_has_its_own_tests():
    here = Path(__file__).parents[1]
    named = {name.split(".")[0] for name in (*ABOUT_ONE, *ABOUT_MANY, *ABOUT_NOBODY)} | set(OWN_TESTS) | INNER
    found = {
        path.stem for path in (here / "data_access").iterdir() if path.stem not in ("__init__", "__pycache__")
    }
    assert found <= named, f"put these in the matrix: {sorted(found - named)}"
    assert all((here / path).is_file() for path in OWN_TESTS.values())
    for module in ("timelines", "tutees", "sources"):
        functions = _public(module)
        missing = functions - set(ABOUT_ONE) - set(ABOUT_MANY) - set(ABOUT_NOBODY)
        assert not missing, f"put these in the matrix: {sorted(missing)}"


def _public(module: str) -> set[str]:
    loaded = import_module(f"data_access.{module}")
    return {
        f"{module}.{name}"
        for name, found in inspect.getmembers(loaded, inspect.isfunction)
        if found.__module__ == loaded.__name__ and not name.startswith("_")
    }


def _others(own: Member | None, shown: str) -> list[str]:
    return [c for student in STUDENTS if student is not own for c in student.canaries if c in shown]
