"""The sentences on the tutor's pages: plain, with their figures and dates, and never a verdict on a person."""

from collections.abc import Sequence

from engagement import research_words, words
from engagement.measure import Rating
from engagement.recent import Part, Recent
from engagement.standing import Standing, points
from engagement.suggestion import SAID, Suggestion
from engagement.tutee import Attention, Tutee
from policy.days import london_day

_TELLING = (Rating.VERY_LOW, Rating.LOW, Rating.PARTIAL)
"""Ratings whose sentence names the parts that made them; the others tell of all parts."""

_SENTENCES = 2
"""Reasons that a row of the list gives in full."""

_WHEN = "{when}"
"""Where a clause takes the window; the first that can, does."""


def summary(tutees: Sequence[Tutee]) -> str:
    """What the whole list comes to; an empty list says what will stand here."""
    if not tutees:
        return "Nobody is your tutee at present. Students appear here on the day you become their tutor."
    people = len({t.id for t in tutees})
    talk = len({t.id for t in tutees if t.may_need_a_conversation})
    unknown = len({t.id for t in tutees if t.attention is Attention.NOT_ENOUGH})
    waiting = len({t.id for t in tutees if t.attention is Attention.WAITING})
    said = _alone(talk) if people == 1 else _together(talk, people)
    if waiting:
        said += (
            f" For {waiting} a suggestion has waited for days without an answer or an offer: they come first."
        )
    return said + (f" For {unknown} there is not enough data to say." if unknown else "")


def _alone(talk: int) -> str:
    return f"Your one tutee {'may need a conversation' if talk else 'does not stand out'} this week."


def _together(talk: int, people: int) -> str:
    if talk:
        return f"{talk} of your {people} tutees may need a conversation this week."
    return f"Nobody among your {people} tutees stands out this week."


def why(standing: Standing, fallen: bool = False) -> str:
    """Why somebody stands where they stand: the parts under Good, the lowest first; from Good on, all parts.

    `fallen` puts the fall since last week first.
    """
    if standing.research:
        return _told(standing, research_words.why(standing.research), fallen)
    recent = standing.recent
    if recent.window is None:
        return "No module has been rated lately."
    parts = recent.weak if standing.rating in _TELLING else ()
    clauses = [clause for part in parts or Part if (clause := _CLAUSES[part](recent))]
    if not clauses:
        return words.sentence(f"{_nothing(recent)} in {recent.window.words}")
    text = "; ".join(clauses).replace(_WHEN, f" in {recent.window.words}", 1).replace(_WHEN, "")
    return _told(standing, text, fallen)


def _told(standing: Standing, text: str, fallen: bool) -> str:
    return words.sentence(f"{change(standing.change)} since last week: {text}" if fallen else text)


def reason(tutee: Tutee) -> tuple[str, str]:
    """Why a tutee stands where they stand in the list, and what became of what was suggested."""
    asking = [one for one in tutee.suggestions if not one.hidden]
    if not asking:
        return why(tutee.standing, fallen=tutee.attention is Attention.FALL), ""
    more = len(asking) - _SENTENCES
    said = " ".join(one.sentence for one in asking[:_SENTENCES])
    return said + (f" And {words.small(more)} more." if more > 0 else ""), _answer(asking)


def _answer(asking: Sequence[Suggestion]) -> str:
    """`Suggested 9 November, no answer for 10 working days`."""
    first = min(asking, key=lambda one: (not one.without_action, -one.waited, one.raised_at))
    said = f"Suggested {words.day(london_day(first.raised_at))}, {SAID[first.state]}"
    if not (first.without_action and first.waited):
        return said
    days = words.of(first.waited, "working day")
    return f"{said} for {days}" if first.unanswered else f"{said}, nothing offered for {days}"


def same_facts(standings: Sequence[Standing]) -> str:
    """For a student: what their tutor reads of them in the list, word for word."""
    said = " ".join(f"“{s.rating}, {rating(s)}. {why(s)}”" for s in standings)
    return f"Your personal tutor sees the same figures on the same day, and reads in their list: {said}"


def change(hundredths: int | None) -> str:
    """`down 12 points`, `up 1 point`, `no change`; empty where there is nothing to compare with."""
    if hundredths is None:
        return ""
    moved = (abs(hundredths) + 50) // 100
    if moved == 0:
        return "no change"
    return f"{'down' if hundredths < 0 else 'up'} {words.of(moved, 'point')}"


def rating(standing: Standing) -> str:
    """The number behind the word, and where it comes from: `31 of 100, down 12 points since last week`."""
    if standing.score is None:
        return "no score"
    moved = f"{change(standing.change)} since last week" if standing.change is not None else ""
    if standing.incomparable:
        moved = "not comparable with last week"
    return f"{points(standing.score)} of 100" + (f", {moved}" if moved else "")


def _attendance(recent: Recent) -> str:
    return (
        f"attended {recent.attended} of {words.of(recent.held, 'class', 'classes')}{_WHEN}"
        if recent.held
        else ""
    )


def _online(recent: Recent) -> str:
    if recent.quiet:
        since = f"since {words.day(recent.last_online)}" if recent.last_online else "so far"
        return f"nothing on the VLE {since}"
    if Part.VLE in recent.weak:
        return f"fewer days on the VLE{_WHEN} than is usual for the modules"
    return f"usual VLE activity{_WHEN}" if recent.online else ""


def _work(recent: Recent) -> str:
    if recent.missing:
        return words.missing(recent.missing, recent.due, _WHEN)
    if recent.late:
        return f"{words.pieces(recent.late, recent.due)} due{_WHEN} handed in late"
    return f"{words.pieces(recent.due, recent.due)} due{_WHEN} handed in on time" if recent.due else ""


def _marks(recent: Recent) -> str:
    """Only where they weigh on the rating: a good mark is the student's own to tell."""
    return "low marks so far" if Part.MARKS in recent.weak else ""


_CLAUSES = {
    Part.ATTENDANCE: _attendance,
    Part.VLE: _online,
    Part.SUBMISSIONS: _work,
    Part.MARKS: _marks,
}


def _nothing(recent: Recent) -> str:
    """Why there is not enough to go by."""
    registers = "no classes"
    if recent.unrecorded:
        registers = f"{words.of(recent.unrecorded, 'class', 'classes')} without a register"
    elif recent.authorised:
        registers = f"authorised absence from {words.of(recent.authorised, 'class', 'classes')}"
    return f"{registers}, no VLE data and no work due"
