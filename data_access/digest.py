"""The weekly e-mails to colleagues, written on Monday from eight: what waits for each in counts, without a name."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

import policy
from auth.viewer import Role, Viewer
from data_access import colleagues_waiting, compliance_waiting, gate, outbox, tutors_waiting
from data_access.may_send import DIGESTS
from data_access.sending import SEND
from policy.days import LONDON, monday
from privacy.purposes import Purpose
from support import digest
from support.digest import Waiting
from support.message import State

_EIGHT = time(8)
_COUNTED = {
    Role.TUTOR: tutors_waiting.counts,
    Role.ADVISER: colleagues_waiting.of_advisers,
    Role.SENIOR_TUTOR: colleagues_waiting.of_senior_tutors,
    Role.COMPLIANCE: compliance_waiting.of_compliance,
}


def write(viewer: Viewer, at: datetime) -> int:
    """Write this Monday's e-mail to each colleague for whom something waits; how many were not written before.

    None on other days, before eight in London, or where policy gives no rule for the addresses of staff. Who has
    two roles gets one for each.
    """
    gate.only(viewer, SEND, at, Role.SERVICE)
    here = at.astimezone(LONDON)
    if (
        not policy.current().messages.digest.address
        or here.date() != monday(here.date())
        or here.time() < _EIGHT
    ):
        return 0
    with gate.writing(viewer, None, SEND, at) as opened:
        return sum(
            outbox.put(opened, _row(template, person, counts, at))
            for template, role in DIGESTS.items()
            for person, counts in _COUNTED[role](opened, at).items()
        )


def _row(template: str, person: int, counts: Mapping[Waiting, int], at: datetime) -> dict[str, Any]:
    ours = policy.current().messages
    return {
        "key": f"{template}-{person}-{at.astimezone(LONDON).date()}",
        "to": person,
        "template": template,
        "purpose": Purpose.FOLLOW_UP,
        "subject": ours.digest.subject,
        "body": digest.text(ours, counts),
        "made_at": at,
        "not_before": at,
        "state": State.WAITING,
    }
