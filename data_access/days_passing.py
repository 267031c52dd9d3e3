"""What the passing of days brings to support: plans begin, offers end without an answer, drafts are dropped."""

from collections.abc import Mapping
from datetime import datetime

from auth.viewer import Viewer
from data_access import notes, offers_lapsing, plans


def carry_on(viewer: Viewer, at: datetime) -> Mapping[str, int]:
    """Bring it about, for a job; how much of each. Running it twice changes nothing more."""
    return {
        "begun": plans.begin(viewer, at),
        "withdrawn": offers_lapsing.withdraw_of_former_tutors(viewer, at),
        "unanswered": offers_lapsing.lapse(viewer, at),
        "dropped": notes.lapse(viewer, at),
    }
