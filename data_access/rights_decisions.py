"""Whatever an officer decided on the page of requests, carried out: by the noun that it is about."""

from datetime import datetime

from auth.refusals import GoneMeanwhile
from auth.viewer import Viewer
from data_access import breaches, pack_decisions, request_answers, request_queue
from privacy import pack_decisions as copy
from privacy.breach import NewBreach, OfBreach
from privacy.case import Case
from privacy.case_decisions import Answering, Enter

Decision = Answering | copy.Decision | Enter | NewBreach | OfBreach


def carry_out(viewer: Viewer, case: Case | None, decided: Decision, at: datetime) -> None:
    """Do what was decided, about this request or about none. A Refusal changes nothing."""
    if isinstance(decided, Enter):
        request_queue.enter(viewer, decided, at)
    elif isinstance(decided, NewBreach | OfBreach):
        breaches.carry_out(viewer, decided, at)
    elif case is None:
        raise GoneMeanwhile
    elif isinstance(decided, copy.Decision):
        pack_decisions.carry_out(viewer, case.student_id, decided, at)
    else:
        request_answers.carry_out(viewer, case.student_id, case.reference, decided, at)
