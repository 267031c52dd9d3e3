"""What a university edits: TOML and Markdown shipped as defaults, overridden file by file.

A file in `$LA_HOME/policy` replaces the shipped file of the same name, whole. Pages show policy and never
store it.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from policy.access import Access
from policy.attendance import Attendance
from policy.calendar import Calendar
from policy.consent import Consent
from policy.engagement import Engagement
from policy.impact import Impact
from policy.institution import Institution
from policy.messages import Messages
from policy.notice import Notice
from policy.notice import read as read_notice
from policy.plans import Plans
from policy.processors import Processors
from policy.registers import Registers
from policy.release import Release
from policy.retention import Retention
from policy.rights import Rights
from policy.services import Services
from policy.sources import Sources
from policy.support import Support

SHIPPED = Path(__file__).parent
M = TypeVar("M", bound=BaseModel)


class PolicyError(Exception):
    """A policy file cannot be used; the sentence names the file, the setting and the fault."""


@dataclass(frozen=True)
class Agreement:
    """The staff confidentiality agreement. `sha256` is of the text a person accepts."""

    version: str
    text: str
    sha256: str


@dataclass(frozen=True)
class Policy:
    """All policy in force, read once at the start."""

    access: Access
    attendance: Attendance
    calendar: Calendar
    consent: Consent
    engagement: Engagement
    impact: Impact
    institution: Institution
    messages: Messages
    notice: Notice
    plans: Plans
    processors: Processors
    registers: Registers
    release: Release
    retention: Retention
    rights: Rights
    services: Services
    sources: Sources
    support: Support
    agreement: Agreement


_overrides: Path | None = None


def use(overrides: Path | None) -> None:
    """Take policy from this folder where it has a file of the name; None is the shipped policy."""
    global _overrides
    _overrides = overrides
    current.cache_clear()


@cache
def current() -> Policy:
    """The policy in force; PolicyError when a file is not usable."""
    return Policy(
        access=_read("access.toml", Access),
        attendance=_read("attendance.toml", Attendance),
        calendar=_read("calendar.toml", Calendar),
        consent=_read("consent.toml", Consent),
        engagement=_read("engagement.toml", Engagement),
        impact=_read("impact.toml", Impact),
        institution=_read("institution.toml", Institution),
        messages=_read("messages.toml", Messages),
        notice=_notice(),
        plans=_read("plans.toml", Plans),
        processors=_read("processors.toml", Processors),
        registers=_read("registers.toml", Registers),
        release=_read("release.toml", Release),
        retention=_read("retention.toml", Retention),
        rights=_read("rights.toml", Rights),
        services=_read("services.toml", Services),
        sources=_read("sources.toml", Sources),
        support=_read("support.toml", Support),
        agreement=_agreement(),
    )


def _path(name: str) -> Path:
    if _overrides and (own := _overrides / name).is_file():
        return own
    return SHIPPED / name


def _read(name: str, model: type[M]) -> M:
    path = _path(name)
    try:
        parsed: M = _parsed(path.read_text(encoding="utf-8"), model)
    except tomllib.TOMLDecodeError as fault:
        raise PolicyError(f"{path} is not readable as TOML: {fault}.") from fault
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        said = first["msg"].removeprefix("Value error, ")
        raise PolicyError(f"{path}: {where}: {said}.") from fault
    return parsed


@cache
def _parsed(text: str, model: type[M]) -> M:
    """The same text is the same policy: what never changes is checked once."""
    return model.model_validate(tomllib.loads(text))


def _agreement() -> Agreement:
    """The agreement's first line is `version: …`; the rest is what people read and accept."""
    head, _, text = _path("confidentiality.md").read_text(encoding="utf-8").partition("\n")
    name, _, version = head.partition(":")
    if name.strip() != "version" or not version.strip():
        raise PolicyError(f"{_path('confidentiality.md')} must begin with a line “version: …”.")
    text = text.strip()
    return Agreement(version.strip(), text, sha256(text.encode()).hexdigest())


def _notice() -> Notice:
    path = _path("notice.md")
    try:
        return read_notice(path.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise PolicyError(f"{path}: {fault}.") from fault
