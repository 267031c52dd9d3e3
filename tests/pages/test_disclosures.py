"""Disclosures on the page of information compliance: written down there, read by the student they are about."""

import pytest
from sqlalchemy import insert

from components import disclosures as register
from data_access import disclosures
from data_access.tables import SourceKey
from pages import PAGES
from privacy.disclosed import Ground
from privacy.labels import Source
from tests.apptest import opened, sent, signed_in
from tests.cast import BEN, NOW, ROS, TODAY

PAGE = {page.url: page for page in PAGES}
RECIPIENT = "Harrow County Court"


@pytest.fixture
def known(university):
    university.change(insert(SourceKey).values(system=Source.STUDENT_RECORDS, key="W1", person=BEN.number))


def on_the_register(app):
    opened(app.run(), PAGE["consents"])
    app.session_state["part"] = "Disclosures"
    return app.run()


def write_down(app, evidence):
    texts = {
        "The student’s number in student records": "W1",
        "Organisation that received it": RECIPIENT,
        "What it rests on": evidence,
    }
    for one in app.text_input:
        one.set_value(texts.get(one.label, ""))
    app.text_area[0].set_value("Dates of attendance in October")
    next(one for one in app.radio if one.label == "On which ground").set_value(Ground.COURT_ORDER.words)
    next(one for one in app.button if one.label == "Write it down").click()
    return app.run()


def test_compliance_writes_it_down_and_reads_it_without_a_name(known):
    with signed_in(ROS) as app:
        assert register.NOTHING in sent(on_the_register(app))
        write_down(app, "Order 26/114 of 3 November 2026")
        assert not app.exception
        assert not app.error
        (frame,) = app.dataframe
        assert frame.value["To"].tolist() == [RECIPIENT]
        assert BEN.family not in sent(app)
    (own,) = disclosures.own(BEN.viewer, NOW)
    assert (own.recipient, own.given_on) == (RECIPIENT, TODAY)


def test_what_is_missing_is_said_and_nothing_is_written(known):
    with signed_in(ROS) as app:
        write_down(on_the_register(app), "An order")
        assert [one.value for one in app.error] == [
            "Please say in at least 15 characters what it rests on: the action agreed to, or the provision of law."
        ]
    assert disclosures.all_of(ROS.viewer, NOW) == ()


def test_the_student_reads_it_on_my_data(known):
    with signed_in(ROS) as app:
        write_down(on_the_register(app), "Order 26/114 of 3 November 2026")
    with signed_in(BEN) as app:
        assert RECIPIENT in sent(opened(app.run(), PAGE["my-data"]))
