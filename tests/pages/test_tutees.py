"""My tutees, as the cast sees it."""

import json

from sqlalchemy import update

from data_access.tables import Tutoring
from tests.apptest import sent, signed_in
from tests.cast import ADA, BEN, CAL, DEE, TOM


def table(app):
    """What the table was handed."""
    return json.loads(app.get("bidi_component")[0].proto.json)


def test_the_page_says_in_a_sentence_who_may_need_a_conversation(rated):
    with signed_in(ADA) as app:
        app.run()
        assert [t.value for t in app.title] == ["My tutees"]
        assert "Your one tutee does not stand out this week." in [m.value for m in app.markdown]


def test_a_row_leads_to_the_timeline_by_an_opaque_id_alone(rated):
    with signed_in(ADA) as app:
        data = table(app.run())
        assert [row["id"] for row in data["rows"]] == [BEN.id]
        assert data["address"] == "timeline"
        assert str(BEN.number) not in json.dumps(data["rows"][0]["id"])
        assert not [m for m in (CAL, DEE) if m.family in sent(app)]


def test_a_tutor_without_tutees_reads_what_will_stand_here(rated):
    with rated.session() as session, session.begin():
        session.execute(update(Tutoring).where(Tutoring.tutor == TOM.number).values(tutor=ADA.number))
    with signed_in(TOM) as app:
        app.run()
        said = [m.value for m in app.markdown]
        assert any(s.startswith("Nobody is your tutee at present.") for s in said)
        assert not app.get("bidi_component")
        assert not app.text_input


def test_where_nothing_matches_the_page_says_so(rated):
    with signed_in(ADA) as app:
        app.run()
        app.text_input(key="search").input("nobody of that name").run()
        assert [i.value for i in app.info] == ["No tutee matches. Take a filter away to see more."]
        assert not app.get("bidi_component")


def test_the_page_ends_with_how_fresh_each_system_is(rated):
    with signed_in(ADA) as app:
        app.run()
        assert (
            "Data up to: Student records Sun 22 Nov · VLE Sun 22 Nov · Timetable Sun 22 Nov · Attendance Sun 22 Nov"
        ) in [c.value for c in app.caption]
