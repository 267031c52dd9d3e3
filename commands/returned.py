"""`manage.py returned`: reads the report of a mail server about an e-mail that it could not deliver after all."""

import sys
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message
from typing import Annotated

import typer

from auth.viewer import Viewer
from commands import output, start
from data_access import returned as noted
from engagement import words

_JOB = Viewer.service("returned")
_LONGEST = 1_000_000  # bytes; a report holds the e-mail that came back, and ours are short


def returned(json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """Read one report (RFC 3464) from standard input, and note that its message could not be delivered."""
    start.installed()
    report = message_from_bytes(sys.stdin.buffer.read(_LONGEST), policy=policy.default)
    count = noted.note(_JOB, numbers(report), start.now())
    output.say(json, {"returned": count}, f"{words.of(count, 'message')} noted as not delivered.")


def numbers(report: Message) -> set[str]:
    """The Message-IDs, without brackets, that a report says have failed; none where it is no such report."""
    parts = list(report.walk())  # each block of a delivery-status is a part of its own
    failed = any(str(part.get("action", "")).strip().lower().startswith("failed") for part in parts)
    if report.get_content_type() != "multipart/report" or not failed:
        return set()
    return {found.strip().strip("<>") for found in _originals(parts)} - {""}


def _originals(parts: list[Message]) -> Iterator[str]:
    """The Message-ID of the e-mail that came back, which is in the report whole or with its headers alone."""
    for part in parts:
        kind, content = part.get_content_type(), part.get_payload(decode=True)
        if kind == "text/rfc822-headers" and isinstance(content, bytes):
            yield str(message_from_bytes(content).get("message-id", ""))
        elif kind == "message/rfc822":
            yield from (str(inner.get("message-id", "")) for inner in part.walk() if inner is not part)
