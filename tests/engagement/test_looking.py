"""A year looked at more closely: the same facts, counted anew for what is in view."""

from dataclasses import replace
from datetime import date, timedelta

from engagement import looking
from engagement.facts import Agreed, Gap, Presence, Studied, WorkState
from engagement.measure import Rating
from engagement.score_line import Middle
from engagement.view import By
from privacy.labels import Source
from tests.engagement.made import MODULE, TERM, TODAY, classes, facts, online, standing, timeline, work

OTHER = Studied("M2", "Hearing", TERM, date(2026, 12, 13))
LATELY = TODAY - timedelta(days=3)
EARLY = {"first": TERM, "last": TERM + timedelta(days=13)}


def two_modules():
    here = classes((TERM, Presence.ATTENDED), (LATELY, Presence.ATTENDED))
    there = [replace(line, module="M2", presence=Presence.ABSENT) for line in here]
    return facts(
        modules=[MODULE, OTHER],
        registers=[*here, *there],
        online=[*online(TERM, LATELY), replace(online(TERM)[0], module="M2", views=30)],
        work=[work(TERM, WorkState.ON_TIME), work(TERM, WorkState.MISSING, module="M2", title="Poster")],
        gaps=[Gap(Source.VLE, "M2", TERM, TERM, "No export")],
        scores={"M1": [(TERM, 9000)], "M2": [(TERM, 1000)]},
    )


def test_one_module_is_its_own_facts_score_and_gaps_and_nothing_of_the_others():
    whole = timeline(two_modules())
    seen = timeline(two_modules(), module="M1", score=True)
    assert whole.stretches[0].classes == {Presence.ATTENDED: 1, Presence.ABSENT: 1}
    assert seen.stretches[0].classes == {Presence.ATTENDED: 1}
    assert [piece.title for piece in seen.stretches[0].work] == ["Essay"]
    assert (seen.gaps, len(whole.gaps)) == ((), 1)
    assert [line.name for line in seen.lines] == ["M1"]
    assert seen.lines[0].weeks[0].words == "90 of 100, High"
    assert seen.now
    assert (seen.now.attended, seen.now.held) == (1, 1)
    assert looking.narrowed(seen) == "Only the module M1 is looked at here."
    assert looking.narrowed(whole) == ""


def test_one_system_tells_nothing_of_the_others():
    seen = timeline(two_modules(), source=Source.VLE)
    assert not any(one.classes or one.work for one in seen.stretches)
    assert seen.stretches[0].active_days == 1
    assert seen.now
    assert seen.now.percent is None
    assert looking.narrowed(seen) == "Only use of the VLE is looked at here."


def test_the_title_compares_where_the_last_weeks_are_in_view_and_counts_elsewhere():
    assert looking.finding(timeline(two_modules())) == looking.comparison.finding(timeline(two_modules()))
    early = timeline(two_modules(), **EARLY)
    assert (
        looking.finding(early)
        == "1 of 2 classes attended, 1 day on the VLE and 1 of 2 pieces of work handed in"
    )
    assert looking.figures(early) == "Counted over 21 September – 4 October."
    ahead = timeline(two_modules(), first=date(2027, 1, 11), last=date(2027, 2, 7))
    assert looking.finding(ahead) == "These weeks are still to come"
    nothing = timeline(facts(reach={}), **EARLY)
    assert looking.finding(nothing) == "Nothing recorded in these weeks"


def test_of_work_alone_the_title_says_what_became_of_it():
    seen = timeline(two_modules(), source=Source.STUDENT_RECORDS)
    assert looking.finding(seen) == "1 of 2 pieces of work handed in"
    one = timeline(facts(work=[work(TERM, WorkState.MISSING)]), source=Source.STUDENT_RECORDS)
    assert looking.finding(one) == "The one piece of work due not handed in"


def test_days_are_the_days_of_the_range():
    seen = timeline(two_modules(), by=By.DAYS, **EARLY)
    assert [one.first for one in seen.stretches] == [TERM + timedelta(days=n) for n in range(14)]


def test_the_line_holds_the_weeks_in_view_with_their_words():
    stands = standing(Rating.LOW, 8100, None, 3000)
    seen = timeline(facts(), stands, score=True)
    (line,) = seen.lines
    assert [week.words for week in line.weeks] == ["81 of 100, High", "Not enough data", "30 of 100, Low"]
    close = timeline(facts(), stands, score=True, first=TODAY, last=TODAY + timedelta(days=6))
    assert len(close.lines[0].weeks) == 1
    assert timeline(facts(), stands).lines == ()


def test_marks_and_the_others_are_those_in_view():
    known = facts(agreed=[Agreed(TERM, None, TERM, TODAY), Agreed(TODAY, "Review", None, TODAY)])
    assert [m.word for m in timeline(known).marks] == ["Supervision", "Milestone"]
    assert [m.word for m in timeline(known, **EARLY).marks] == ["Supervision"]
    assert timeline(known, source=Source.VLE).marks == ()
    boxes = (Middle(TERM, 40, 70), Middle(TODAY, 45, 75))
    assert timeline(known, middle=boxes, others=True, **EARLY).middle == boxes[:1]
