"""One student's year: where they stand, and every week of it as the systems told us."""

from datetime import datetime

from auth.permissions import Act, Action
from auth.refusals import NotEnrolledNow
from auth.viewer import Viewer
from data_access import gate, student_year
from engagement.timeline import Timeline
from privacy.labels import Category
from privacy.purposes import Purpose

LOOK = Act(Action.READ, Category.ENGAGEMENT, Purpose.IDENTIFY)


def year(viewer: Viewer, student_id: str | None, at: datetime) -> Timeline:
    """The student's academic year up to `at`, week by week; None is the viewer's own. Raises NotYoursToSee."""
    with gate.reading_one(viewer, student_id, LOOK, at) as opened:
        if not opened.students:
            raise NotEnrolledNow
        return student_year.year(opened, at)
