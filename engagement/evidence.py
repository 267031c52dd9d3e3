"""What a suggestion rests on, line by line, from the same figures as the rating: to be read before it is answered."""

from collections.abc import Callable, Sequence

from engagement import words
from engagement.recent import classes
from engagement.standing import Standing, points
from engagement.suggestion import Rule, Suggestion
from policy.engagement import Engagement


def evidence(of: Suggestion, standing: Standing, rules: Engagement) -> list[str]:
    """The figures behind the sentence, and the rule that they met."""
    return [*_LINES[of.finding.rule](of, standing, rules), _RULES[of.finding.rule](rules)]


def _missing(of: Suggestion, standing: Standing, rules: Engagement) -> Sequence[str]:
    module = next((m for m in standing.modules if m.title == of.module), None)
    due = f"“{of.title}” was due on {words.short_day(of.finding.last)}, extensions counted in."
    if module is None or not module.counts.due:
        return [due]
    counts = module.counts
    handed_in = f"{counts.on_time} on time, {counts.late} late, {counts.missing} not handed in"
    return [due, f"Work of {of.module} lately: {words.of(counts.due, 'piece')} due, {handed_in}."]


def _quiet(of: Suggestion, standing: Standing, rules: Engagement) -> Sequence[str]:
    last = (
        f"Last seen on {words.short_day(standing.last_active)}" if standing.last_active else "Not seen so far"
    )
    return [f"{last}: in a class, on the VLE, or by work handed in."]


def _attendance(of: Suggestion, standing: Standing, rules: Engagement) -> Sequence[str]:
    lines = []
    for module in standing.modules:
        attended, held = classes([module.counts], rules.excused)
        if held:
            lines.append(f"{module.title}: {attended} of {words.of(held, 'class', 'classes')}.")
    return [*lines, "Cancelled classes, authorised absence and registers not taken are left out."]


def _fall(of: Suggestion, standing: Standing, rules: Engagement) -> Sequence[str]:
    weeks = [
        f"{words.day(monday)}: {points(score)}" for monday, score in standing.scores if score is not None
    ]
    return [f"The score of each week, by its Monday: {', '.join(weeks)}."]


_Lines = Callable[[Suggestion, Standing, Engagement], Sequence[str]]
_LINES: dict[Rule, _Lines] = {
    Rule.MISSING: _missing,
    Rule.QUIET: _quiet,
    Rule.ATTENDANCE: _attendance,
    Rule.FALL: _fall,
}


_RULES: dict[Rule, Callable[[Engagement], str]] = {
    Rule.MISSING: lambda rules: (
        "Rule: work of the last weeks that is not handed in by the end of the day it was due; not where an absence "
        f"was authorised in the {rules.suggestions.missing.excused_days} days up to it."
    ),
    Rule.QUIET: lambda rules: (
        f"Rule: no class, VLE use or work for {rules.suggestions.quiet.days} teaching days, while at least "
        f"{rules.suggestions.quiet.in_use_percent} in 100 students of a module used its pages. Days without data, "
        "vacations and days up to an authorised absence do not count."
    ),
    Rule.ATTENDANCE: lambda rules: (
        f"Rule: under {rules.suggestions.attendance.percent} in 100 of at least "
        f"{rules.suggestions.attendance.classes} classes in the days that the rating looks back over."
    ),
    Rule.FALL: lambda rules: (
        f"Rule: at least {rules.suggestions.fall.points} points under the median of the student's own earlier weeks, "
        f"of which there are at least {rules.suggestions.fall.weeks}; not beside authorised absence or gaps in data."
    ),
}
