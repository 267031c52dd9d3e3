"""What people write about support, just before it is kept: not empty, and not sensitive without a reason."""

import policy
from auth.refusals import NothingWritten
from auth.refusals.consent import LooksSensitive
from support import tripwire


def text(written: str) -> str:
    """What was written, without blanks around it; NothingWritten where nothing is left."""
    if not (kept := written.strip()):
        raise NothingWritten
    return kept


def reason(written: str, why_kept: str, before: str = "") -> str | None:
    """The reason for which words that look sensitive are kept; None where there are none but those of `before`.

    LooksSensitive, which names the words, where no reason is given: nothing may be stored then.
    """
    terms = policy.current().plans.tripwire.terms
    earlier = {word.casefold() for word in tripwire.found(before, terms)}
    found = tuple(word for word in tripwire.found(written, terms) if word.casefold() not in earlier)
    if not found:
        return None
    if not (said := " ".join(why_kept.split())):
        raise LooksSensitive(found)
    return said


def said(written: str, why_kept: str, before: str = "") -> str:
    """What goes into a step: the words on their own line, and why words that look sensitive were kept."""
    why = reason(written, why_kept, before)
    return "\n".join(part for part in (written.strip(), kept(why)) if part)


def kept(why: str | None) -> str:
    """A step's sentence about kept words, empty for None."""
    return f"Kept as written, with the reason: {why}" if why else ""
