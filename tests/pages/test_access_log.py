"""The page Access log: what stands out first, a day on request, the chain checked, and nobody by name unasked."""

from datetime import timedelta

from sqlalchemy import update

from auth.permissions import Act, Action
from auth.viewer import Viewer
from data_access import anchors, gate
from data_access.access_log import pseudonym
from data_access.tables import AccessLine
from pages import PAGES
from privacy.labels import Category
from privacy.purposes import Duty, Purpose
from tests.apptest import opened, sent, signed_in
from tests.cast import ADA, BEN, NOW, ROS

PAGE = next(page for page in PAGES if page.url == "access-log")
LOOK = Act(Action.READ, Category.ENGAGEMENT, Purpose.IDENTIFY)


def looked_at_night() -> None:
    with gate.reading(ADA.viewer, BEN.id, LOOK, NOW - timedelta(hours=11)):
        pass


def press(app, label):
    next(b for b in app.button if b.label == label).click().run()


def test_what_stands_out_comes_first_and_a_colleague_is_named_when_asked(rated):
    looked_at_night()
    with signed_in(ROS) as app:
        opened(app.run(), PAGE)
        shown = sent(app)
        assert "A record opened out of hours" in shown
        assert pseudonym(ADA.number)[:12] in shown
        assert ADA.family not in shown
        app.selectbox[0].select(pseudonym(ADA.number))
        press(app, "Tell me the name")
        assert app.info[0].value == f"{pseudonym(ADA.number)[:12]} is Ada Okonkwo\\-Byrne."


def test_the_chain_is_checked_on_request_and_says_where_it_breaks(rated):
    looked_at_night()
    with signed_in(ROS) as app:
        opened(app.run(), PAGE)
        assert "never been anchored" in app.warning[0].value
        anchors.drop(Viewer.service("audit"), NOW)
        press(app, "Check the chain now")
        assert app.success[0].value.startswith("The chain holds")
        assert "Last anchored 23 Nov 2026, 10:00" in sent(app)
        rated.change(update(AccessLine).where(AccessLine.seq == 1).values(actor="somebody else"))
        press(app, "Check the chain now")
        assert app.error[0].value.startswith("The chain is broken at line 1.")


def test_a_day_of_the_log_opens_under_its_tab(rated):
    looked_at_night()
    with signed_in(ROS) as app:
        app.session_state["part"] = "By day"
        opened(app.run(), PAGE)
        assert [box.label for box in app.selectbox] == ["Role", "What was done"]
        assert len(app.dataframe[0].value) >= 1
        assert set(app.dataframe[0].value["Outcome"]) == {"allowed"}
        said = set(app.dataframe[0].value["What for"])
        assert said <= {one.words for one in (*Purpose, *Duty)}
