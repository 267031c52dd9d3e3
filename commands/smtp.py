"""E-mail handed to the university's mail server: over TLS whose certificate is checked, as plain text alone."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from pathlib import Path

from auth.refusals import Refusal
from data_access import keys
from policy.mailing import Sending
from support.delivery import Letter, Outcome

_PATIENCE = 30  # seconds for each answer of the server
_CLOSING = 421  # the server leaves, whatever it was asked


class NoMailServer(Refusal):
    """The mail server does not answer. Nothing is lost: every message waits until it does."""


class MailServerFaulty(Refusal):
    """The mail server lets us send nothing: please look at [sending] in messages.toml. Every message waits."""


@contextmanager
def connected(sending: Sending, home: Path) -> Iterator[smtplib.SMTP]:
    """A connection, signed in where policy names a user. Raises NoMailServer, MailServerFaulty, KeysMissing."""
    password = keys.smtp_password(home) if sending.username else ""
    try:
        server = _server(sending, keys.smtp_authorities(home))
        if sending.username:
            server.login(sending.username, password)
    except ssl.SSLError as fault:
        raise MailServerFaulty(
            "The mail server's certificate is not one we trust. Every message waits."
        ) from fault
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError):
        raise MailServerFaulty from None
    except (OSError, smtplib.SMTPException) as fault:
        raise NoMailServer from fault
    try:
        yield server
    finally:
        _leave(server)


def _server(sending: Sending, authorities: Path | None) -> smtplib.SMTP:
    ours = sending.from_address.rpartition("@")[2]
    trusted = ssl.create_default_context(cafile=authorities)
    if sending.tls == "implicit":
        return smtplib.SMTP_SSL(sending.host, sending.port, ours, timeout=_PATIENCE, context=trusted)
    server = smtplib.SMTP(sending.host, sending.port, ours, timeout=_PATIENCE)
    if sending.tls == "starttls":
        try:
            server.starttls(context=trusted)
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
    return server


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; a server that is gone does not mind."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def deliver(server: smtplib.SMTP, sending: Sending, letter: Letter, at: datetime) -> Outcome:
    """Hand one e-mail over; what the server made of it. Its own words, which may hold an address, go nowhere.

    Raises MailServerFaulty where it is the sender that it does not take.
    """
    try:
        server.send_message(_message(sending, letter, at), sending.from_address, [letter.address])
    except smtplib.SMTPRecipientsRefused as refused:
        return _meant(*(code for code, _ in refused.recipients.values()))
    except smtplib.SMTPDataError as refused:
        return _meant(refused.smtp_code)
    except smtplib.SMTPSenderRefused as refused:
        if refused.smtp_code >= 500:
            raise MailServerFaulty from None
        return _meant(refused.smtp_code)
    except (smtplib.SMTPNotSupportedError, ValueError):
        return Outcome.REFUSED  # an address that is none, or of letters that the server does not know
    except (OSError, smtplib.SMTPException):
        return Outcome.DOWN
    return Outcome.TAKEN


def _meant(code: int) -> Outcome:
    if code == _CLOSING:
        return Outcome.DOWN
    return Outcome.REFUSED if code >= 500 else Outcome.LATER


def _message(sending: Sending, letter: Letter, at: datetime) -> EmailMessage:
    """The e-mail; nothing in it is fetched from anywhere, and nothing tells us whether it is read."""
    made = EmailMessage()
    made["From"] = formataddr((sending.from_name, sending.from_address))
    made["To"] = letter.address
    made["Subject"] = letter.subject
    made["Date"] = format_datetime(at)
    made["Message-ID"] = f"<{letter.number}>"
    made["Auto-Submitted"] = "auto-generated"
    made["Content-Language"] = "en-GB"
    made.set_content(letter.text)
    if letter.calendar:
        method = re.search(r"^METHOD:(\w+)\s*$", letter.calendar, re.MULTILINE)
        asks = {"method": method[1] if method else "PUBLISH"}
        made.add_alternative(letter.calendar, subtype="calendar", params=asks)
    return made
