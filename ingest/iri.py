"""Keys out of addresses: which part of an IRI names the person or the module, where an export has nothing else.

* An address that asks for an `id`, as Moodle's and Blackboard's do, means that one: `…/course/view.php?id=7`
  is `7`, `…?course_id=_461_1` is `461`.
* `urn:…:565` means what follows the last colon; `course-v1:A+B+C`, as Open edX writes, is `A/B/C`.
* Otherwise it is the last part of the path: `…/users/554433` is `554433`. A section has its number within a
  course only, so that there the whole path is kept: `…/courses/7/sections/1` is `courses/7/sections/1`.

The host is never part of a key, and an e-mail address is none.
"""

import re
from urllib.parse import SplitResult, parse_qs, urlsplit

_ASKED = ("course_id", "courseid", "id")
_WITHIN = ("section", "sections")
_BLACKBOARD = re.compile(r"_(\d+)_1")


def key(iri: str) -> str:
    """The key; empty where the address names nothing."""
    try:
        parts = urlsplit(iri.strip())
        asked = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return ""
    for name in _ASKED:
        if name in asked:
            return _BLACKBOARD.sub(r"\1", asked[name][0])
    return _of_path(parts)


def _of_path(parts: SplitResult) -> str:
    if parts.scheme == "mailto":
        return ""
    if parts.scheme == "urn":
        return parts.path.rpartition(":")[2]
    if parts.scheme.startswith("course-v"):
        return parts.path.replace("+", "/")
    names = [name for name in parts.path.split("/") if name]
    if len(names) > 2 and names[-2] in _WITHIN:
        return "/".join(names)
    return names[-1] if names else ""


def last(iri: str) -> str:
    """The last word of an IRI in lower case, by which verbs, types and extensions are told apart."""
    return re.split(r"[/#:]", iri.rstrip("/#"))[-1].casefold()
