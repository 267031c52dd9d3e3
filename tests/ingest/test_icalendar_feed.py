"""Timetable feeds: which classes a feed holds, when each begins, and what is too broken to be used."""

from datetime import UTC, datetime, timedelta

import pytest

from ingest.limits import Limits
from ingest.template.timetable import TimetabledClass
from privacy.labels import Source
from tests.ingest.records_reading import read

PLAIN = "DTSTART:20261005T090000Z\nDTEND:20261005T110000Z\nSUMMARY:CS2810 - Workshop - Online"


def event(uid, lines=PLAIN):
    key = f"UID:{uid}\n" if uid else ""
    return f"BEGIN:VEVENT\n{key}{lines}\nEND:VEVENT\n"


def calendar(*events, head=""):
    return (
        f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//Server//EN\n{head}{''.join(events)}END:VCALENDAR\n"
    )


@pytest.fixture
def reads(tmp_path):
    """Reads the text as a feed."""

    def read_text(text, limits=None):
        path = tmp_path / "feed.ics"
        path.write_text(text, encoding="utf-8")
        return read(path, Source.TIMETABLE, None, limits or Limits())

    return read_text


@pytest.fixture
def begins(reads):
    """When the classes of the entries begin, in UTC, in order."""

    def begin(*events, head=""):
        found = reads(calendar(*events, head=head))
        assert found.faults == []
        return [
            f"{at.astimezone(UTC):%d %b %H:%M}" for at in sorted(found.rows(TimetabledClass, "starts_at"))
        ]

    return begin


def test_an_entry_is_a_class_with_its_module_kind_room_and_times(reads):
    lines = f"{PLAIN}\nLOCATION:CG-204\\nCampus\nDESCRIPTION:secret\nORGANIZER;CN=Jo:mailto:jo@x.example"
    head = "X-WR-CALNAME:Jo Bloggs\n"
    found = reads(calendar(event("TT-1", lines), head=head))
    assert found.summary.format == "icalendar"
    assert found.rows(TimetabledClass) == [
        {
            "event_id": "TT-1",
            "module_id": "CS2810",
            "starts_at": datetime(2026, 10, 5, 9, tzinfo=UTC),
            "ends_at": datetime(2026, 10, 5, 11, tzinfo=UTC),
            "kind": "Workshop",
            "room": "CG-204",
            "cancelled": False,
        }
    ]
    assert not any(word in found.text for word in ("Bloggs", "secret", "jo@x", "Campus"))


@pytest.mark.parametrize(
    ("title", "module", "kind"),
    [
        ("5COSC001: Algorithms, lecture", "5COSC001", "Lecture"),
        ("CS2810 - Drop-in", "CS2810", "Drop-in"),
        ("TDS Practical 1: intro", "TDS", "Practical"),
        ("Algorithms and Data - Tutorial", "Algorithms_and_Data", "Tutorial"),
        ("2026 review", "2026_review", "Class"),
        ("Häkeln (Gruppe 2)", "H_keln_Gruppe_2", "Class"),
    ],
)
def test_the_module_is_the_code_in_front_or_the_titles_first_part(reads, title, module, kind):
    found = reads(calendar(event("a", PLAIN.replace("CS2810 - Workshop - Online", title))))
    assert found.rows(TimetabledClass, "module_id", "kind") == [(module, kind)]


def test_times_without_a_zone_are_londons_in_summer_and_winter(begins):
    winter = PLAIN.replace("20261005T090000Z", "20261109T090000").replace(
        "20261005T110000Z", "20261109T110000"
    )
    summer = PLAIN.replace("00Z", "00")
    assert begins(event("a", summer), event("b", winter)) == ["05 Oct 08:00", "09 Nov 09:00"]


def test_zones_by_name_in_the_feeds_own_words_and_of_windows_are_known(begins):
    paris = PLAIN.replace("DTSTART:", "DTSTART;TZID=Europe/Paris:").replace("00Z", "00")
    windows = PLAIN.replace("DTSTART:", "DTSTART;TZID=GMT Standard Time:").replace("00Z", "00")
    own = PLAIN.replace("DTSTART:", "DTSTART;TZID=Ours:").replace("00Z", "00")
    described = (
        "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:20000101T000000\nTZOFFSETFROM:+0300\n"
        "TZOFFSETTO:+0300\nTZNAME:X\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    assert begins(event("a", paris)) == ["05 Oct 07:00"]
    assert begins(event("a", windows)) == ["05 Oct 08:00"]
    assert begins(event("a", own), head=described) == ["05 Oct 06:00"]


def test_an_hour_that_does_not_exist_in_london_is_a_fault(reads):
    lines = PLAIN.replace("20261005T090000Z", "20270328T013000").replace(
        "20261005T110000Z", "20270328T030000"
    )
    found = reads(calendar(event("a", lines)))
    assert [fault.kind for fault in found.faults] == ["no_such_hour"]


FIRST = "DTSTART;TZID=Europe/London:20261012T090000\nDURATION:PT1H\nSUMMARY:CS2810 Lecture"
SERIES = f"{FIRST}\nRRULE:FREQ=WEEKLY;COUNT=4"


def test_a_series_keeps_its_hour_in_london_when_the_clocks_change(begins):
    assert begins(event("a", SERIES)) == ["12 Oct 08:00", "19 Oct 08:00", "26 Oct 09:00", "02 Nov 09:00"]


def test_exceptions_take_classes_out_and_further_days_put_them_in(begins):
    out = f"{SERIES}\nEXDATE;TZID=Europe/London:20261019T090000"
    more = f"{out}\nRDATE;TZID=Europe/London:20261111T140000"
    assert begins(event("a", out)) == ["12 Oct 08:00", "26 Oct 09:00", "02 Nov 09:00"]
    assert begins(event("a", more)) == ["12 Oct 08:00", "26 Oct 09:00", "02 Nov 09:00", "11 Nov 14:00"]


MOVED = (
    "RECURRENCE-ID;TZID=Europe/London:20261026T090000\nDTSTART;TZID=Europe/London:20261027T150000\n"
    "DTEND;TZID=Europe/London:20261027T160000\nSUMMARY:CS2810 Lecture"
)


def test_a_class_of_a_series_that_is_moved_keeps_its_key(reads):
    before = reads(calendar(event("a", SERIES))).rows(TimetabledClass, "event_id")
    after = reads(calendar(event("a", SERIES), event("a", MOVED))).rows(
        TimetabledClass, "event_id", "starts_at"
    )
    assert [key for key, _ in after] == before
    assert after[2] == ("a/20261026T0900Z", datetime(2026, 10, 27, 15, tzinfo=UTC))


@pytest.mark.parametrize(
    ("events", "head", "off"),
    [
        ([event("a", f"{PLAIN}\nSTATUS:CANCELLED")], "", [True]),
        ([event("a", PLAIN.replace("CS2810", "CANCELLED: CS2810"))], "", [True]),
        ([event("a", PLAIN.replace("CS2810", "Canceled - CS2810"))], "", [True]),
        ([event("a")], "METHOD:CANCEL\n", [True]),
        ([event("a", f"{PLAIN}\nSTATUS:TENTATIVE")], "METHOD:PUBLISH\n", [False]),
        ([event("a", SERIES), event("a", f"{MOVED}\nSTATUS:CANCELLED")], "", [False, False, True, False]),
    ],
)
def test_cancelled_classes_are_kept_and_marked(reads, events, head, off):
    found = reads(calendar(*events, head=head)).rows(TimetabledClass, "cancelled", "module_id")
    assert found == [(cancelled, "CS2810") for cancelled in off]


def test_a_series_without_an_end_is_followed_for_a_year_and_a_bit_from_the_feeds_last_day(reads):
    found = reads(calendar(event("a", SERIES.replace(";COUNT=4", "")), event("b")))
    days = found.rows(TimetabledClass, "starts_at")
    assert max(days) - datetime(2026, 10, 12, tzinfo=UTC) <= timedelta(days=401)
    assert len(days) == 1 + 58
    assert "Series without an end were followed for 400 days." in found.summary.notes


@pytest.mark.parametrize(
    ("lines", "field", "kind"),
    [
        ("DTSTART:yesterday\nDTEND:20261005T110000Z\nSUMMARY:CS1 x", "DTSTART", "broken"),
        (f"{PLAIN}\nRRULE:FREQ=SOMETIMES", "RRULE", "broken"),
        (f"{PLAIN}\nEXDATE:", "EXDATE", "broken"),
        ("DTEND:20261005T110000Z\nSUMMARY:CS1 x", "DTSTART", "missing"),
        ("DTSTART:20261005T090000Z\nSUMMARY:CS1 x", "DTEND", "missing"),
        (PLAIN.replace("SUMMARY:CS2810 - Workshop - Online", "SUMMARY: "), "SUMMARY", "no_module"),
        (PLAIN.replace("DTSTART:", "DTSTART;TZID=Nowhere:").replace("00Z", "00"), "DTSTART", "unknown_zone"),
        (PLAIN.replace("2026", "1066"), "DTSTART", "day_out_of_range"),
        (PLAIN.replace("DTEND:20261005T11", "DTEND:20261005T08"), "DTEND", "ends_before_start"),
        (PLAIN.replace("DTEND:20261005T11", "DTEND:20261005T09"), "DTEND", "ends_before_start"),
        (PLAIN.replace("DTEND:20261005T110000Z", "DURATION:PT0S"), "DURATION", "ends_before_start"),
        (PLAIN.replace("DTEND:20261005T110000Z", "DURATION:-PT1H"), "DURATION", "ends_before_start"),
        (PLAIN.replace("DTEND:20261005T110000Z", "DURATION:20260921T100000Z"), "DURATION", "broken"),
        (PLAIN.replace("DTEND:20261005T110000Z", "DURATION;VALUE=DATE:20260921"), "DURATION", "broken"),
        (PLAIN.replace("DTEND:20261005T110000Z", "DURATION:P3000000D"), "RRULE", "series"),
        (f"{PLAIN}\nRECURRENCE-ID;TZID=Asia/Tokyo:00010101T000000", "RRULE", "series"),
        (f"{PLAIN}\nRRULE:FREQ=SECONDLY", "RRULE", "rule"),
        (f"{PLAIN}\nRRULE:FREQ=HOURLY;COUNT=3", "RRULE", "rule"),
        (f"{PLAIN}\nRRULE:FREQ=DAILY;INTERVAL=0", "RRULE", "rule"),
        (f"{PLAIN}\nRRULE:FREQ=DAILY;BYMINUTE=1,2,3,4,5,6,7,8,9", "RRULE", "rule"),
        (f"{PLAIN}\nRRULE:RSCALE=CHINESE;FREQ=YEARLY", "RRULE", "rule"),
        (f"{PLAIN}\nDTSTART:20261006T090000Z", "DTSTART", "twice"),
    ],
)
def test_an_entry_that_cannot_be_used_is_kept_aside_and_the_others_are_read(reads, lines, field, kind):
    found = reads(calendar(event("good"), event("bad", lines)))
    assert [(fault.field, fault.kind) for fault in found.faults] == [(field, kind)]
    assert found.faults[0].line > 8
    assert found.rows(TimetabledClass, "event_id") == ["good"]


def test_an_entry_without_a_key_is_kept_aside(reads):
    found = reads(calendar(event("")))
    assert [(fault.line, fault.field, fault.kind) for fault in found.faults] == [(4, "UID", "missing")]


def test_a_series_with_too_many_classes_is_kept_aside(reads):
    years = [event("old", PLAIN.replace("2026", "2020")), event("a", f"{PLAIN}\nRRULE:FREQ=DAILY;COUNT=5000")]
    first = event("b", PLAIN.replace("2026", "2031"))
    found = reads(calendar(*years, first))
    assert [fault.kind for fault in found.faults] == ["too_many"]


def test_a_key_that_is_too_long_or_holds_other_signs_becomes_a_checksum(reads):
    found = reads(calendar(event("040000008200E00074C5B7101A82E008" * 4), event("{a b}")))
    keys = found.rows(TimetabledClass, "event_id")
    assert found.faults == []
    assert all(key.startswith("uid-") and len(key) == 44 for key in keys)
    assert len(set(keys)) == 2


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (
            "DTSTART;VALUE=DATE:20261225\nSUMMARY:CS2810 closed",
            "entries for a whole day, at which nobody is expected",
        ),
        (
            PLAIN.replace("Workshop", "Deadline: essay"),
            "deadlines and holidays, at which nobody is expected",
        ),
    ],
)
def test_entries_at_which_nobody_is_expected_are_counted_and_left_out(reads, lines, reason):
    found = reads(calendar(event("a", lines)))
    assert (dict(found.summary.skipped), found.counts) == ({reason: 1}, (1, 0, 0, 1))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (calendar(event("a")).removesuffix("END:VCALENDAR\n"), "cut_short"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "cut_short"),
        ("BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR\n", "calendar"),
        ("BEGIN:VCARD\nEND:VCARD\n", "format"),
    ],
)
def test_a_feed_that_is_cut_short_or_none_is_refused_as_a_whole(reads, text, kind):
    found = reads(text)
    assert (found.summary.refused_kind, found.rows(TimetabledClass)) == (kind, [])


def test_a_feed_without_entries_is_read_and_says_so(reads):
    found = reads(calendar())
    assert found.summary.notes == ["feed.ics holds a calendar without entries."]


def test_addresses_on_the_web_are_no_room(reads):
    found = reads(calendar(event("a", f"{PLAIN}\nLOCATION:https://meet.x.example/abc")))
    assert found.rows(TimetabledClass, "room") == [None]


def test_more_classes_than_a_file_may_have_are_refused(reads):
    found = reads(calendar(event("a", SERIES)), Limits(rows=3))
    assert found.summary.refused_kind == "rows"


def test_folded_lines_and_other_line_ends_are_read(reads):
    text = calendar(event("a", PLAIN.replace("Workshop", "Work\n shop"))).replace("\n", "\r\n")
    assert reads(text).rows(TimetabledClass, "kind") == ["Workshop"]
