"""The notice's health check: each defect of a notice is one line, found in its text, in the blanks or in its age."""

import re
from dataclasses import replace
from datetime import date

import pytest

import policy
from policy import notice
from policy.institution import Institution
from privacy import notice_health
from privacy.notice_health import Topic
from tests.policy.filled_in import INSTITUTION

OURS = policy.current().notice
FULL = Institution(**INSTITUTION)
TODAY = date(2026, 11, 24)


def missing(of=OURS, institution=FULL, today=TODAY, in_folder=OURS):
    """The lines that miss something, with what."""
    found = notice_health.check(of, institution, today, in_folder=in_folder)
    return {line.title: line.missing for line in found if line.missing}


def without(topic):
    """The shipped notice without the mark of this topic, as if nothing in it spoke of it."""
    text = re.sub(rf"\s*\{{#{topic}\}}", "", OURS.text)
    assert text != OURS.text
    return notice.notice("2", OURS.reviewed, "Less.", text)


def test_in_the_shipped_notice_nothing_is_missing_once_the_university_has_filled_in_its_own():
    assert missing() == {}
    assert len(notice_health.check(OURS, FULL, TODAY, in_folder=OURS)) == 14


def test_as_shipped_it_is_the_universitys_own_that_is_missing():
    found = missing(institution=policy.current().institution)
    assert list(found) == [
        "Who is responsible has a name and an address",
        "Questions about Learner Analytics reach somebody",
        "Requests about rights reach somebody",
        "Regulations, retention schedule and complaints procedure can be read",
    ]
    assert found["Questions about Learner Analytics reach somebody"] == ("the contact for Learner Analytics",)
    assert len(found["Regulations, retention schedule and complaints procedure can be read"]) == 4


@pytest.mark.parametrize(
    ("topic", "title"),
    [
        (Topic.OBJECT, "The right to object stands by itself"),
        (Topic.RESTRICT, "Data can be restricted, and consent taken back at any time"),
        (Topic.WITHDRAW, "Data can be restricted, and consent taken back at any time"),
        (Topic.COMPLAIN, "The ways to complain are open"),
        (Topic.AUTOMATED, "It says what is left to a computer, and what is not"),
        (Topic.BASIS, "The agreement at enrolment is kept apart from consent"),
        (Topic.KEPT, "It says how long data are kept"),
        (Topic.PURPOSES, "It names the purposes there are, and no other"),
        *(
            (topic, "All else that the law asks for is said")
            for topic in (
                Topic.CONTROLLER,
                Topic.DATA,
                Topic.SOURCES,
                Topic.SENSITIVE,
                Topic.SEEN,
                Topic.SHARED,
                Topic.ACCESS,
                Topic.CORRECT,
                Topic.ERASE,
            )
        ),
    ],
)
def test_each_subject_left_out_is_found_by_its_own_line(topic, title):
    found = missing(without(topic))
    assert list(found) == [title]
    assert len(found[title]) == 1


def test_every_subject_is_checked():
    assert all(missing(without(topic)) for topic in Topic)


def test_a_heading_with_nothing_below_it_covers_nothing():
    text = re.sub(r"(## How long it is kept \{#kept\}\n).*?(?=\n## )", r"\1", OURS.text, flags=re.DOTALL)
    assert list(missing(notice.notice("2", OURS.reviewed, "Less.", text))) == [
        "It says how long data are kept"
    ]


def test_the_right_to_object_may_not_be_one_point_among_others():
    text = OURS.text.replace("{#object}", "{#object #withdraw}").replace("consent {#withdraw}", "consent")
    assert list(missing(notice.notice("2", OURS.reviewed, "Mixed.", text))) == [
        "The right to object stands by itself"
    ]


def test_a_seventh_purpose_is_found():
    text = OURS.text.replace("- Writing to you", "- Checking visas.\n- Writing to you")
    assert missing(notice.notice("2", OURS.reviewed, "More.", text)) == {
        "It names the purposes there are, and no other": ("one point for each of the 6 purposes; it has 7",)
    }


@pytest.mark.parametrize(
    ("reviewed", "due"),
    [
        (date(2026, 11, 23), date(2027, 11, 23)),
        (date(2023, 8, 31), date(2024, 8, 31)),
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_it_is_to_be_looked_over_a_year_after_the_last_time(reviewed, due):
    of = replace(OURS, reviewed=reviewed)
    assert notice_health.review_due(of) == due
    assert missing(of, today=due.replace(day=due.day - 1)) == {}
    assert missing(of, today=due) == {
        "It was looked over in the last twelve months": (f"its yearly review, due on {due.day} {due:%B %Y}",)
    }


def test_a_text_changed_under_the_same_version_is_found():
    changed = replace(OURS, text=OURS.text.replace("pencil", "calculator"))
    assert list(missing(in_folder=changed)) == ["What was published has not been changed since"]
    assert missing(in_folder=replace(changed, version="2027-1")) == {}
