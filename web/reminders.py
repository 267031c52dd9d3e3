"""What stands above a page until somebody has seen to it: the notice, its review, what is due, and what is blank."""

from datetime import datetime

import streamlit as st

import data_access
import pages
import policy
from auth.refusals import Refusal
from auth.viewer import Role, Viewer
from components import due_line, notice_box
from data_access import compliance_waiting, notices
from policy import production
from policy.days import london_day
from privacy import notice_health

_REQUESTS, _EMERGENCY = (
    next(page for page in pages.PAGES if page.url == url) for url in ("requests", "emergency")
)


def show(viewer: Viewer, at: datetime) -> None:
    """What this role is to know; nothing for most people at most times."""
    match viewer.role:
        case Role.STUDENT:
            _unread(viewer, at)
        case Role.COMPLIANCE:
            due_line.show(compliance_waiting.due(viewer, at), _REQUESTS.script, _EMERGENCY.script, at)
            _review_due(viewer, at)
            _blanks(at)
        case Role.ADMINISTRATOR:
            _blanks(at)


def _unread(viewer: Viewer, at: datetime) -> None:
    notice = notices.unread(viewer, at)
    if notice is None or not notice_box.show(notice, pages.PRIVACY.script):
        return
    try:
        notices.mark_read(viewer, notice.version, at)
    except Refusal as refusal:
        st.error(refusal.sentence)
    else:
        st.rerun()


def _review_due(viewer: Viewer, at: datetime) -> None:
    due = notice_health.review_due(notices.in_force(viewer, at))
    if due <= london_day(at):
        st.markdown(
            f":orange-badge[Due] The yearly review of the privacy notice was due on {due.day} {due:%B %Y}."
        )


def _blanks(at: datetime) -> None:
    """A trial goes on with blanks, but whoever could fill them in sees on every page that there are some."""
    ours = policy.current()
    missing = production.missing(ours, data_access.settings(), london_day(at))
    if missing and not ours.institution.demonstration:
        st.markdown(
            f":red-badge[Not for real students yet] {len(missing)} things are missing, the first: "
            f"{missing[0].title}. `python manage.py check --production` names them all."
        )
