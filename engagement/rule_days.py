"""Which days and classes the rating looks at, and what it passes over, in plain words from the policy in force."""

from collections.abc import Sequence

from engagement import words
from engagement.rules import Section
from policy.calendar import Calendar, Span
from policy.engagement import Engagement


def window(rules: Engagement, calendar: Calendar) -> Section:
    """How far back the rating looks, and what this year's calendar passes over."""
    windows = rules.windows
    said = (
        f"The last {windows.full_time} days of teaching for full-time students and the last {windows.part_time} for "
        "part-time students, weekends included, and never from before the module began. What is not teaching is "
        "passed over: after a vacation the rating goes on where it stopped before it. Only marks reach back to the "
        "beginning of the module.",
        f"In {calendar.year}, days of teaching are those of: {_listed(calendar.term)}.",
    )
    closed = [f"{one.name}, {words.day(one.on)}" for one in calendar.bank_holiday]
    pauses = [*_each((*calendar.reading_week, *calendar.closure)), *closed]
    passed = (f"Passed over: {'; '.join(pauses)}.",) if pauses else ()
    return Section("How far back it looks", (*said, *passed))


def never_against_you(rules: Engagement) -> Section:
    """What leaves a score as it is."""
    excused = "is left out" if rules.excused == "excluded" else "counts as attended"
    return Section(
        "What never counts against you",
        (
            "Missing is never low. What we do not know, or what you did not have to do, is left out of the sum:",
        ),
        (
            "vacations, reading weeks, bank holidays and days on which the university is closed",
            f"authorised absence: a class that you missed with the university's agreement {excused}",
            "a class that was cancelled, or of which no register was taken",
            "days for which a system sent us nothing, whatever the reason; the rating is then made of what is left, "
            "and is not compared with the week before",
            "work that can still be handed in on time; an extension moves the day",
        ),
    )


def _listed(spans: Sequence[Span]) -> str:
    return "; ".join(_each(spans))


def _each(spans: Sequence[Span]) -> list[str]:
    return [f"{span.name}, {words.days(span.first, span.last)}" for span in spans]
