"""Where to turn, in policy: every place can be reached, somebody answers at night, and a fault says so plainly."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import policy

PLACE = '[[place]]\nname = "Desk"\nhelps_with = "All"\nhours = "Always"\n'
NIGHT = '[out_of_hours]\nname = "Line"\nhelps_with = "All"\nhours = "Nights"\nphone = "01632 960 100"\n'
FIRST = 'emergency = "Call 999."\n'


@pytest.fixture(autouse=True)
def _shipped_again() -> Iterator[None]:
    yield
    policy.use(None)


def test_the_shipped_places_can_be_reached_by_day_and_by_night():
    support = policy.current().support
    assert [place.name for place in support.place][:2] == [
        "Student Advice Centre",
        "Counselling and well-being",
    ]
    assert support.out_of_hours.phone == "0808 157 0100"
    assert "999" in support.emergency


def test_everything_that_is_shipped_is_invented():
    support = policy.current().support
    for place in (*support.place, support.out_of_hours):
        # Numbers that Ofcom keeps for drama, and a top-level domain that never exists.
        assert place.phone is None or place.phone.startswith(("01632 960", "0808 157 0"))
        assert place.email is None or place.email.endswith(".example")
        assert place.link is None or place.link.split("/")[2].endswith(".example")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (FIRST + PLACE + NIGHT, "“Desk” cannot be reached: give it a link, a phone or an email"),
        (FIRST + NIGHT, "place: Field required"),
        (FIRST + PLACE + 'phone = "01632 960 1"\n', "out_of_hours: Field required"),
        (
            FIRST
            + PLACE
            + 'phone = "01632 960 1"\n'
            + NIGHT.replace("phone", "email").replace("01632 960 100", "a@b.uk"),
            "“Line” is for nights and weekends: give it a phone",
        ),
        (FIRST + PLACE + 'link = "javascript:alert(1)"\n' + NIGHT, "place.0.link"),
        (FIRST + PLACE + 'phone = "ask at the desk"\n' + NIGHT, "place.0.phone"),
        (FIRST + PLACE + 'email = "nobody"\n' + NIGHT, "place.0.email"),
        (PLACE + 'phone = "01632 960 1"\n' + NIGHT, "emergency: Field required"),
    ],
)
def test_a_faulty_file_stops_with_a_sentence(tmp_path: Path, text, says):
    (tmp_path / "support.toml").write_text(text, encoding="utf-8")
    policy.use(tmp_path)
    with pytest.raises(policy.PolicyError) as fault:
        policy.current()
    assert "support.toml" in str(fault.value)
    assert says in str(fault.value)
