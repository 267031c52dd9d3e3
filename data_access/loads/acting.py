"""As whom one works on what the systems brought: a job for the load's own purpose, an administrator as a duty."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from data_access.tables import Account
from privacy.labels import Category
from privacy.purposes import Duty, Purpose

STORE = Act(Action.WRITE, Category.SOURCES, Purpose.IDENTIFY)
"""What jobs alone may do: also asked of those who would see whole rows."""


def act(viewer: Viewer, action: Action) -> Act:
    """To read or to write what came of loads: open to jobs and administrators, and to nobody else."""
    why = Purpose.IDENTIFY if viewer.role is Role.SERVICE else Duty.SECURITY
    return Act(action, Category.SOURCES, why)


def name(session: Session, viewer: Viewer) -> str:
    """Who it was, as a run or a decision keeps it: a person's username, or the job."""
    username = session.scalar(select(Account.username).where(Account.person == viewer.person))
    return username or viewer.session
