"""A plain reading of calendars, without our code and without the libraries it uses: when each class of a feed begins.

It knows the rules that occur in the samples, and tries every day of the years around them.
"""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ZONES = {
    "custom_America/New_York": "America/New_York",
    "Eastern Standard Time": "America/New_York",
    "Tokyo Standard Time": "Asia/Tokyo",
}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
REACH = timedelta(days=400)


def starts(text: str) -> list[datetime]:
    """When each class begins, in UTC, in order."""
    lines = re.sub(r"\r?\n[ \t]", "", text).splitlines()
    events = [event for event in _events(lines) if _usable(event)]
    firsts = [at(event, "DTSTART").date() for event in events]
    found: list[datetime] = []
    for event in events:
        if "RECURRENCE-ID" in event:
            found.remove(at(event, "RECURRENCE-ID").astimezone(UTC))
            found.append(at(event, "DTSTART").astimezone(UTC))
        else:
            found += [day.astimezone(UTC) for day in series(event, max(firsts) + REACH)]
    return sorted(found)


def _events(lines: list[str]) -> list[dict[str, tuple[str, str]]]:
    """Each entry as its properties: parameters and value."""
    found, inside = [], 0
    for line in lines:
        if line == "BEGIN:VEVENT":
            found.append({})
        inside += line.startswith("BEGIN:") - line.startswith("END:")
        if inside == 2 and found and ":" in line and not line.startswith(("BEGIN", "END")):
            name = re.split("[:;]", line)[0]
            value = line.split(":", 1)[1] if name != "DTSTART" and name != "DTEND" else line.rsplit(":", 1)[1]
            found[-1][name] = (line[len(name) : len(line) - len(value) - 1], value)
    return found


def _usable(event: dict[str, tuple[str, str]]) -> bool:
    whole = {"UID", "SUMMARY", "DTSTART"} <= event.keys() and ("DTEND" in event or "DURATION" in event)
    if not whole or not re.fullmatch(r"\d{8}T\d{6}Z?", event["DTSTART"][1]):
        return False
    if "deadline" in event["SUMMARY"][1] or len(event.get("DURATION", ("", ""))[1]) > 10:
        return False
    try:
        at(event, "DTSTART")
    except ZoneInfoNotFoundError:
        return False
    return True


def at(event: dict[str, tuple[str, str]], name: str, value: str = "") -> datetime:
    """A time of an entry, by its zone; without one it is London's."""
    parameters, own = event[name]
    text = value or own
    zone = re.search(r'TZID="?([^";:]+)', parameters)
    known = zone[1].removeprefix("/") if zone else "Europe/London"
    place = UTC if text.endswith("Z") else ZoneInfo(ZONES.get(known, known))
    return datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=place)


def series(event: dict[str, tuple[str, str]], last: date) -> list[datetime]:
    """The days of a series: its rule, its further days, without its exceptions."""
    first = at(event, "DTSTART")
    rule = dict(part.split("=") for part in event.get("RRULE", ("", "FREQ=ONCE"))[1].split(";"))
    days = [first.date() + timedelta(days=n) for n in range((last - first.date()).days + 1)]
    fitting = [day for day in days if fits(day, first.date(), rule)]
    fitting = fitting[: int(rule["COUNT"])] if "COUNT" in rule else fitting
    found = {datetime.combine(day, first.timetz()) for day in fitting}
    if "RDATE" in event:
        found |= {
            at(event, "RDATE", one.split("/")[0]) for one in event["RDATE"][1].split(",") if one[:1].isdigit()
        }
    if "EXDATE" in event:
        found -= {at(event, "EXDATE", one) for one in event["EXDATE"][1].split(",")}
    return sorted(found)


def fits(day: date, first: date, rule: dict[str, str]) -> bool:
    """Whether the rule has that day."""
    weekday = DAYS[day.weekday()]
    match rule["FREQ"]:
        case "DAILY":
            return True
        case "WEEKLY":
            return weekday in rule["BYDAY"].split(",")
        case "MONTHLY":
            third = 15 <= day.day <= 21
            return rule["BYDAY"] == f"+3{weekday}" and third and str(day.month) in rule["BYMONTH"].split(",")
        case "ONCE":
            return day == first
    raise AssertionError(rule)
