"""The demo's privacy notice: its students have read it but for one, who is still shown it."""

from datetime import datetime

from auth.viewer import Role
from commands import demo_support
from data_access import notices
from ingest.demo import signins


def write(at: datetime) -> None:
    """Let all students who sign in, but the steady one, say that they have read the notice in force."""
    for one in signins.SIGN_INS:
        if one.roles == (Role.STUDENT,) and one is not signins.STEADY:
            reader = demo_support.acting(one, at)
            notices.mark_read(reader, notices.in_force(reader, at).version, at)
