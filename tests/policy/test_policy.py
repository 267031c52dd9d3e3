"""Policy: shipped files are usable, a university's own file replaces one, and a faulty one says where."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import policy


@pytest.fixture(autouse=True)
def _shipped_again() -> Iterator[None]:
    yield
    policy.use(None)


def test_the_shipped_policy_is_usable():
    policy.use(None)
    assert policy.current().engagement.weights.attendance == 4
    assert policy.current().agreement.version == "2026-1"


def test_a_universitys_own_file_replaces_the_shipped_one_whole(tmp_path: Path):
    (tmp_path / "institution.toml").write_text(
        'name = "Elsewhere"\nsupport_name = "Help"\nsupport_contact = "x"\n', encoding="utf-8"
    )
    policy.use(tmp_path)
    assert policy.current().institution.name == "Elsewhere"
    assert policy.current().engagement.bands.high == 80


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("engagement.toml", "version = ", "engagement.toml is not readable as TOML"),
        ("institution.toml", 'name = "A"', "institution.toml: support_name: Field required"),
        ("institution.toml", 'nmae = "A"', "institution.toml"),
        ("confidentiality.md", "Be discreet.", "must begin with a line"),
        (
            "calendar.toml",
            'year = "x"\n[[term]]\nname = "Autumn"\nfirst = 2026-02-01\nlast = 2026-01-01\n',
            "“Autumn” ends before it begins",
        ),
    ],
)
def test_a_faulty_file_stops_with_its_name_the_setting_and_the_fault(tmp_path: Path, name, text, says):
    (tmp_path / name).write_text(text, encoding="utf-8")
    policy.use(tmp_path)
    with pytest.raises(policy.PolicyError) as fault:
        policy.current()
    assert says in str(fault.value)


def test_a_changed_agreement_has_another_digest(tmp_path: Path):
    shipped = policy.current().agreement
    (tmp_path / "confidentiality.md").write_text("version: 2\n\nOther words.\n", encoding="utf-8")
    policy.use(tmp_path)
    assert policy.current().agreement.sha256 != shipped.sha256
