"""The chart in rows: everything that is drawn, in words."""

from datetime import timedelta

from components import timeline_rows
from engagement.facts import Agreed, Gap, Presence, WorkState
from engagement.measure import Rating
from engagement.score_line import OTHERS, Middle
from engagement.view import By
from privacy.labels import Source
from tests.engagement.made import TERM, TODAY, classes, facts, online, standing, timeline, work


def test_a_week_is_a_row_of_what_each_system_tells():
    first, *_, last = timeline_rows.begun(
        timeline(facts(online=online(TERM, views=7), registers=classes((TERM, Presence.LATE))))
    )
    assert first == {
        "Week": "21–27 September",
        "Active on the VLE": "1 day, 7 page views",
        "Attendance": "1 late",
    }
    assert last["Active on the VLE"] == "Not loaded yet"


def test_what_sets_a_week_apart_stands_beside_its_days():
    lines = classes((TERM, Presence.AUTHORISED))
    assert (
        timeline_rows.begun(timeline(facts(registers=lines)))[0]["Week"]
        == "21–27 September (authorised absence)"
    )


def test_a_day_is_a_row_of_its_own_and_a_gap_in_it_is_said():
    closed = Gap(Source.VLE, None, TERM, TERM, "No export")
    rows = timeline_rows.begun(
        timeline(facts(gaps=[closed], online=online(TERM + timedelta(days=1), views=3)), by=By.DAYS)
    )
    assert rows[0]["Day"] == "Mon 21 Sep"
    assert rows[0]["Active on the VLE"] == "No data"
    assert rows[1]["Active on the VLE"] == "3 page views"
    assert rows[2]["Active on the VLE"] == "0 page views"


def test_the_score_and_the_middle_of_the_others_are_columns_where_they_are_drawn():
    made = timeline(
        facts(), standing(Rating.GOOD, 7000), middle=(Middle(TODAY, 40, 70),), score=True, others=True
    )
    first, *_, last = timeline_rows.begun(made)
    assert (last["Score"], last[OTHERS]) == ("70 of 100, Good", "40 to 70")
    assert (first["Score"], first[OTHERS]) == ("Not rated", "Too few others")
    assert "Score" not in timeline_rows.begun(timeline())[0]


def test_of_two_courses_each_has_a_column_of_its_own():
    both = standing(Rating.GOOD, 8000), standing(Rating.LOW, 3000, course="Law")
    last = timeline_rows.begun(timeline(facts(), *both, score=True))[-1]
    assert (last["Score, History"], last["Score, Law"]) == ("80 of 100, High", "30 of 100, Low")


def test_only_what_is_looked_at_is_told():
    assert set(timeline_rows.begun(timeline(source=Source.ATTENDANCE))[0]) == {"Week", "Attendance"}
    assert set(timeline_rows.begun(timeline(source=Source.VLE))[0]) == {"Week", "Active on the VLE"}


def test_work_and_marks_are_rows_too():
    made = timeline(
        facts(
            work=[work(TERM, WorkState.LATE, extended=True, handed_in=TERM + timedelta(days=1))],
            agreed=[Agreed(TERM, None, TERM, TODAY)],
        )
    )
    assert timeline_rows.work(made) == [
        {"Work": "Essay (M1)", "Due": "Mon 21 Sep (extended)", "Handed in": "Late, Tue 22 Sep"}
    ]
    assert timeline_rows.marks(made) == [
        {
            "Day": "Mon 21 Sep",
            "What": "Supervision",
            "In a sentence": "Supervision meeting, due Mon 21 Sep: held Mon 21 Sep.",
        }
    ]
