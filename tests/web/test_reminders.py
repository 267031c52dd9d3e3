"""The line above the pages of compliance: what is due stands on each of them, and on nobody else's."""

from datetime import timedelta

from sqlalchemy import update

from data_access import breaches
from data_access.tables import RightsCase
from pages import open_to
from privacy.breach import NewBreach
from tests.apptest import opened, sent, signed_in
from tests.cast import BEN, EVE, NOW, ROS, SUE, TODAY
from tests.data_access.asking import asked

LATE = "1 request is past the day of the answer."
BREACH = "1 breach waits for a decision: 71 hours left."


def test_what_is_due_stands_above_every_page_of_compliance_with_the_way_to_it(university):
    asked()
    university.change(update(RightsCase).values(due=TODAY - timedelta(days=1)))
    breaches.carry_out(ROS.viewer, NewBreach("A list was lost", None, NOW - timedelta(hours=1)), NOW)
    with signed_in(ROS) as app:
        app.run()
        for page in open_to(ROS.role):
            opened(app, page)
            said = "\n".join(one.value for one in app.markdown)
            assert LATE in said, page.url
            assert BREACH in said, page.url
            assert not app.exception, page.url
    for other in (SUE, EVE, BEN):
        with signed_in(other) as app:
            assert LATE not in sent(app.run())
            assert BREACH not in sent(app)


def test_where_nothing_is_due_there_is_no_line(university):
    asked()
    with signed_in(ROS) as app:
        text = sent(app.run())
    assert "-badge[Now]" not in text
    assert "within 7 days" not in text
