"""Which statements of a file others of it void. A store that is asked for statements leaves them out by itself."""

from ingest.bundle import Member
from ingest.documents import entries
from ingest.limits import Limits

_VERB = "http://adlnet.gov/expapi/verbs/voided"
_CHUNK = 1 << 20


def statements(member: Member, limits: Limits) -> frozenset[str]:
    """The ids of the voided ones, in lower case. The file is read a first time only if the verb stands in it."""
    if not _mentioned(member):
        return frozenset()
    found = (entry[1] for entry in entries(member, limits, "statements") if isinstance(entry, tuple))
    return frozenset(id.casefold() for id in map(_voids, found) if id)


def _voids(value: object) -> str:
    inner = value.get("statement", value) if isinstance(value, dict) else None
    if not isinstance(inner, dict):
        return ""
    verb, thing = inner.get("verb"), inner.get("object")
    if not isinstance(verb, dict) or verb.get("id") != _VERB or not isinstance(thing, dict):
        return ""
    return str(thing.get("id", ""))


def _mentioned(member: Member) -> bool:
    verb, before = _VERB.encode(), b""
    with member.open() as file:
        while piece := file.read(_CHUNK):
            if verb in before + piece:
                return True
            before = piece[-len(verb) :]
    return False
