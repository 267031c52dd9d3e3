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


def test_every_role_is_in_the_table():
    assert {grant.role for grant in grants()} == set(Role)


@pytest.mark.parametrize(
    "role", [Role.SENIOR_TUTOR, Role.ADVISER, Role.MANAGER, Role.COMPLIANCE, Role.ADMINISTRATOR]
)
def test_no_other_role_has_a_relation_to_a_students_record(role):
    assert not [g for g in grants() if g.role is role and g.act.category in ABOUT_STUDENTS]


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
