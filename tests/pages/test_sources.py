"""Sources, as the administrator sees it."""

import json
from contextlib import contextmanager

import pytest
from sqlalchemy import delete, event, insert, select, update

from auth.refusals.sources import DaysNotOver, NoSuchModule
from data_access import database, timelines
from data_access.tables import (
    FeedGap,
    LoadRun,
    Person,
    QuarantinedRow,
    RunState,
    Tutoring,
    UnmatchedKey,
    VleDay,
    Waiting,
)
from engagement.measure import Rating
from policy.days import number
from privacy.labels import Source
from tests.apptest import sent, signed_in
from tests.cast import ADA, BEN, CAL, DEE, EVE, NOW
from tests.ingest.handing import waiting

GOOD = "student_id,given_name,family_name\n" + "".join(f"w{n:03},Ann,Oakes\n" for n in range(30))
ONE_BAD = GOOD + "w 30,Bob,Marsh\n"


@pytest.fixture
def app(university):
    with signed_in(EVE) as app:
        yield app.run()  # the administrator's first page


def part(app, name):
    app.session_state["part"] = name
    return app.run()


def button(app, label):
    (found,) = [b for b in app.button if b.label == label]
    return found


def said(app):
    return "\n".join(m.value for m in (*app.markdown, *app.info, *app.caption, *app.success, *app.warning))


def handed_in(app, text, name="students.csv"):
    """The file, chosen and checked."""
    part(app, "Load a file")
    app.file_uploader[0].upload(name, text.encode(), "text/csv").run()
    return button(app, "Check the file").click().run()


def test_the_page_begins_with_how_the_four_systems_stand(app):
    assert [t.value for t in app.title] == ["Sources"]
    assert "All four systems are on time." in [m.value for m in app.markdown]
    assert said(app).count("✓ On time") == 4
    assert "Last load: 06:00 on Mon 23 Nov, by the job “test”" in said(app)
    assert "Expected at least every 7 days" in said(app)
    chart = app.get("plotly_chart")[0].proto
    assert "VLE: loaded on 1 day, 3 rows in, of which 3 taken in, 0 quarantined" in chart.alt
    assert len(json.loads(chart.spec)["data"]) == 12


def test_a_system_that_is_late_and_one_never_loaded_are_named_first(university, app):
    with university.session() as session, session.begin():
        session.execute(update(LoadRun).where(LoadRun.id == 2).values(finished_at=NOW.replace(day=20)))
        session.execute(update(LoadRun).where(LoadRun.id == 3).values(state=RunState.FAILED))
    app.run()
    assert "Late: **VLE**. Never loaded: **Timetable**." in [m.value for m in app.markdown]
    assert "▲ Late since 12:00 on Sat 21 Nov" in said(app)
    assert "○ Never loaded" in said(app)


def test_where_nothing_has_been_loaded_the_page_says_where_to_begin(university, app):
    with university.session() as session, session.begin():
        session.execute(update(LoadRun).values(state=RunState.FAILED))
    app.run()
    assert any(
        m.value.startswith("Nothing has been loaded yet: begin with student records") for m in app.markdown
    )
    assert any(i.value.startswith("Nothing has been loaded in the last eight weeks") for i in app.info)
    assert not app.get("plotly_chart")


def test_gaps_and_unknown_keys_are_listed_with_what_to_do(university, app):
    with university.session() as session, session.begin():
        days = {"first": NOW.date().replace(day=16), "last": NOW.date().replace(day=18)}
        session.add(FeedGap(system=Source.ATTENDANCE, module=1, reason="No [reader](x).", **days))
        session.add(UnmatchedKey(run=2, noun="student", key="w*9", rows=7))
    app.run()
    (gaps,) = [t.value for t in app.table]
    assert {
        "System": "Attendance  \n:gray[Module M1]",
        "Days": "16–18 November",
        "Reason": r"No \[reader\]\(x\).",
    } in (gaps.to_dict("records"))
    assert "- **w\\*9** (student, VLE): 7 rows, first seen 06:00 on Mon 23 Nov" in said(app)


def recorded(app, made, system, first, last, module=""):
    """A gap, typed into the form of which so many have been sent before."""
    app.selectbox(key=f"gap-system-{made}").select(system)
    for name, typed in (("first", first), ("last", last), ("module", module), ("why", "Reader [broken](x).")):
        app.text_input(key=f"gap-{name}-{made}").input(typed)
    return button(app, "Record as a gap").click().run()


def test_a_gap_that_is_recorded_takes_its_part_out_of_the_rating_until_it_is_taken_back(rated, app):
    def standing():
        (of_ben,) = timelines.year(ADA.viewer, BEN.id, NOW).standings
        return of_ben.modules[0].parts.attendance, of_ben.rating

    assert standing() == (10_000, Rating.GOOD)
    recorded(app, 0, Source.ATTENDANCE, "10/11/2026", "23/11/2026")
    assert not app.exception
    assert standing() == (None, Rating.PARTIAL)
    assert "Reader [broken](x). There are data of 2 days of it by now." in said(app).replace("\\", "")
    recorded(app, 1, Source.VLE, "10/11/2026", "23/11/2026", "M1")
    assert standing() == (None, Rating.NOT_ENOUGH)
    assert "**VLE, module M1, 10–23 November**" in said(app)
    while back := [b for b in app.button if b.label == "Take back"]:
        back[0].click().run()
    assert standing() == (10_000, Rating.GOOD)


def test_a_gap_that_cannot_be_is_refused_in_a_sentence_and_what_was_typed_stays(app):
    for typed, refusal in (
        (("soon", "23/11/2026"), "Please write days as day/month/year, such as 30/11/2026."),
        (("10/11/2026", "9/11/2026"), DaysNotOver().sentence),
        (("10/11/2026", "24/11/2026"), DaysNotOver().sentence),
        (("10/11/2026", "10/11/2026", "M9"), NoSuchModule().sentence),
    ):
        recorded(app, 0, Source.VLE, *typed)
        assert [e.value for e in app.error] == [refusal]
        assert not app.exception
        assert app.text_input(key="gap-why-0").value == "Reader [broken](x)."


def test_the_form_begins_with_the_latest_days_that_nobody_has_explained(university):
    today = number(NOW.date())
    university.change(delete(VleDay).where(VleDay.day.between(today - 9, today - 6)))
    with signed_in(EVE) as app:
        app.run()
    filled_in = [app.text_input(key=f"gap-{name}-0").value for name in ("first", "last")]
    assert filled_in == ["14/11/2026", "17/11/2026"]


def test_the_table_twin_has_every_load_and_its_counts_add_up(university, app):
    counts = {"rows": 1009, "accepted": 1000, "quarantined": 4, "held_back": 3, "repeated": 2, "corrected": 7}
    with university.session() as session, session.begin():
        session.execute(update(LoadRun).where(LoadRun.id == 4).values(**counts))
    app.session_state["loads-table"] = True
    app.run()
    loads = next(t.value for t in app.table if "Load" in t.value.columns)
    assert len(loads) == 4
    assert list(loads.columns) == ["Load", "File", "Rows"]
    assert loads["Rows"].iloc[0].split("  \n") == [
        "1,009 rows in it",
        "1,000 taken in",
        "4 quarantined",
        "3 held back",
        "2 repeated",
        ":gray[7 corrected]",
    ]


def test_a_file_is_checked_first_and_stored_only_after_a_yes(university, app):
    handed_in(app, GOOD)
    assert not app.exception
    assert "Read as **Our template for Student records**. Of 30 rows: **30 taken in**" in said(app)
    with university.session() as session:
        assert session.scalar(select(Person.number).where(Person.family_name == "Oakes")) is None
    button(app, "Load the file").click().run()
    (done,) = [s.value.replace("\\", "") for s in app.success]
    assert done == "“students.csv” is loaded: 30 rows taken in, 0 quarantined."
    with university.session() as session:
        assert session.scalar(select(LoadRun.started_by).order_by(LoadRun.id.desc()).limit(1)) == "eve"
    assert not [b for b in app.button if b.label == "Load the file"]


def test_many_bad_rows_need_the_box_to_be_ticked(university, app):
    handed_in(app, GOOD[:80] + "w 1,A,B\n")
    assert "more than one in twenty" in said(app)
    button(app, "Load the file").click().run()
    assert [e.value for e in app.error] == [
        "Please tick the box if this is right, or mend the file and check it again."
    ]
    assert waiting() == []
    app.checkbox[0].check()
    button(app, "Load the file").click().run()
    assert not app.exception
    assert len(waiting()) == 1


@pytest.mark.parametrize(("text", "name"), [("", "a.csv"), ("one,two\n1,2\n", "a.csv"), (GOOD, "a.xlsx")])
def test_a_file_that_is_refused_is_one_sentence_and_no_traceback(app, text, name):
    handed_in(app, text, name)
    (refused,) = [e.value for e in app.error]
    assert refused.endswith(".")
    assert not app.exception
    assert not [b for b in app.button if b.label == "Load the file"]


def test_what_a_check_found_is_gone_with_the_file_and_kept_of_it_are_counts_alone(app):
    handed_in(app, ONE_BAD)
    kept = repr(app.session_state["upload"])
    assert "accepted=30" in kept
    assert not [text for text in ("Oakes", "Marsh", "w000", "w 30") if text in kept]
    app.segmented_control(key="upload-system").select(Source.VLE).run()
    assert not [b for b in app.button if b.label == "Load the file"]


def test_a_quarantined_row_is_mended_tried_again_and_gone(university, app):
    handed_in(app, ONE_BAD)
    button(app, "Load the file").click().run()
    assert "1 fault** in quarantined rows" in said(part(app, "Waiting rows"))
    (row,) = waiting()
    assert "**students.csv, line 32**" in said(app).replace("\\", "")
    assert "Marsh" not in sent(app)
    app.text_input(key=f"mend-{row.id}").input("w030")
    button(app, "Try again with what is mended").click().run()
    assert not app.exception
    assert [i.value[:13] for i in app.info] == ["Nothing waits"]
    with university.session() as session:
        assert session.scalar(select(Person.number).where(Person.family_name == "Marsh"))


def test_of_characteristics_nothing_is_shown_and_a_faulty_row_has_no_box_to_mend(university, app):
    rows = [f"w{n:03},103,10,95,1961-02-03" for n in range(30)]
    students = [f"w{n:03},Ann,Oakes" for n in range(30)]
    handed_in(app, "\n".join(["student_id,given_name,family_name", *students]) + "\n")
    button(app, "Load the file").click().run()
    header = "student_id,ethnicity,sex,disability,date_of_birth"
    handed_in(app, "\n".join([header, *rows, "w029,quokka,10,95,1961-02-03"]) + "\n", "characteristics.csv")
    button(app, "Load the file").click().run()
    (done,) = [s.value.replace("\\", "") for s in app.success]
    assert done.endswith("Characteristics of 0 students are kept anew, apart from the records.")
    (row,) = waiting()
    part(app, "Waiting rows")
    assert not app.exception
    assert "Only the file itself can be mended" in said(app)
    assert not [box for box in app.text_input if box.key == f"mend-{row.id}"]
    assert not [trace for trace in ("quokka", "1961", "103") if trace in sent(app)]


def test_a_row_that_is_not_mended_waits_on_and_can_be_set_aside(university, app):
    handed_in(app, ONE_BAD)
    button(app, "Load the file").click().run()
    part(app, "Waiting rows")
    button(app, "Try again with what is mended").click().run()
    (row,) = waiting()
    button(app, "Set the ticked ones aside").click().run()
    assert [e.value for e in app.error] == ["Please tick the rows to set aside."]
    app.checkbox(key=f"aside-{row.id}").check()
    button(app, "Set the ticked ones aside").click().run()
    assert waiting() == []
    with university.session() as session:
        assert session.scalar(select(QuarantinedRow.state)) is Waiting.SET_ASIDE


def test_of_thousands_of_waiting_rows_a_page_fetches_those_it_shows(university, app):
    handed_in(app, ONE_BAD)
    button(app, "Load the file").click().run()
    many(university, 20_000)
    with fetched(university) as rows:
        part(app, "Waiting rows")
    assert len([box for box in app.text_input if str(box.key).startswith("mend-")]) == 10
    assert rows[0] < 500
    assert "20,001" in app.selectbox[0].placeholder
    app.session_state["waiting-student-records-None-20001"] = 2001
    app.run()
    assert len([box for box in app.text_input if str(box.key).startswith("mend-")]) == 1
    with fetched(university) as rows:
        button(app, "Set 20,001 aside").click().run()
    assert rows[0] < 500
    assert [i.value[:13] for i in app.info] == ["Nothing waits"]
    with university.session() as session:
        assert set(session.scalars(select(QuarantinedRow.state))) == {Waiting.SET_ASIDE}


def many(university, number):
    """The one waiting row, and so many like it."""
    with university.session() as session, session.begin():
        row = session.scalars(select(QuarantinedRow)).one()
        alike = {c.name: getattr(row, c.name) for c in QuarantinedRow.__table__.columns if c.name != "id"}
        session.execute(insert(QuarantinedRow), [alike | {"line": n} for n in range(100, 100 + number)])


@contextmanager
def fetched(university):
    """How many rows the database hands out inside."""
    count = [0]

    def one(_: object, row: tuple[object, ...]) -> tuple[object, ...]:
        count[0] += 1
        return row

    def watched(connection, *_: object) -> None:
        connection.row_factory = one

    engine = database.stores().core
    event.listen(engine, "checkout", watched)
    yield count
    event.remove(engine, "checkout", watched)
    engine.dispose()


def test_the_usual_faults_of_student_records_are_told_by_their_keys(university, app):
    with university.session() as session, session.begin():
        session.execute(delete(Tutoring).where(Tutoring.enrolment == 1))
    part(app, "Things to look at")
    assert "**No personal tutor: 1**" in said(app)
    assert "E1" in [c.value for c in app.caption]
    assert not [s for s in (BEN, CAL, DEE) if s.family in sent(app)]


def test_templates_of_every_system_can_be_downloaded(app):
    part(app, "Templates")
    assert len(app.get("download_button")) == 8
    assert not app.exception
