"""What the latest rating of a research enrolment was made of."""

from collections.abc import Collection

from sqlalchemy import select

import policy
from data_access.gate import Opened
from data_access.prepared import ENROLMENTS, Statement, once, parameter, run
from data_access.tables import ResearchWeek
from engagement.research import ResearchCounts, ResearchParts, ResearchScore


@once
def _weeks(opened: Opened) -> Statement:
    columns = opened.columns(
        ResearchWeek.enrolment,
        ResearchWeek.supervision,
        ResearchWeek.milestones,
        ResearchWeek.score,
        ResearchWeek.meetings_due,
        ResearchWeek.meetings_held,
        ResearchWeek.milestones_due,
        ResearchWeek.milestones_on_time,
        ResearchWeek.milestones_late,
    )
    return (
        select(*columns)
        .where(
            ResearchWeek.enrolment.in_(ENROLMENTS), ResearchWeek.week.in_(parameter("weeks", expanding=True))
        )
        .order_by(ResearchWeek.enrolment, ResearchWeek.week)
    )


def research_scores(opened: Opened, weeks: Collection[int]) -> dict[int, ResearchScore]:
    """The opened research enrolments as they were rated in these weeks, the latest of each."""
    days = policy.current().engagement.research.window_days
    asked = {"enrolments": opened.enrolments, "weeks": list(weeks)}
    return {
        enrolment: ResearchScore(ResearchCounts(*counts), ResearchParts(supervision, milestones), score, days)
        for enrolment, supervision, milestones, score, *counts in run(opened, _weeks, asked)
    }
