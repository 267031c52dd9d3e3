"""Marks of support on the timeline: each step on its day, alike for tutor and student, and nothing of a draft."""

from datetime import timedelta
from html import escape

import pytest

from auth.refusals import Refusal
from auth.viewer import Viewer
from components import timeline_chart, timeline_rows
from data_access import (
    escalations,
    meeting_steps,
    notes,
    offer_answers,
    offering,
    offers,
    plan_actions,
    plans,
    ratings,
    shared_with_me,
    sharing,
    support_marks,
    support_records,
    timelines,
)
from engagement import words
from engagement.marks import Mark, Outcome
from support.offer import Format, Invitation
from support.plan import Outcome as Outcomes
from support.plan import State
from tests.cast import ADA, AVI, BEN, CAL, NOW, SUE, TODAY, TOM
from tests.data_access.supporting import ADVISED, AIM, OWN, REVIEW, agree, drafted, in_state, of
from web import timeline_pdf

DAY = timedelta(days=1)
INVITED = Invitation(Format.VIDEO, "A link", "Shall we have a chat?", 30, (NOW + DAY, NOW + 2 * DAY))


def marks(at=NOW) -> tuple[Mark, ...]:
    """What both see."""
    for_tutor = support_marks.days(ADA.viewer, BEN.id, at)
    assert for_tutor == support_marks.days(BEN.viewer, None, at)
    return for_tutor


def said(at=NOW) -> list[str]:
    return [mark.sentence for mark in marks(at)]


def test_a_conversation_is_marked_from_the_offer_to_the_day_it_was_held(store):
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    (one,) = offers.of(BEN.viewer, None, NOW)
    meeting = offer_answers.accept(BEN.viewer, one.id, one.slots[0].id, NOW)
    ahead = Mark(
        TODAY + DAY,
        "Conversation",
        "Conversation with Ada Okonkwo-Byrne, video call: planned.",
        Outcome.AHEAD,
    )
    assert marks()[-1] == ahead
    assert said(NOW + 2 * DAY)[-1].endswith("not recorded yet as held or not.")
    meeting_steps.hold(ADA.viewer, BEN.id, meeting, NOW + 2 * DAY)
    assert said(NOW + 2 * DAY) == [
        "A conversation was offered by Ada Okonkwo-Byrne.",
        "A time was agreed by Ben Quaverley.",
        "Conversation with Ada Okonkwo-Byrne, video call: held.",
    ]


def test_nothing_of_a_draft_is_marked_for_either_side(store):
    drafted()
    notes.begin(ADA.viewer, BEN.id, "Mine alone", NOW)
    assert marks() == ()


def test_the_record_of_support_is_the_same_for_both_sides_and_there_for_nobody_else(store):
    plan = in_state(State.ACTIVE)
    offer = offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    for record in (support_records.of(ADA.viewer, BEN.id, NOW), support_records.of(BEN.viewer, None, NOW)):
        assert ([one.id for one in record.plans], [one.id for one in record.offers]) == ([plan], [offer])
    for asking, student in ((TOM, BEN.id), (SUE, BEN.id), (AVI, BEN.id), (CAL, BEN.id), (ADA, None)):
        with pytest.raises(Refusal):
            support_records.of(asking.viewer, student, NOW)


def test_a_plan_is_marked_with_its_actions_on_their_days(store):
    in_state(State.ACTIVE, OWN, ADVISED)
    (plan,) = of()
    own = next(one for one in plan.actions if one.text == OWN.text)
    plan_actions.done(BEN.viewer, None, own.id, TODAY, "", NOW)
    assert {(mark.on, mark.sentence, mark.outcome) for mark in marks()} == {
        (TODAY, f"Plan “{AIM}” proposed by Ada Okonkwo-Byrne.", Outcome.NONE),
        (TODAY, f"Plan “{AIM}” agreed by Ben Quaverley.", Outcome.NONE),
        (TODAY, f"“{OWN.text}”: done.", Outcome.DONE),
        (ADVISED.due, f"“{ADVISED.text}”, due {words.short_day(ADVISED.due)}: open.", Outcome.AHEAD),
        (REVIEW, f"Plan “{AIM}”: to be looked at again.", Outcome.AHEAD),
    }
    late = ADVISED.due + DAY
    assert [m.outcome for m in marks(NOW + (late - TODAY)) if m.on == ADVISED.due] == [Outcome.MISSED]


def test_the_day_to_look_at_a_plan_again_is_marked_while_it_runs(store):
    def coming(at=NOW):
        return [(m.on, m.outcome) for m in marks(at) if m.sentence.endswith("to be looked at again.")]

    plan = in_state(State.PROPOSED)
    assert coming() == []
    agree(plan)
    assert coming(NOW + (REVIEW - TODAY)) == [(REVIEW, Outcome.AHEAD)]
    assert coming(NOW + (REVIEW - TODAY) + DAY) == [(REVIEW, Outcome.MISSED)]
    plans.review(ADA.viewer, BEN.id, plan, "Well", "Well", REVIEW + 7 * DAY, NOW)
    assert coming() == [(REVIEW + 7 * DAY, Outcome.AHEAD)]
    plans.close(ADA.viewer, BEN.id, plan, Outcomes.HELPED, "", NOW)
    assert coming() == []


def test_each_time_that_an_action_was_shared_is_marked_with_what_came_back(store):
    plan = in_state(State.PROPOSED, ADVISED)
    action = of()[0].actions[0].id
    agree(plan, action)
    for n, outcome in enumerate(("I could not reach Ben", "We made a timetable")):
        at = NOW + n * DAY
        share = sharing.share(ADA.viewer, BEN.id, action, AVI.id, "To find a timetable that works", at)
        shared_with_me.report(AVI.viewer, BEN.id, share, outcome, False, at)
    told = [(m.on, m.sentence) for m in marks(NOW + DAY) if "Avi" in m.sentence]
    shared = f"“{ADVISED.text}” was shared with Avi Rosenthal by Ada Okonkwo-Byrne."
    came = f"Avi Rosenthal said what came of “{ADVISED.text}”."
    assert told == [(TODAY, shared), (TODAY, came), (TODAY + DAY, shared), (TODAY + DAY, came)]
    assert [one.outcome for one in of(BEN)[0].actions[0].shares] == [
        "I could not reach Ben",
        "We made a timetable",
    ]


def test_help_that_was_asked_of_a_senior_tutor_is_marked_with_its_end(store):
    escalations.pass_on(ADA.viewer, BEN.id, SUE.id, "He did not answer three offers", NOW)
    asked = "Ada Okonkwo-Byrne asked Sue Adeyemi, senior tutor, to help."
    assert [(m.on, m.word, m.sentence) for m in marks()] == [(TODAY, "Senior tutor", asked)]
    escalations.end(SUE.viewer, BEN.id, "We have met and talked", NOW + DAY)
    assert said(NOW + DAY) == [asked, "The help of Sue Adeyemi, senior tutor, ended."]


def everything() -> None:
    """A mark of each kind."""
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    in_state(State.ACTIVE, OWN, ADVISED)
    notes.share(ADA.viewer, BEN.id, notes.begin(ADA.viewer, BEN.id, "We talked", NOW), 1, NOW)
    escalations.pass_on(ADA.viewer, BEN.id, SUE.id, "He did not answer three offers", NOW)


@pytest.mark.parametrize("student", [BEN.id, None])
def test_the_chart_and_the_table_of_both_tell_every_mark(university, student):
    ratings.refresh(Viewer.service("rate"), NOW)
    everything()
    viewer = ADA.viewer if student else BEN.viewer
    found = support_marks.days(viewer, student, NOW)
    year = timelines.year(viewer, student, NOW).marked(found)
    drawn = timeline_chart.figure(year).to_dict()
    told = "".join(text for t in drawn["data"] for text in t.get("hovertext") or ()).replace("<br>", " ")
    assert [m.sentence for m in found if _close(escape(m.sentence)) not in _close(told)] == []
    rows = [row["In a sentence"] for row in timeline_rows.marks(year)]
    assert {mark.sentence for mark in found} <= set(rows)
    axes = [of for axis, of in drawn["layout"].items() if axis.startswith("yaxis")]
    named = {word for axis in axes for word in axis.get("ticktext", ())}
    assert {"Conversation", "Support plan", "Note", "Senior tutor"} <= named


def _close(text: str) -> str:
    """Without the places where a line may break."""
    return "".join(text.split())


@pytest.mark.parametrize("student", [BEN.id, None])
def test_the_paper_of_both_tells_every_mark(university, student, monkeypatch):
    ratings.refresh(Viewer.service("rate"), NOW)
    everything()
    handed = []
    monkeypatch.setattr(timeline_pdf, "pdf", lambda content, at: handed.append(content) or b"")
    viewer = ADA.viewer if student else BEN.viewer
    timeline_pdf._made(viewer, "Who asks", {"student": BEN.id}, NOW)
    told = str(handed)
    assert [m.sentence for m in support_marks.days(ADA.viewer, BEN.id, NOW) if m.sentence not in told] == []


def test_a_note_is_marked_when_it_is_written_and_approved(store):
    note = notes.begin(ADA.viewer, BEN.id, "We talked", NOW)
    notes.share(ADA.viewer, BEN.id, note, 1, NOW)
    notes.approve(BEN.viewer, note, 2, NOW + DAY)
    assert [(mark.on, mark.sentence) for mark in marks(NOW + DAY)] == [
        (TODAY, "Note written by Ada Okonkwo-Byrne."),
        (TODAY + DAY, "Note approved by Ben Quaverley."),
    ]


def test_the_year_takes_further_marks_in_their_places(store):
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    year = timelines.year(ADA.viewer, BEN.id, NOW)
    more = year.marked([Mark(TODAY, "Later", "later"), Mark(TODAY - DAY, "Sooner", "sooner")])
    assert [mark.word for mark in more.marks][-2:] == ["Sooner", "Later"]
