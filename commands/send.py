"""`manage.py send`: write the reminders, and e-mail what waits. Run it every few minutes; two at once do no harm."""

from collections import Counter
from smtplib import SMTP
from typing import Annotated

import typer

import policy
from auth.viewer import Viewer
from commands import output, smtp, start
from data_access import days_passing, digest, emergency_reviews, reminders, sending
from engagement import words
from policy.mailing import Sending
from policy.settings import Settings
from support.delivery import Claim, Outcome

_JOB = Viewer.service("send")
_NAMES = ("reminders", "digests", "taken", "blocked", "later", "refused", "waiting")


def send(json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """Write today's reminders, and Monday's e-mail to tutors; then send what waits."""
    settings = start.installed()
    at = start.now()
    days_passing.carry_on(_JOB, at)
    emergency_reviews.tell_due(_JOB, at)
    counts = Counter(reminders=reminders.write(_JOB, at), digests=digest.write(_JOB, at))
    try:
        if policy.current().messages.sending.host:
            _send(settings, counts, json)
    finally:
        counts["waiting"] = sending.waiting(_JOB, start.now())
        output.say(json, {name: counts[name] for name in _NAMES}, _said(counts))


def _send(settings: Settings, counts: Counter[str], json: bool) -> None:
    """Batch after batch until nothing is due. Raises NoMailServer, MailServerFaulty; what was not tried waits on."""
    ours = policy.current().messages.sending
    while claims := sending.claim(_JOB, start.now()):
        left = list(claims)
        try:
            with smtp.connected(ours, settings.home) as server, output.progress(json, "Sending") as report:
                while left:
                    report(len(claims) - len(left), len(claims))
                    counts[_one(server, ours, left.pop(0))] += 1
        finally:
            sending.give_back(_JOB, left, start.now())


def _one(server: SMTP, ours: Sending, claim: Claim) -> str:
    """Send one message if it may be sent; what came of it, as a word of the answer."""
    letter = sending.letter(_JOB, claim, start.now())
    if letter is None:
        return "blocked"
    try:
        outcome = smtp.deliver(server, ours, letter, start.now())
    except smtp.MailServerFaulty:
        sending.give_back(_JOB, [letter.claim], start.now())
        raise
    sending.mark(_JOB, letter.claim, outcome, start.now())
    if outcome is Outcome.DOWN:
        raise smtp.NoMailServer
    return outcome.value


def _said(counts: Counter[str]) -> str:
    """`3 e-mails sent. 1 message waits.`, with what else there is to say."""
    ours = policy.current().messages
    said = [f"{words.of(counts['taken'], 'e-mail')} sent."]
    said += [f"{words.of(counts['blocked'], 'message')} not to be e-mailed."] if counts["blocked"] else []
    said += (
        [f"{words.of(counts['refused'], 'message')} not taken by the server."] if counts["refused"] else []
    )
    waiting = counts["waiting"]
    said += [f"{words.of(waiting, 'message')} {'waits' if waiting == 1 else 'wait'}."]
    said += [] if ours.sending.host else ["No mail server is named in messages.toml, so nothing is e-mailed."]
    said += (
        [] if ours.digest.address else ["No rule for the addresses of staff, so no weekly e-mail to them."]
    )
    return " ".join(said)
