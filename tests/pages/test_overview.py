"""Tutoring overview and the student passed on, as a senior tutor sees them: counts, reasons, and what opens."""

import pytest
from sqlalchemy import insert, update

from data_access import escalations, notes, plans
from data_access.tables import ConversationOffer, Escalation, RoleGrant, SuggestedTalk, Tutoring
from engagement.suggestion import Rule
from engagement.suggestion import State as SuggestionState
from pages import PAGES
from support import offer
from support.offer import Format
from support.plan import State as PlanState
from tests.apptest import opened, sent, signed_in
from tests.cast import ADA, BEN, CAL, CAST, DEE, NOBODY, NOW, STUDENTS, SUE, TIM, TODAY, TOM
from tests.data_access.supporting import AIM, in_state
from tests.shared import HOUR, rows

OVERVIEW = next(page for page in PAGES if page.url == "tutoring-overview")
STUDENT = next(page for page in PAGES if page.url == "passed-on")
WHY = "I shall be away until the new year"
CAME = "We spoke, and Ben has a new tutor"


@pytest.fixture
def passed(rated):
    escalations.pass_on(ADA.viewer, BEN.id, SUE.id, WHY, NOW)
    return rated


def pressed(app, label: str):
    next(button for button in app.button if button.label == label).click()
    return app.run()


def of_ben(app):
    app.query_params["student"] = BEN.id
    return opened(app.run(), STUDENT)


def offers_unanswered():
    row = {"tutor": ADA.number, "made_by": ADA.number, "format": Format.VIDEO, "place": "", "text": ""}
    row |= {"enrolment": 1, "state": offer.State.UNANSWERED}
    return [insert(ConversationOffer).values(id=n, made_at=NOW - n * HOUR, **row) for n in (1, 2)]


def test_the_counts_of_the_whole_stand_at_the_top(rated):
    rated.change(update(Tutoring).where(Tutoring.enrolment == 2).values(last=TODAY.replace(day=1)))
    rated.change(*offers_unanswered())
    with signed_in(SUE) as app:
        opened(app.run(), OVERVIEW)
        assert [(one.label, one.value) for one in app.metric] == [
            ("Students", "2"),
            ("Without a tutor today", "1"),
            ("Not reached", "1"),
        ]


def test_each_tutor_has_a_line_who_has_most_waiting_first(rated):
    row = {"rule": Rule.QUIET, "as_of": 1, "last": 1, "amount": 10, "of": 0, "policy": "1"}
    row |= {"state": SuggestionState.RAISED, "raised_at": NOW - 8 * 24 * HOUR}
    rated.change(insert(SuggestedTalk).values(id=90, enrolment=1, **row), *offers_unanswered())
    with signed_in(SUE) as app:
        opened(app.run(), OVERVIEW)
        (table,) = [one.value for one in app.table]
        assert table.to_dict("records") == [
            {
                "Tutor": "Ada Okonkwo\\-Byrne  \n:small[:gray[1 tutee]]",
                "Waits for the tutor": "**1 suggestion**",
                "In touch": "0 meetings in 4 weeks, 0 in 8; 1 not met for 8 weeks; 1 not reached",
            },
            {
                "Tutor": "Tom Ffoulkes  \n:small[:gray[1 tutee]]",
                "Waits for the tutor": "nothing",
                "In touch": "0 meetings in 4 weeks, 0 in 8; 1 not met for 8 weeks",
            },
        ]
        app.selectbox(key="order").set_value("name").run()
        assert [one.split()[0] for one in app.table[0].value["Tutor"]] == ["Ada", "Tom"]
        app.text_input(key="search").input("ffoul").run()
        assert [one.split("  ")[0] for one in app.table[0].value["Tutor"]] == ["Tom Ffoulkes"]
        app.text_input(key="search").input("zzz").run()
        assert "No tutor has that name." in [one.value for one in app.info]


def test_without_anybody_passed_on_the_page_says_what_will_stand_here_and_names_no_student(rated):
    in_state(PlanState.ACTIVE)
    with signed_in(SUE) as app:
        opened(app.run(), OVERVIEW)
        assert app.info[0].value.startswith("No student is passed on to you at present.")
        text = sent(app)
    assert not [word for one in STUDENTS for word in (*one.canaries, one.id) if word in text]
    assert AIM not in text


def test_of_a_university_without_tutors_the_page_says_so(rated):
    rated.change(update(Tutoring).values(last=TODAY.replace(day=1)))
    with signed_in(SUE) as app:
        opened(app.run(), OVERVIEW)
        assert not app.table
        assert app.info[1].value.startswith("No tutor stands here yet")


def test_the_student_passed_on_stands_there_with_the_reason_and_nobody_else(passed):
    with signed_in(SUE) as app:
        opened(app.run(), OVERVIEW)
        said = "\n".join(one.value for one in app.markdown)
        text = sent(app)
    assert "**Ben Quaverley**, Quaverley Studies" in said
    assert f"Passed on by Ada Okonkwo\\-Byrne on 23 November 2026: “{WHY}”" in said
    assert not [word for one in (CAL, DEE) for word in one.canaries if word in text]


def test_the_senior_tutor_ends_it_with_what_came_of_it_and_the_record_shuts(passed):
    with signed_in(SUE) as app:
        opened(app.run(), OVERVIEW)
        app.text_area(key="end-1-text").input("Done")
        pressed(app, "End it")
        assert [one.value for one in app.error] == [
            "Please write at least 15 characters. The student reads it too."
        ]
        app.text_area(key="end-1-text").input(CAME)
        pressed(app, "End it")
        assert not app.exception
        assert app.info[0].value.startswith("No student is passed on to you at present.")
        assert BEN.family not in sent(app)
        of_ben(app)
        assert BEN.family not in sent(app)
    (one,) = escalations.of(BEN.viewer, None, NOW)
    assert (one.runs, one.outcome) == (False, CAME)


def test_an_end_after_the_tutor_has_taken_it_back_changes_nothing(passed):
    with signed_in(SUE) as app:
        opened(app.run(), OVERVIEW)
        escalations.end(ADA.viewer, BEN.id, "I am back, and we met", NOW)
        app.text_area(key="end-1-text").input(CAME)
        pressed(app, "End it")
    assert rows(passed, Escalation.outcome) == ["I am back, and we met"]


def test_the_record_holds_timeline_plans_and_notes_to_be_read_and_nothing_to_decide(passed):
    in_state(PlanState.ACTIVE)
    note = notes.begin(ADA.viewer, BEN.id, "Heliotrope: what we talked about", NOW)
    notes.share(ADA.viewer, BEN.id, note, 1, NOW)
    plans.draft(ADA.viewer, BEN.id, "Snapdragon aim", TODAY.replace(month=12), [], None, NOW)
    notes.begin(ADA.viewer, BEN.id, "Snapdragon draft", NOW)
    with signed_in(SUE) as app:
        of_ben(app)
        assert not app.exception
        assert app.title[0].value == "Ben Quaverley"
        text = sent(app)
        for word in (WHY, AIM, "Heliotrope", "Make a list of open work", "Quaverley Studies"):
            assert word in text
        assert "Snapdragon" not in text
        names = ("propose", "done-", "drop-", "close", "note-correct", "plan-", "amend", "talk-", "no-")
        assert not [one.key for one in app.button if (one.key or "").startswith(names)]
        assert not app.text_area


@pytest.mark.parametrize("asked", [CAL.id, DEE.id, NOBODY, "' or 1=1 --"])
def test_anybody_else_is_refused_with_the_same_words(passed, asked):
    with signed_in(SUE) as app:
        app.query_params["student"] = asked
        opened(app.run(), STUDENT)
        said = [one.value for one in (*app.error, *app.info, *app.warning)]
        assert not [word for one in STUDENTS for word in one.canaries if word in sent(app)]
    assert said == ["There is no student here whose record is open to you."]


def test_without_a_student_in_the_address_the_page_says_where_to_choose_one(passed):
    with signed_in(SUE) as app:
        opened(app.run(), STUDENT)
        assert app.markdown[0].value.startswith("This page shows one student who was passed on to you.")
        assert BEN.family not in sent(app)


def test_another_senior_tutor_sees_the_counts_and_no_student(passed):
    grant = update(RoleGrant).where(RoleGrant.person == TOM.number).values(role=SUE.role)
    passed.change(grant)
    with signed_in(TOM) as app:
        opened(app.run(), OVERVIEW)
        assert [one.value for one in app.metric] == ["2", "0", "0"]
        assert BEN.family not in sent(app)
        of_ben(app)
        assert BEN.family not in sent(app)


@pytest.mark.parametrize("page", [OVERVIEW, STUDENT], ids=lambda page: page.url)
@pytest.mark.parametrize("member", [m for m in CAST if m not in (SUE, TIM)], ids=lambda m: m.given)
def test_nobody_else_has_the_pages(passed, member, page):
    with signed_in(member) as app, pytest.raises(ValueError, match="senior"):
        opened(app.run(), page)
