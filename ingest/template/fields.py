"""The fields of the template: how a cell becomes a key, a name, a day, an instant or a count, or why not.

Nothing is guessed. What is put right on the way (spaces round a key, a day written by a spreadsheet) is
put right in the same way each time; everything else is refused with what to do about it.
"""

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from policy.days import LONDON

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
_LONGEST_EMAIL = 254
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/@#-]{0,99}")
_SPREADSHEET_NUMBER = re.compile(r"(\d{1,15})\.0")
_EMAIL = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+")
_PHONE = re.compile(r"(?=.*[0-9])[0-9+() -]{1,40}")


def refuse(kind: str, sentence: str) -> PydanticCustomError:
    """A fault of one cell: its kind, counted in reports, and what to do about it."""
    return PydanticCustomError(kind, sentence)


def tidy(cell: object) -> object:
    """A cell without the spaces round it, in composed form, without characters that only steer a display."""
    if not isinstance(cell, str):
        return cell
    if cell.isascii() and cell.isprintable():  # most cells: nothing in them but spaces can be amiss
        return cell.strip()
    shown = unicodedata.normalize("NFC", cell)
    kept = "".join(c for c in shown if unicodedata.category(c) not in ("Cc", "Cf") or c in "\n\t\u200d")
    return kept.strip("\u00a0\ufeff \t\r\n")


def empty_is_none(cell: object) -> object:
    """An empty cell of a field that may be left out."""
    found = tidy(cell)
    return None if found == "" else found


def whole(text: str) -> str:
    """A number without the “.0” that a spreadsheet puts behind it; any other text as it is."""
    number = _SPREADSHEET_NUMBER.fullmatch(text)
    return number.group(1) if number else text


def _key(cell: str) -> str:
    key = whole(cell)
    if not _KEY.fullmatch(key):
        raise refuse(
            "not_a_key",
            "A key is letters, digits and _ . : / @ # - without spaces; a number in powers of ten was spoilt by "
            "a spreadsheet: export the column as text.",
        )
    return key


def day(cell: object) -> object:
    """A cell as a day, whatever the year."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    british = _BRITISH.fullmatch(str(cell))
    iso = "{2:0>4}-{1:0>2}-{0:0>2}".format(*british.groups()) if british else str(cell)
    try:
        return date.fromisoformat(iso if _ISO.fullmatch(iso) else "")
    except ValueError:
        raise refuse("not_a_day", "Write the day as 2026-11-23 or 23/11/2026; it must exist.") from None


def _sensible_day(found: date) -> date:
    if not EARLIEST <= found < LATEST:
        raise _out_of_range()
    return found


def _out_of_range() -> PydanticCustomError:
    return refuse("day_out_of_range", "The day must lie between 1990 and 2099; look for a slip in the year.")


def _instant(cell: object) -> object:
    """An instant. Without an offset it is London's time; of an hour that happens twice, the first."""
    if isinstance(cell, datetime):
        found = cell
    else:
        try:
            found = datetime.fromisoformat(str(cell))
        except ValueError:
            raise refuse(
                "not_an_instant", "Write the time as 2026-11-23T09:00, with an offset if it is not London's."
            ) from None
    if found.tzinfo is None:
        local = found.replace(tzinfo=LONDON)
        if local.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != found:
            raise refuse(
                "no_such_hour", "The clocks go forward in that hour: there is no such time in London."
            )
        found = local
    try:
        return found.astimezone(UTC)
    except OverflowError:  # its offset leads out of the years that there are
        raise _out_of_range() from None


def _sensible_instant(at: datetime) -> datetime:
    _sensible_day(at.date())
    return at


def _count(cell: object) -> object:
    digits = whole(str(cell))
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        raise refuse("not_a_count", "Write a whole number, 0 or more.")
    return int(digits)


def _flag(cell: object) -> object:
    known = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False, "": False}
    try:
        return known[str(cell).lower()]
    except KeyError:
        raise refuse("not_yes_or_no", "Write yes or no.") from None


def _email(cell: str) -> str:
    if len(cell) > _LONGEST_EMAIL or not _EMAIL.fullmatch(cell):
        raise refuse(
            "not_an_email",
            "An e-mail address has one @ and, after it, a domain with a dot; at most 254 characters.",
        )
    return cell


def _phone(cell: str) -> str:
    if not _PHONE.fullmatch(cell):
        raise refuse("not_a_phone", "A telephone number is digits, spaces, + ( ) and -; at most 40 of them.")
    return cell


Text = Annotated[str, BeforeValidator(tidy), StringConstraints(min_length=1, max_length=200)]
Key = Annotated[str, BeforeValidator(tidy), StringConstraints(min_length=1), AfterValidator(_key)]
Day = Annotated[date, BeforeValidator(lambda c: day(tidy(c))), AfterValidator(_sensible_day)]
Instant = Annotated[datetime, BeforeValidator(lambda c: _instant(tidy(c))), AfterValidator(_sensible_instant)]
Count = Annotated[int, BeforeValidator(lambda c: _count(tidy(c)))]
Flag = Annotated[bool, BeforeValidator(lambda c: _flag(tidy(c)))]
OptionalText = Annotated[Text | None, BeforeValidator(empty_is_none)]
OptionalKey = Annotated[Key | None, BeforeValidator(empty_is_none)]
OptionalDay = Annotated[Day | None, BeforeValidator(empty_is_none)]
OptionalInstant = Annotated[Instant | None, BeforeValidator(empty_is_none)]
OptionalCount = Annotated[Count | None, BeforeValidator(empty_is_none)]
OptionalEmail = Annotated[Annotated[str, AfterValidator(_email)] | None, BeforeValidator(empty_is_none)]
OptionalPhone = Annotated[Annotated[str, AfterValidator(_phone)] | None, BeforeValidator(empty_is_none)]
