"""What waits for information compliance, in counts: what is due, breaches with their clock, and reviews."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, update

from auth.refusals import NotOpenToYourRole
from data_access import breaches, compliance_waiting, digest, emergencies, emergency_reviews, own_requests
from data_access.access_log import pseudonym
from data_access.tables import Message, RightsCase, SourceKey
from privacy.breach import NewBreach, OfBreach
from privacy.breach import State as Breach
from privacy.break_glass import Declare, Ground, Review
from privacy.break_glass import State as Reviewed
from privacy.case_decisions import Ask
from privacy.due import Due
from privacy.labels import Source
from privacy.request import Kind, State
from tests.cast import ADA, BEN, CAL, CAST, EVE, MO, NOW, ROS, SUE, TODAY
from tests.data_access.asking import LATER, asked, begun, does, letter
from tests.data_access.telling import JOB, rows, rules

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WHY = "A flatmate says that he has not been seen since Friday."


def due(at=NOW) -> Due:
    return compliance_waiting.due(ROS.viewer, at)


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [
        (-1, Due(overdue=1)),
        (0, Due(this_week=1)),
        (6, Due(this_week=1)),
        (7, Due()),
        (None, Due(this_week=1)),
    ],
)
def test_a_request_is_counted_in_the_week_in_which_it_is_due_and_from_the_day_after_it_is_late(
    store, ahead, expected
):
    asked()
    store.change(update(RightsCase).values(due=None if ahead is None else TODAY + ahead * DAY))
    assert due() == expected


def test_what_waits_for_the_student_or_is_over_or_is_not_the_teams_is_in_no_count(store):
    reference = begun(Kind.ACCESS, NOW)
    over = own_requests.ask(CAL.viewer, Ask(Kind.ERASURE, "All"), NOW)
    store.change(update(RightsCase).values(due=TODAY - DAY))
    assert due().overdue == 2
    does(reference, letter(State.CLARIFYING, "Which of your three courses do you mean?"), NOW)
    own_requests.take_back(CAL.viewer, over, NOW)
    assert due(LATER) == Due()


def test_a_breach_is_counted_with_the_hours_that_are_left_until_it_is_decided(store):
    breaches.carry_out(ROS.viewer, NewBreach("A register was lost", None, NOW - 41 * HOUR), NOW)
    breaches.carry_out(ROS.viewer, NewBreach("A second one", None, NOW - HOUR), NOW)
    assert (due().breaches, due().breach_by) == (2, NOW + 31 * HOUR)
    assert [said for _, said in due().sentences(NOW)] == ["2 breaches wait for a decision: 31 hours left."]
    late = NOW + 32 * HOUR
    assert [said for _, said in due(late).sentences(late)] == [
        "2 breaches wait for a decision: the 72 hours are over."
    ]
    for one in breaches.all_of(ROS.viewer, NOW):
        breaches.carry_out(ROS.viewer, OfBreach(one.id, Breach.REPORTED, "Told by telephone"), NOW)
    assert due() == Due()


def test_an_emergency_waits_for_the_review_of_somebody_else(store):
    store.change(insert(SourceKey).values(system=Source.STUDENT_RECORDS, key="W1", person=BEN.number))
    for member in (SUE, ROS):
        emergencies.declare(member.viewer, Declare("W1", Ground.VITAL_INTERESTS, WHY), NOW)
        assert due() == Due(emergencies=1)
    (hers,) = (one for one in emergency_reviews.all_of(ROS.viewer, NOW) if not one.own)
    emergency_reviews.carry_out(ROS.viewer, Review(hers.id, Reviewed.JUSTIFIED, WHY), NOW)
    assert due() == Due()


def test_nobody_else_is_told(store):
    for member in (ADA, BEN, SUE, MO, EVE):
        with pytest.raises(NotOpenToYourRole):
            compliance_waiting.due(member.viewer, NOW)


def test_an_officer_reads_of_it_in_the_weekly_e_mail_in_counts_without_a_name(store, monkeypatch):
    rules(monkeypatch, digest={"address": "{username}@staff.example"}, sending={"host": "127.0.0.1"})
    digest.write(JOB, NOW)
    assert [row for row in rows(store) if row["to"] == ROS.number] == []
    asked()
    breaches.carry_out(ROS.viewer, NewBreach("A register was lost", None, NOW), NOW)
    store.change(update(RightsCase).values(due=TODAY - DAY), delete(Message))
    digest.write(JOB, NOW)
    (body,) = [row["body"] for row in rows(store) if row["to"] == ROS.number]
    assert [line.partition(":")[0] for line in body.splitlines() if line.startswith("- ")] == [
        "- 1 request that is past the day of the answer",
        "- 1 breach that waits for a decision",
    ]
    assert "/requests" in body
    assert not [m for m in CAST if m.family in body or m.id in body or pseudonym(m.number) in body]
