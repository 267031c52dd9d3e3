"""What the tests of disposals share: the day on which everything of Dee's is due, and all rows of one person."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, update

from auth.viewer import Viewer
from data_access import disposals, disposing, person_paths
from data_access.tables import AgreementAcceptance
from privacy.retention import State, Why
from tests.cast import DEE, ROS, Member
from tests.conftest import University

NIGHT = Viewer.service("dispose")
DAY = timedelta(days=1)
AFTER = datetime(2033, 1, 10, 10, tzinfo=UTC)
"""More than six years after Dee's last day, 20 November 2026."""
STILL_AGREED = update(AgreementAcceptance).values(expires_at=AFTER + 2 * DAY)


def approve_all() -> None:
    """Ros approves what is proposed, and says of what is to be reviewed why it stays."""
    for one in disposals.proposals(ROS.viewer, AFTER):
        if one.state is State.PROPOSED and one.why is Why.REVIEW:
            disposals.refuse(ROS.viewer, one.id, "An audit is still under way", AFTER)
        elif one.state is State.PROPOSED:
            disposals.approve(ROS.viewer, one.id, AFTER)


def dispose_of_what_is_due() -> None:
    """Propose, approve and do it."""
    disposals.propose(NIGHT, AFTER)
    approve_all()
    disposing.carry_out(ROS.viewer, AFTER)


def everything(store: University, person: Member = DEE) -> dict[str, int]:
    """The tables that have rows of a person, and how many."""
    with store.session() as session:
        counted = {
            table.name: session.scalar(
                select(func.count()).select_from(table).where(person_paths.belongs(table, person.number))
            )
            for table in person_paths.tables()
        }
    return {name: number for name, number in counted.items() if number}
