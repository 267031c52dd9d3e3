"""The sections of *How the rating works*, in their order: those above the worked example and those below it."""

from components import rating_badge
from engagement import promises, rule_days, rules
from engagement.rules import Section
from policy.calendar import Calendar
from policy.engagement import Engagement

TITLE = "How the rating works"
TRY = Section("Try it", ("A made-up student on one module, full-time. Move anything, and follow the sum.",))


def version(measure: Engagement) -> str:
    """Which rules these are."""
    return f"The rules in force, version {measure.version}. Written for students; staff read the same page."


def above(measure: Engagement, calendar: Calendar) -> list[Section]:
    """What the rating is for, and all that goes into it or never does."""
    return [
        promises.FOR,
        rules.parts(measure),
        rule_days.window(measure, calendar),
        rules.research(measure),
        rule_days.never_against_you(measure),
        promises.NEVER_USED,
        Section("The words", (), table=_words(measure)),
    ]


def below(measure: Engagement) -> list[Section]:
    """What may follow from it, and how far to trust it."""
    return [promises.suggestions(measure.suggestions), promises.HOW_WELL]


def _words(measure: Engagement) -> list[dict[str, str]]:
    return [{"Word": rating_badge.words(word), "Score": score} for word, score in rules.bands(measure)]
