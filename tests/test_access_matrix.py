"""Role × record × function, through `data_access`: an independent table of who sees whom, and canaries.

Nothing here asks the policy what it thinks: the expected answers are written down a second time, by hand.
"""

import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auth.permissions import Act, Action, Relation, relations
from auth.refusals import Refusal
from auth.viewer import Role, Viewer
from data_access import sources, timelines, tutees
from privacy.labels import Category
from privacy.purposes import Duty, Purpose
from tests.cast import ADA, BEN, CAL, CAST, NOBODY, NOW, STUDENTS, TIM, TOM, Member
from tests.conftest import University
from tests.data_access.test_layout import for_viewers
from tests.own_tests import DRIVEN_BY, INNER, OWN_TESTS
from tests.tree import everything, name

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
    "sources.freshness": {Role.STUDENT, Role.TUTOR, Role.SENIOR_TUTOR, Role.ADMINISTRATOR},
}
"""Below the gate: reached by no page, and kept from pages by the import contracts."""


DOTTED = re.compile(r"\b[a-z_]+\.[a-z_]+\b")


@pytest.fixture
def rated(store, as_rated) -> University:
    return as_rated(store)


@pytest.mark.parametrize("function", ABOUT_ONE)
def test_one_record_opens_as_the_table_says_and_holds_no_other_persons_canary(rated, function):
    for asking, asked in itertools.product(CAST, STUDENTS):
        if (asking, asked) in OPENS:
            shown = repr(ABOUT_ONE[function](asking.viewer, asked.id))
            assert all(canary in shown for canary in asked.canaries)
            assert not _others(asked, shown)
        else:
            with pytest.raises(Refusal) as refused:
                ABOUT_ONE[function](asking.viewer, asked.id)
            assert not _others(None, repr(refused.value))


@pytest.mark.parametrize("function", ABOUT_ONE)
def test_a_student_who_does_not_exist_opens_for_nobody(rated, function):
    for asking in CAST:
        with pytest.raises(Refusal):
            ABOUT_ONE[function](asking.viewer, NOBODY)


@pytest.mark.parametrize("function", ABOUT_MANY)
def test_a_list_holds_whom_the_table_says_and_nobody_else(rated, function):
    lists = (Role.STUDENT, Role.TUTOR, Role.SENIOR_TUTOR)  # Sue's is empty while nobody is passed on to her
    for asking in CAST:
        mine = {asked for who, asked in OPENS if who is asking}
        try:
            shown = repr(ABOUT_MANY[function](asking.viewer))
        except Refusal:
            shown = ""
        assert bool(shown) == (asking.role in lists and asking is not TIM)
        assert [s.given for s in STUDENTS if (s.family in shown) != (s in mine)] == []


def test_how_fresh_the_sources_are_is_told_to_those_whose_pages_say_it(rated):
    for asking in CAST:
        if asking.role in ABOUT_NOBODY["sources.freshness"] and asking is not TIM:
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
        return _whose(role, Role.STUDENT, Role.TUTOR, Role.SENIOR_TUTOR)
    if category is Category.SUGGESTION and why is Purpose.IDENTIFY:
        # A student and a senior tutor read, a tutor answers too.
        return _whose(role, Role.TUTOR, *((Role.STUDENT, Role.SENIOR_TUTOR) if read else ()))
    if category is Category.CONSENT and why is Purpose.AGREE:
        return _whose(role, Role.STUDENT, Role.TUTOR)
    if category is Category.CONSENT and why is Duty.AUDIT:  # the register
        return frozenset({Relation.NOBODY} if read and role is Role.COMPLIANCE else ())
    if category is Category.SENSITIVE and why is Purpose.AGREE:
        return _whose(role, Role.TUTOR, *((Role.STUDENT,) if read else ()))
    if category is Category.SENSITIVE and why is Purpose.FOLLOW_UP:
        return _whose(role, *((Role.ADVISER,) if read else ()))
    if category is Category.DISPOSAL and why is Duty.RETENTION:
        return frozenset({Relation.NOBODY} if role is Role.COMPLIANCE else ())
    if why in SUPPORTING:
        return _by_hand_of_support(role, category, read, why)
    if category in (Category.MESSAGE, Category.IDENTITY, Category.COURSE) and why is Purpose.COMMUNICATE:
        if category is Category.MESSAGE and not read:
            return _whose(role, Role.TUTOR)
        return _whose(role, Role.STUDENT, Role.TUTOR) if read else frozenset()
    if why is Duty.RIGHTS:
        return _by_hand_of_rights(role, category, read)
    if why is Duty.EMERGENCY:
        return _by_hand_in_an_emergency(role, category, read)
    if category is Category.ACCOUNT and why is Duty.SECURITY:
        return frozenset({Relation.SELF})
    if category is Category.SOURCES and read:
        asked = {
            Role.STUDENT: Purpose.IDENTIFY,
            Role.TUTOR: Purpose.IDENTIFY,
            Role.SENIOR_TUTOR: Purpose.IDENTIFY,
            Role.ADMINISTRATOR: Duty.SECURITY,
        }
        return frozenset({Relation.NOBODY} if asked.get(role) is why else ())
    if category is Category.SOURCES and role is Role.ADMINISTRATOR and why is Duty.SECURITY:
        return frozenset({Relation.NOBODY})  # loads a file, and decides about rows in quarantine
    if category is Category.ROLES and role is Role.ADMINISTRATOR and why is Duty.SECURITY:
        return frozenset({Relation.NOBODY})
    if category is Category.PUBLISHED and not read:  # a second person approves a release
        return frozenset({Relation.NOBODY} if role is Role.COMPLIANCE and why is Purpose.EQUALITY else ())
    if category is Category.PUBLISHED:
        asked = {Role.MANAGER: Purpose.EQUALITY, Role.COMPLIANCE: Duty.AUDIT}
        return frozenset({Relation.NOBODY} if asked.get(role) is why else ())
    if (
        category is Category.RIGHTS
    ):  # one that came by post is entered; what is over is counted, without a name
        return frozenset({Relation.NOBODY} if role is Role.COMPLIANCE and why is Duty.AUDIT else ())
    if category is Category.NOTICE:  # every version, and a new one
        return frozenset({Relation.NOBODY} if role is Role.COMPLIANCE and why is Duty.AUDIT else ())
    if category is Category.REGISTER:  # what was disclosed, and the review of emergencies
        return frozenset({Relation.NOBODY} if role is Role.COMPLIANCE and why is Duty.AUDIT else ())
    if category is Category.ACCESS_LOG and read and role is Role.COMPLIANCE and why is Duty.AUDIT:
        return frozenset({Relation.NOBODY})
    return frozenset()


FOR_NO_COPY = (Category.SHARED_ACTION, Category.COVERAGE)
"""What no column of a student's own record is."""
FOR_AN_ANSWER = (
    Category.IDENTITY,
    Category.COURSE,
    Category.ENGAGEMENT,
    Category.ASSESSMENT,
    Category.SUGGESTION,
    Category.SUPPORT,
    Category.MESSAGE,
    Category.ROLES,
    Category.SOURCES,
    Category.RIGHTS,
    Category.DISPOSAL,
    Category.REGISTER,
    Category.ACCESS_LOG,
)
"""What compliance looks at while a request of the student is open."""
IN_AN_EMERGENCY = (Category.CONTACT, *(c for c in FOR_AN_ANSWER[:4]), Category.RESEARCH)
"""What one student's record opens of itself for an hour: who they are, how they are reached, and their year."""


def _by_hand_in_an_emergency(role: Role, category: Category, read: bool) -> frozenset[Relation]:
    """Four roles declare one, and then read a part of one student's record; a tutor needs none for a tutee."""
    if role not in (Role.SENIOR_TUTOR, Role.ADVISER, Role.COMPLIANCE, Role.ADMINISTRATOR):
        return frozenset()
    if category is Category.REGISTER and not read:
        return frozenset({Relation.NOBODY})
    return frozenset({Relation.BREAK_GLASS} if read and category in IN_AN_EMERGENCY else ())


def _by_hand_of_rights(role: Role, category: Category, read: bool) -> frozenset[Relation]:
    """A student reads all that is held about them; compliance a part, in an open case, and nobody else."""
    if role is Role.STUDENT and (category not in FOR_NO_COPY if read else category is Category.RIGHTS):
        return frozenset({Relation.SELF})
    if role is Role.COMPLIANCE and (category in FOR_AN_ANSWER if read else category is Category.RIGHTS):
        return frozenset({Relation.OPEN_CASE})
    return frozenset()


SUPPORTING = (Purpose.OFFER, Purpose.AGREE, Purpose.FOLLOW_UP)
WHOSE = {
    Role.STUDENT: Relation.SELF,
    Role.TUTOR: Relation.TUTEE,
    Role.SENIOR_TUTOR: Relation.ESCALATED,
    Role.ADVISER: Relation.SHARED_ACTION,
}


def _whose(role: Role, *roles: Role) -> frozenset[Relation]:
    return frozenset({WHOSE[role]} if role in roles else ())


def _by_hand_of_support(
    role: Role, category: Category, read: bool, why: Purpose | Duty
) -> frozenset[Relation]:
    """Offers, meetings, plans and notes are both sides' own; two roles beside them see a part, and by name."""
    both, follows = (Role.STUDENT, Role.TUTOR), why is Purpose.FOLLOW_UP
    senior = (Role.SENIOR_TUTOR,) if why in (Purpose.AGREE, Purpose.FOLLOW_UP) else ()
    adviser = (Role.ADVISER,) if follows else ()
    match category:
        case Category.SUPPORT if read:
            return _whose(role, *both, *senior)
        case Category.SUPPORT:
            return _whose(role, *both, *(senior if follows else ()))  # a senior tutor ends a passing on
        case Category.IDENTITY if read:
            return _whose(role, *both, *senior, *adviser)
        case Category.COURSE if read:
            return _whose(role, *both, *senior)
        case Category.SUGGESTION if read:
            return _whose(role, *both)
        case Category.ENGAGEMENT if read and follows:
            return _whose(role, *both)  # before and after a plan
        case Category.SUGGESTION if why is Purpose.OFFER:
            return _whose(role, Role.TUTOR)
        case Category.SHARED_ACTION:
            return _whose(role, *adviser)
        case Category.COVERAGE if read and follows and role is Role.SENIOR_TUTOR:
            return frozenset({Relation.NOBODY})
    return frozenset()


def test_every_module_of_data_access_has_tests_of_its_own():
    here = Path(__file__).parents[1]
    found = {
        path.stem for path in (here / "data_access").iterdir() if path.stem not in ("__init__", "__pycache__")
    }
    named = {name.split(".")[0] for name in (*ABOUT_ONE, *ABOUT_MANY, *ABOUT_NOBODY)} | set(OWN_TESTS) | INNER
    assert found <= named, f"say where these are tested: {sorted(found - named)}"
    assert all((here / path).is_file() for path in OWN_TESTS.values())


def test_every_public_function_of_data_access_is_called_by_a_test():
    files = [f for f in everything() if name(f).startswith("tests/") and f.stem != "who_may"]
    said = "\n".join(file.read_text("utf-8") for file in files)
    assert [function for function, test in DRIVEN_BY.items() if f"def {test}(" not in said] == []
    uncalled = set(for_viewers()) - set(DOTTED.findall(said)) - set(DRIVEN_BY)
    assert not uncalled, f"no test calls these: {sorted(uncalled)}"


def _others(own: Member | None, shown: str) -> list[str]:
    return [c for student in STUDENTS if student is not own for c in student.canaries if c in shown]
