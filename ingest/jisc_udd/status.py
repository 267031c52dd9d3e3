"""Where an enrolment stands, from the codes of Jisc's data definitions; what contradicts itself is not guessed."""

from engagement.studies import ACTIVE, Status
from ingest import codes
from ingest.tables import Line

# LOCATION_OF_STUDY: on placement for the whole year.
_PLACEMENT = "D"
_PART_OF_THE_TIME = (Status.WRITING_UP, Status.INTERRUPTED, Status.PLACEMENT, Status.RESIT)


class Unclear(Exception):
    """A membership whose status cannot be told: the sentence says what to do."""


def of(membership: Line, stage: Line | None) -> Status:
    """The status now, by the membership and its latest stage.

    The flag decides whether the enrolment is active; Unclear where other codes deny it, for a current
    student coded withdrawn is a fault of the records that a person must look at.
    """
    match membership["ACTIVE_MEMBERSHIP"]:
        case "1" if membership["COURSE_OUTCOME"] or membership["WITHDRAWAL_REASON"]:
            raise Unclear("The membership is active, yet says how it ended. Correct one of the two.")
        case "1":
            return _active(stage)
        case "2":
            return explained(membership, stage) or Status.WITHDRAWN
        case _:
            raise Unclear("ACTIVE_MEMBERSHIP must be 1, active, or 2, not active.")


def _active(stage: Line | None) -> Status:
    progression = codes.STATUS_OF_PROGRESSION.get(stage["PROGRESSION"] if stage else "", Status.ENROLLED)
    by_mode = codes.STATUS_OF_MODE.get(codes.plain(stage["MODE"])) if stage else None
    if progression not in (*ACTIVE, Status.INTERRUPTED):
        raise Unclear(
            f"The membership is active, yet its progression says {progression}. Correct one of the two."
        )
    if by_mode or progression is Status.INTERRUPTED:
        return by_mode or progression
    return Status.PLACEMENT if stage and stage["LOCATION_OF_STUDY"] == _PLACEMENT else progression


def explained(membership: Line, stage: Line | None) -> Status | None:
    """How a membership that is over was left; None where no code says so."""
    outcome = codes.plain(membership["COURSE_OUTCOME"])
    reason = codes.plain(membership["WITHDRAWAL_REASON"])
    progression = stage["PROGRESSION"] if stage else ""
    if outcome or reason:
        known = codes.STATUS_OF_OUTCOME.get(outcome) or codes.STATUS_OF_REASON.get(reason)
        return known or Status.WITHDRAWN
    return codes.STATUS_AT_THE_END.get(progression)


def since(status: Status, membership: Line, instance: Line | None) -> str:
    """The first day of the status, where it is known: of an end the end, of a state within it the stage's start."""
    if status in _PART_OF_THE_TIME:
        return instance["START_DATE"] if instance else ""
    return "" if status is Status.ENROLLED else membership["COURSE_END_DATE"]
