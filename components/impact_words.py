"""What the figures of support say, in sentences: for managers and compliance, from published cells alone."""

from datetime import date

from engagement import words
from engagement.measure import half_up
from engagement.published import Published, Row
from engagement.rules import Section
from policy.days import london_day
from policy.impact import Match
from privacy.disclosure import FEW, MEANING, UNSURE, number
from support.impact import Finding, Stage, finding

EMPTY = (
    "Nothing has been counted yet. A job follows this year's suggestions to talk to what became of them, and the "
    "figures stand here: counts of students to the nearest five, and nobody among them. Whoever runs this server "
    "can start it: `manage.py impact`."
)
LABELS = {
    Stage.SUGGESTED: "With a suggestion to talk",
    Stage.ANSWERED: "Answered by a tutor",
    Stage.OFFERED: "Offered a conversation",
    Stage.SUPPORTED: "Talked, or agreed a plan",
    Stage.PLANNED: "Agreed a support plan",
    Stage.RECOVERED: "Rated Good or High later",
}
STAGES = (
    "Each student counts once, from their first suggestion of the year on, and each bar is a part of the "
    "one above it: who talked without an offer counts as offered. Good or High is the rating of the fourth "
    "rated week from the plan on; plans younger than that are not in the last bar yet."
)
VERDICTS = {
    Finding.MORE: "Scores went up by more after support than those of students like them who had none by then",
    Finding.LESS: "Scores went up by less after support than those of students like them who had none by then",
    Finding.OPEN: "No difference can be told between students who had support and students like them",
    Finding.FEW: "Too few students can be compared to say whether support made a difference",
}
HIDDEN = "fewer than 10 students, or fewer than 10 less than in the last bar with a number, or none at all"


def headline(of: Published) -> str:
    """How far support came, in one sentence."""
    (year,) = of.rows("period")
    said = {stage: students(of, stage) for stage in Stage}
    if said[Stage.SUGGESTED] is None:
        return f"In {year} so far, too few students had a suggestion to talk to say what became of them"
    start = f"In {year} so far, about {said[Stage.SUGGESTED]} students had a suggestion to talk"
    if said[Stage.SUPPORTED] is None:
        return f"{start}; how many of them talked with their tutor is not shown"
    return (
        f"{start}; about {said[Stage.SUPPORTED]} of them talked with their tutor or agreed a plan afterwards"
    )


def made(of: Published, version: str) -> str:
    """When, up to which day and by which rules; and that newer rules wait for newer figures."""
    ((_, row),) = of.rows("period").items()
    until, on = date.fromisoformat(row["until"]), london_day(of.made_at)
    said = (
        f"Made on {words.day(on)} {on.year} of all that is recorded up to {words.day(until)} {until.year}, "
        f"by the rules of version {of.rule}. Counts are to the nearest five. They stand still until they are "
        "made again, weeks later."
    )
    return said if of.rule == version else f"{said} The rules in force are version {version}."


def students(of: Published, stage: Stage) -> str | None:
    """The published count of a stage; None where a mark stands in its place."""
    said = of.rows("funnel").get(stage.value, {}).get("students", FEW)
    return None if number(said) is None else said


def answered(of: Published) -> str:
    """Which share of the students had an answer, from the published counts alone; empty where one is not there."""
    some, among = students(of, Stage.ANSWERED), students(of, Stage.SUGGESTED)
    if some is None or among is None:
        return ""
    share = half_up(100 * int(some), int(among))
    return f"About {share}% of the students with a suggestion to talk had an answer from a tutor."


def waited(of: Published) -> str:
    """How long it took from a suggestion to the offer that answers it."""
    row = of.rows("wait").get("days", {})
    lower, median, upper = (number(row.get(name, UNSURE)) for name in ("lower", "median", "upper"))
    if lower is None or median is None or upper is None:
        return "Too few conversations were offered in answer to a suggestion to say how long that took."
    days = words.of(int(median), "day")
    return (
        f"From a suggestion to the offer that answers it, half took {days} or less; the middle half took "
        f"{_between(int(lower), int(upper))}."
    )


def in_time(of: Published, working_days: int) -> str:
    """Which share of the answers came in time."""
    said = of.rows("answers").get("in time", {}).get("share", FEW)
    within = words.of(working_days, "working day")
    if number(said) is None:
        return f"How many first suggestions were answered within {within} is not shown: too few were, or were not."
    return f"Of the students whose suggestions were answered, {said}% had an answer to the first within {within}."


def compared(row: Row, rules: Match) -> list[str]:
    """How the comparison was made and what it came to, a paragraph each."""
    how = (
        "Each student who talked or agreed a plan after a suggestion is set beside one who had done neither "
        "by then: as both stood at the end of the week before, on the same level and mode of study, with the same "
        f"suggestion lately, if any, a score at most {words.of(rules.score, 'point')} away and earlier weeks "
        f"at most {rules.history}. Nobody is in two pairs."
    )
    if finding(row) is Finding.FEW:
        return [
            how,
            f"There are fewer than {rules.pairs} such pairs so far, and from so few nothing can be said.",
        ]
    pairs = f"at least {rules.pairs}" if number(row["pairs"]) is None else f"about {row['pairs']}"
    result = (
        f"There are {pairs} pairs. They began at a score of {row['score']} in the mean. Up to the fourth "
        f"rated week from then on, the scores of those with support changed by {signed(row['supported'])} "
        f"points in the mean, those of the others by {signed(row['others'])}."
    )
    return [how, result, f"{span(row)} {_means(finding(row))}{_later(row)}"]


def span(row: Row) -> str:
    """The difference and its interval."""
    return (
        f"The difference is {signed(row['difference'])} points, and its 95% interval runs from "
        f"{signed(row['low'])} to {signed(row['high'])}."
    )


def signed(said: str) -> str:
    """A published number of points with its sign, as it is written in a sentence."""
    value = number(said)
    return said if value is None else f"{int(value):+d}".replace("-", "−").replace("+0", "0")


def meaning() -> Section:
    """What the marks mean that stand in the place of a number."""
    lines = {FEW: HIDDEN, UNSURE: MEANING[UNSURE]}
    return Section(
        "What the marks mean",
        ("No figure here leads to a person. Where it might, or where it would mean nothing, a mark stands:",),
        [f"{mark}: {said}" for mark, said in lines.items()],
    )


LIMITS = Section(
    "What this does not show",
    (),
    (
        "That support caused a difference, or that it did not. Nobody was given or refused a conversation "
        "by lot; who says yes to one differs from who does not, in ways that no system here records.",
        "That scores rise after a suggestion is no sign of anything: whoever is at a low point mostly rises again "
        "without any help. That is why those who had support are never compared with themselves alone.",
        "Pairs are alike in what is listed above, and perhaps in nothing else. In a study of 11,160 "
        "enrolments (Dawson and others, “From prediction to impact: Evaluation of a learning analytics "
        "retention program”, 2017) simple figures said that contact helped; once what else differed was "
        "taken into account, no effect was left.",
        "Some of those compared with had a conversation in the weeks after. That makes a difference look "
        "smaller than it is. Only who still had a rated score four rated weeks later is compared: who left "
        "is not.",
        "A score says how fully somebody takes part. It does not say how they are, and a conversation can have been "
        "worth it with no change of any score.",
    ),
)


def _between(lower: int, upper: int) -> str:
    return words.of(lower, "day") if lower == upper else f"{lower} to {words.of(upper, 'day')}"


def _means(found: Finding) -> str:
    match found:
        case Finding.OPEN:
            return "It holds nought, so no difference can be told: neither that support helped nor that it did not."
        case Finding.MORE | Finding.LESS:
            return "It does not hold nought: a difference as large as this is hardly chance. Why it is there is open."
        case Finding.FEW:
            return ""


def _later(row: Row) -> str:
    share = number(row["later"])
    return (
        ""
        if share is None
        else f" Of the others, {row['later']}% talked or agreed a plan within the next weeks."
    )
