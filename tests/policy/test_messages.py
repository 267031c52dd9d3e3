"""Messages in policy: a template without a purpose, with a strange word or an unkind one stops the start."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import policy
from policy.messages import TAKES

SHIPPED = (policy.SHIPPED / "messages.toml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _shipped_again() -> Iterator[None]:
    yield
    policy.use(None)


def test_every_template_that_the_program_sends_is_shipped_with_its_purpose():
    templates = policy.current().messages.template
    assert set(templates) == set(TAKES)
    assert {name: one.purpose for name, one in templates.items() if one.confirmation} == {
        "meeting": "communicate",
        "meeting-cancelled": "communicate",
        "plan-agreed": "agree",
        "consent-withdrawn": "agree",
        "access-pack": "communicate",
        "request": "communicate",
        "emergency": "communicate",
    }


def test_without_a_word_of_the_university_nothing_is_emailed():
    ours = policy.current().messages
    assert (ours.sending.host, ours.digest.address) == ("", "")
    assert ours.sending.from_address.endswith(".example")


@pytest.mark.parametrize(
    ("shipped", "instead", "says"),
    [
        (
            '[template.plan]\npurpose = "agree"\n',
            "[template.plan]\n",
            "template.plan.purpose: Field required",
        ),
        (
            '[template.plan]\npurpose = "agree"',
            '[template.plan]\npurpose = "remind"',
            "template.plan.purpose",
        ),
        (
            '[template.plan]\npurpose = "agree"',
            '[template.plan]\npurpose = "equality"',
            "template.plan.purpose",
        ),
        ("[template.plan]", "[template.plans]", "“plan” is missing"),
        ("[template.record]", "[template.rating]", "is no template that the program sends"),
        ("{tutor} proposes a support plan", "{points} proposes", "template “plan”: it has no word “points”"),
        (
            "{tutor} proposes a support plan",
            "{tutor.__class__}",
            "template “plan”: “{tutor.__class__}” is no word",
        ),
        ("{tutor} proposes a support plan", "{tutor", "template “plan”"),
        (
            "{tutor} proposes a support plan",
            "You are at risk",
            "template.plan: “at risk” judges or forecasts",
        ),
        ("{tutor} proposes a support plan", "Your score", "template.plan: “score” names a rating"),
        ("{tutor} proposes a support plan", "You came to 40 %", "template.plan: “40 %” quotes a number"),
        ("{tutor} proposes a support plan", "Your illness", "template.plan: “illness” tells of health"),
        ("{tutor} proposes a support plan", "Your last chance", "template.plan: “last chance” threatens"),
        ("A reminder from your support plan", "{action}", "template “action-reminder”: “action” is private"),
        (
            "There is news of one action",
            "News of {action}",
            "template “action-outcome”: email stands as it is",
        ),
        ('tls = "starttls"', 'tls = "none"\n#', None),
        ('host = ""', 'host = "mail.university.example"', None),
        (
            'host = ""\nport = 587\ntls = "starttls"',
            'host = "mail.x"\nport = 25\ntls = "none"',
            "without TLS",
        ),
        (
            'tls = "starttls"\nusername = ""',
            'tls = "none"\nusername = "la"',
            "without TLS no password is sent",
        ),
        ("port = 587", 'port = 587\npassword = "secret"', "sending.password: Extra inputs"),
        ("begins = 20:00:00", "begins = 07:00:00", "quiet hours begin in the evening"),
        ('address = ""', 'address = "all@university.example"', "address must hold {username}"),
        ('greeting = "Dear {name},"', 'greeting = "Dear {surname},"', "greeting: it has no word “surname”"),
        ('site = "https://', 'site = "ftp://', "site"),
    ],
)
def test_a_faulty_file_stops_with_a_sentence(tmp_path: Path, shipped, instead, says):
    assert shipped in SHIPPED
    (tmp_path / "messages.toml").write_text(SHIPPED.replace(shipped, instead, 1), encoding="utf-8")
    policy.use(tmp_path)
    if says is None:
        policy.current()
        return
    with pytest.raises(policy.PolicyError) as refused:
        policy.current()
    assert says in str(refused.value)
    assert "messages.toml" in str(refused.value)
