"""What Jisc's profile of xAPI adds to a statement: the module it belongs to, and the kind of system it is about."""

from collections.abc import Mapping
from typing import Any

from ingest import iri

_VLE = ("", "vle", "video", "readinglist")


def module(extensions: Mapping[str, Any]) -> str:
    """The key of the statement's course area: the VLE's own, else that of student records; "" without one."""
    area = _named(extensions, "courseArea")
    if not isinstance(area, Mapping):
        return ""
    keys = (_named(area, "vle_mod_id"), _named(area, "uddModInstanceID"))
    return next((key for key in keys if key and isinstance(key, str)), "")


def elsewhere(extensions: Mapping[str, Any]) -> str:
    """Which other system a statement is about, such as attendance or the library; "" where it is the VLE."""
    category = str(_named(extensions, "recipeCat") or "").casefold()
    return "" if category in _VLE else category


def _named(extensions: Mapping[str, Any], name: str) -> object:
    """An extension by the last word of its name; some stores write `&46;` for the dots in it."""
    return next((value for key, value in extensions.items() if iri.last(key) == name.casefold()), None)
