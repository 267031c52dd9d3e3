"""What may be about somebody else: every kind of suggestion, and the text that is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.redaction import Kind, Known, Reason, Span, addresses, covered, places, suggestions

SAM = Known(own=("w1234567", "Sam", "Sam Achebe", "Achebe"))
MET = "Met Sam (w1234567) with flatmate Priya Patel w7654321, priya@example.org, 07700 900123"


def seen(text: str, known: Known = SAM) -> list[tuple[str, Kind]]:
    return [(span.of(text), span.kind) for span in suggestions(text, known)]


def test_the_others_are_suggested_and_the_requester_is_not():
    assert seen(MET) == [
        ("Priya Patel", Kind.SOMEBODY),
        ("w7654321", Kind.KEY),
        ("priya@example.org", Kind.EMAIL),
        ("07700 900123", Kind.PHONE),
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Her mother was taken to hospital", [("mother", Kind.SOMEBODY)]),
        ("My Partner, Zoë O’Neill-Ngũgĩ, called", [("Zoë O’Neill-Ngũgĩ", Kind.SOMEBODY)]),
        (
            "Ring +44 7700 900123 or (020) 7946 0018",
            [("+44 7700 900123", Kind.PHONE), ("(020) 7946 0018", Kind.PHONE)],
        ),
        ("Ring Zoë (07700 900461), after 18:00", [("07700 900461", Kind.PHONE)]),
        ("Mark 72 of 100, room 4.12, week 11, 2026-11-23", []),
        ("A partnership with friendly people", []),
        ("w12345678 and xw1234567 are no such numbers", []),
        ("Sam Achebe said that Achebe and W1234567 are the same person", []),
    ],
)
def test_what_is_suggested(text, what):
    assert seen(text) == what


def test_names_of_those_who_share_a_tutor_are_found_in_any_case_and_as_whole_words():
    known = Known(others=("Ben Quaverley", "Quaverley"))
    assert seen("Talked about ben quaverley, not Quaverleys", known) == [("ben quaverley", Kind.NAME)]


def test_keys_without_a_pattern_are_found_where_they_are_known():
    assert seen("See S-0042.", Known(keys=("S-0042",))) == [("S-0042", Kind.KEY)]


def test_addresses_are_found_as_they_are_written():
    told = '{"email": "advice@university.example", "phone": "01632 960 114", "link": "https://x.example"}'
    assert addresses(told) == {"advice@university.example", "01632 960 114"}


def test_a_text_is_written_anew_without_what_is_covered():
    spans = [(span.start, span.end, Reason.OTHER_PERSON) for span in suggestions(MET, SAM)]
    left = covered(MET, spans)
    other = "[REDACTED – other person]"
    assert left == f"Met Sam (w1234567) with flatmate {other} {other}, {other}, {other}"
    assert "Priya" not in left


def test_spans_that_overlap_become_one():
    assert (
        covered("abcdef", [(1, 3, Reason.LEGAL), (2, 5, Reason.OTHER_PERSON)])
        == "a[REDACTED – legal advice]f"
    )


def test_words_that_an_officer_names_are_found_wherever_they_stand():
    assert places("his dog, his cat", " his ") == (Span(0, 3, Kind.OTHER), Span(9, 12, Kind.OTHER))
    assert places("his dog", "  ") == ()


@given(st.text(max_size=200), st.text(min_size=1, max_size=20))
def test_suggestions_lie_in_order_inside_the_text_and_never_overlap(text, name):
    spans = suggestions(f"{text} {name} {text}", Known(others=(name,)))
    ends = [0, *(span.end for span in spans)]
    assert all(end <= span.start < span.end for end, span in zip(ends, spans, strict=False))


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=6))
def test_no_covered_letter_is_left(text, chosen):
    marked = "".join(chr(0xE000 + place) for place, _ in enumerate(text))
    spans = [(s, min(s + n, len(text)), Reason.HARM) for s, n in chosen if s < len(text)]
    left = covered(marked, spans)
    hidden = {marked[place] for s, e, _ in spans for place in range(s, e)}
    assert {letter for letter in left if letter in marked} == set(marked) - hidden
