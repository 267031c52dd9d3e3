"""Emergency access on its pages: declared with a reason, red above every page, ended, reviewed by somebody else."""

import pytest
from sqlalchemy import insert, select

from data_access import emergencies
from data_access.tables import ContactDetail, ContactKind, Emergency, EmergencyStep, SourceKey
from pages import PAGES
from privacy.break_glass import Declare, Ground, State
from privacy.labels import Source
from tests.apptest import opened, sent, signed_in
from tests.cast import ADA, BEN, CAL, NOW, ROS, SUE

PAGE = {page.url: page for page in PAGES}
WAY = "ben.canary-8d2x@mail.university.example"
WHY = "Nobody has seen him since Friday; security asks."


@pytest.fixture
def known(rated):
    """Ben has a number in student records, and a way to reach him."""
    rated.change(
        insert(SourceKey).values(system=Source.STUDENT_RECORDS, key="W1", person=BEN.number),
        insert(ContactDetail).values(enrolment=1, kind=ContactKind.EMAIL, value=WAY, run=1),
    )
    return rated


def declare(by=SUE):
    emergencies.declare(by.viewer, Declare("W1", Ground.VITAL_INTERESTS, WHY), NOW)


def press(app, label):
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception


def shown(app):
    """All that was sent, without what keeps words from being markup."""
    return sent(app).replace("\\", "")


def said(app):
    return "\n".join(one.value for one in (*app.error, *app.markdown, *app.caption))


def test_it_takes_the_whole_number_a_ground_and_a_reason(known):
    with signed_in(SUE) as app:
        opened(app.run(), PAGE["emergency"])
        press(app, "Open the record for 60 minutes")
        assert "give the student’s number and choose" in app.error[0].value
        app.text_input[0].input("w1")
        app.radio[0].set_value(Ground.VITAL_INTERESTS.words)
        app.text_area[0].input("Help")
        press(app, "Open the record for 60 minutes")
        assert "30 characters" in app.error[0].value
        app.text_area[0].input(WHY)
        press(app, "Open the record for 60 minutes")
        assert WAY in shown(app)
    assert emergencies.running(SUE.viewer, NOW)


def test_it_is_red_above_every_page_until_it_is_ended_and_then_nothing_opens(known):
    declare()
    with signed_in(SUE) as app:
        opened(app.run(), PAGE["tutoring-overview"])
        assert "Emergency access is open until 11:00" in app.error[0].value
        opened(app, PAGE["emergency"])
        assert WAY in shown(app)
        press(app, "Close it now")
        assert not [one for one in app.error if "Emergency access" in one.value]
        assert WAY not in shown(app)


def test_nobody_else_has_the_page_or_the_banner(known):
    declare()
    for member in (ADA, BEN, CAL):
        with signed_in(member) as app:
            app.run()
            assert not [one for one in app.error if "Emergency" in one.value]
            assert PAGE["emergency"] not in [p for p in PAGES if member.role in p.roles]


def test_compliance_reviews_it_and_does_not_see_whom_it_was_about(known):
    declare()
    with signed_in(ROS) as app:
        opened(app.run(), PAGE["emergency"])
        assert "to be reviewed by" in said(app)
        assert BEN.family not in shown(app)
        press(app, "Write down the review")
        assert "choose what the review found" in app.error[0].value
        app.radio[0].set_value(State.JUSTIFIED)
        next(one for one in app.text_area if one.label == "Why").input("Security confirmed that it was so.")
        press(app, "Write down the review")
    with known.session() as session:
        assert session.scalars(select(Emergency.state)).all() == [State.JUSTIFIED]
        assert len(session.scalars(select(EmergencyStep.id)).all()) >= 2


def test_nobody_reviews_their_own(known):
    declare(ROS)
    with signed_in(ROS) as app:
        opened(app.run(), PAGE["emergency"])
        assert "You opened this yourself, so a colleague reviews it." in said(app)
        assert "Write down the review" not in [b.label for b in app.button]
