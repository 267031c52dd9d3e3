"""Numbers and days as they are written in a sentence."""

from collections.abc import Iterable
from datetime import date

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def day(on: date) -> str:
    """`9 November`."""
    return f"{on.day} {on:%B}"


def short_day(on: date) -> str:
    """`Sun 22 Nov`."""
    return f"{on:%a} {on.day} {on:%b}"


def days(first: date, last: date) -> str:
    """`9–22 November`, `30 October – 12 November` or one day."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    return f"{day(first)} – {day(last)}"


def small(number: int) -> str:
    """A number under ten as a word."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"


def of(number: int, one: str, many: str | None = None) -> str:
    """`1 class`, `2 classes`; without the plural, `day` becomes `days`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def pieces(number: int, due: int) -> str:
    """So much of the work due: `the one piece of work`, `all 2 pieces of work`, `1 of 2 pieces of work`."""
    if due == 1:
        return "the one piece of work"
    return f"{'all' if number == due else f'{number} of'} {due} pieces of work"


def missing(number: int, due: int, when: str = "") -> str:
    """So much of the work due that has not been handed in; `when` says within which days it was due."""
    if number == due > 1:
        return f"none of the {due} pieces of work due{when} handed in"
    return f"{pieces(number, due)} due{when} not handed in"


def listed(parts: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, final = list(parts) or [""]
    return f"{', '.join(most)} {last} {final}" if most else final


def sentence(text: str) -> str:
    """The text with a capital and a full stop; nothing else in it is changed."""
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def hundredths(value: int) -> str:
    """`76.92` for 7692: exact, so that it can be worked out again by hand."""
    sign = "−" if value < 0 else ""
    return f"{sign}{abs(value) // 100}.{abs(value) % 100:02d}"
