"""All that support holds about one student: read part by part, each for the purpose that it serves."""

from datetime import datetime

from auth.viewer import Viewer
from data_access import escalations, meetings, notes, offers, plan_effects, plans, shares
from support.record import Record


def of(viewer: Viewer, student_id: str | None, at: datetime) -> Record:
    """What the viewer may read of it; None is the viewer's own. Raises NotYoursToSee."""
    return Record(
        offers=offers.of(viewer, student_id, at),
        meetings=meetings.of(viewer, student_id, at),
        plans=plans.of(viewer, student_id, at),
        notes=notes.of(viewer, student_id, at),
        shareables=shares.of(viewer, student_id, at),
        passed_on=escalations.of(viewer, student_id, at),
        effects=plan_effects.of(viewer, student_id, at),
    )
