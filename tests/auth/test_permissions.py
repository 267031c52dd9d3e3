"""The table of grants: default deny, no unknown word, and who is never in it."""

import pytest

from auth.permissions import Act, Action, Relation, grants, readable, relations
from auth.viewer import Role
from privacy.labels import Category
from privacy.purposes import Duty, Purpose, basis

LOOK = Act(Action.READ, Category.ENGAGEMENT, Purpose.IDENTIFY)
ABOUT_STUDENTS = {
    Category.IDENTITY,
    Category.COURSE,
    Category.ENGAGEMENT,
    Category.ASSESSMENT,
    Category.RESEARCH,
    Category.SUGGESTION,
}


def lasting(role):
    """What the role may do with students' records, but for the hour of an emergency."""
    found = [g for g in grants() if g.role is role and g.act.category in ABOUT_STUDENTS]
    return [g for g in found if g.relation is not Relation.BREAK_GLASS]


def test_every_role_is_in_the_table():
    assert {grant.role for grant in grants()} == set(Role)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
def test_who_does_not_teach_or_help_has_no_relation_to_a_students_record(role):
    assert not lasting(role)


@pytest.mark.parametrize(
    ("role", "relation", "categories"),
    [
        (Role.SENIOR_TUTOR, Relation.ESCALATED, ABOUT_STUDENTS),
        (Role.ADVISER, Relation.SHARED_ACTION, {Category.IDENTITY}),
    ],
)
def test_who_helps_reads_only_the_students_handed_to_them(role, relation, categories):
    found = lasting(role)
    assert {g.relation for g in found} == {relation}
    assert {g.act.action for g in found} == {Action.READ}
    assert {g.act.category for g in found} <= categories


def test_compliance_reads_a_students_record_only_to_answer_an_open_request():
    found = lasting(Role.COMPLIANCE)
    assert {(g.act.action, g.relation, g.act.basis) for g in found} == {
        (Action.READ, Relation.OPEN_CASE, Duty.RIGHTS)
    }


def test_an_emergency_opens_records_for_reading_alone_and_never_notes_or_plans():
    found = [g for g in grants() if g.relation is Relation.BREAK_GLASS]
    assert {g.role for g in found} == {Role.SENIOR_TUTOR, Role.ADVISER, Role.COMPLIANCE, Role.ADMINISTRATOR}
    assert {(g.act.action, g.act.basis) for g in found} == {(Action.READ, Duty.EMERGENCY)}
    assert not {g.act.category for g in found} & {Category.SUPPORT, Category.SENSITIVE, Category.CONSENT}


def test_nobody_but_a_job_may_act_on_everyone():
    assert {g.role for g in grants() if g.relation is Relation.EVERYONE} == {Role.SERVICE}


def test_an_act_that_is_not_in_the_table_is_denied():
    assert relations(Role.TUTOR, Act(Action.WRITE, Category.ENGAGEMENT, Purpose.IDENTIFY)) == frozenset()
    assert relations(Role.TUTOR, Act(Action.READ, Category.ENGAGEMENT, Purpose.EQUALITY)) == frozenset()


def test_columns_are_readable_only_where_the_act_itself_is():
    assert readable(Role.TUTOR, LOOK, Category) == ABOUT_STUDENTS
    assert readable(Role.MANAGER, LOOK, Category) == frozenset()


@pytest.mark.parametrize("word", ["ukvi", "discipline", "marketing", "", "Identify"])
def test_there_is_no_seventh_purpose(word):
    assert len(Purpose) == 6
    with pytest.raises(ValueError, match=word or "valid"):
        basis(word)


def test_a_duty_is_named_like_a_purpose():
    assert basis("rights") is Duty.RIGHTS
