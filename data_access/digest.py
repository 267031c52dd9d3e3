"""The weekly e-mail to tutors, written on Monday from eight: what waits for each in counts, without a name."""

from datetime import datetime, time

import policy
from auth.viewer import Role, Viewer
from data_access import gate, outbox, tutors_waiting
from data_access.sending import SEND
from policy.days import LONDON, monday
from privacy.purposes import Purpose
from support import digest
from support.message import State

_EIGHT = time(8)


def write(viewer: Viewer, at: datetime) -> int:
    """Write this Monday's e-mail to each tutor for whom something waits; how many were not written before.

    None on other days, before eight in London, or where policy gives no rule for the addresses of tutors.
    """
    gate.only(viewer, SEND, at, Role.SERVICE)
    ours, here = policy.current().messages, at.astimezone(LONDON)
    today = here.date()
    if not ours.digest.address or today != monday(today) or here.time() < _EIGHT:
        return 0
    with gate.writing(viewer, None, SEND, at) as opened:
        rows = [
            {
                "key": f"digest-{tutor}-{today}",
                "to": tutor,
                "template": "digest",
                "purpose": Purpose.FOLLOW_UP,
                "subject": ours.digest.subject,
                "body": digest.text(ours, counts),
                "made_at": at,
                "not_before": at,
                "state": State.WAITING,
            }
            for tutor, counts in tutors_waiting.counts(opened, at).items()
        ]
        return sum(outbox.put(opened, row) for row in rows)
