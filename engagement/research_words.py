"""What is said of a research student's rating: the sentence of why, and the sum that anybody can do again."""

from engagement import words
from engagement.explanation import Line, line, mean
from engagement.research import ResearchCounts, ResearchScore
from policy.engagement import Research


def why(of: ResearchScore) -> str:
    """`held 2 of 3 supervision meetings in the last 91 days; 1 milestone overdue`."""
    clauses = [clause for clause in (_meetings(of), _milestones(of.counts)) if clause]
    return (
        "; ".join(clauses)
        or f"no supervision meeting due in the last {of.days} days, and no milestone this year"
    )


def lines(of: ResearchScore, rules: Research) -> list[Line]:
    """The two parts; one with nothing to go by is left out of the score, and says so."""
    found = of.counts
    due = (
        words.of(found.meetings_due, "supervision meeting")
        if found.meetings_due
        else "No supervision meeting"
    )
    meetings = f"{due} due in the last {of.days} days" + (
        f": {found.meetings_held} held" if found.meetings_due else ""
    )
    return [
        line(
            "Supervision",
            meetings,
            f"100 × {found.meetings_held} ÷ {found.meetings_due}",
            of.parts.supervision,
            rules.supervision,
        ),
        line("Milestones", *_milestone_sum(found), of.parts.milestones, rules.milestones),
    ]


def total(of: ResearchScore, rules: Research) -> str:
    """How the parts make the score: `(6 × 66.67 + 4 × 25.00) ÷ 10 = 50.00`."""
    pairs = ((rules.supervision, of.parts.supervision), (rules.milestones, of.parts.milestones))
    return mean([(weight, value) for weight, value in pairs if value is not None], of.score)


def _meetings(of: ResearchScore) -> str:
    due = of.counts.meetings_due
    if not due:
        return ""
    return (
        f"held {of.counts.meetings_held} of {words.of(due, 'supervision meeting')} in the last {of.days} days"
    )


def _milestones(found: ResearchCounts) -> str:
    if found.overdue:
        return f"{words.of(found.overdue, 'milestone')} overdue"
    if found.milestones_late:
        return f"{words.of(found.milestones_late, 'milestone')} met late this year"
    on_time = words.of(found.milestones_on_time, "milestone")
    return f"{on_time} met on time this year" if found.milestones_on_time else ""


def _milestone_sum(found: ResearchCounts) -> tuple[str, str]:
    if not found.milestones_due:
        return "No milestone was due this year so far", ""
    counted = (
        f"{words.of(found.milestones_due, 'milestone')} due this year so far: "
        f"{found.milestones_on_time} met on time, {found.milestones_late} met late, {found.overdue} overdue"
    )
    halved = ", halved because a milestone is overdue" if found.overdue else ""
    met = f"100 × ({found.milestones_on_time} + {found.milestones_late} ÷ 2) ÷ {found.milestones_due}"
    return counted, f"{met}{halved}"
