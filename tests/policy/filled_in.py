"""A university that has filled in all that only a university can say."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policy.processors import IN_HOUSE, Integration

CONTACT = {"name": "Somebody", "email": "somebody@weaver.test"}
INSTITUTION = {
    "name": "Weaver University",
    "support_name": "Help",
    "support_contact": "help@weaver.test",
    "controller": {"name": "Weaver University", "address": "1 Mill Lane"},
    "data_protection_officer": CONTACT,
    "learner_analytics": CONTACT,
    "information_compliance": CONTACT,
    "regulations": {
        "undergraduate_link": "https://weaver.test/ug",
        "postgraduate_link": "https://weaver.test/pg",
    },
    "retention_schedule": {"link": "https://weaver.test/retention"},
    "complaints": {"link": "https://weaver.test/complaints"},
}
PLACE = {"name": "Advice", "helps_with": "Anything", "hours": "Always", "phone": "020 7946 0000"}
SUPPORT = {"emergency": "Call 999.", "place": [PLACE], "out_of_hours": PLACE | {"name": "Night line"}}
PROCESSORS = {"integration": {use.value: IN_HOUSE for use in Integration}}


def fill_in(home: Path) -> None:
    """Write the files into the policy folder of an installation."""
    folder = home / "policy"
    (folder / "institution.toml").write_text("\n".join(_lines(INSTITUTION)), "utf-8")
    (folder / "support.toml").write_text("\n".join(_lines(SUPPORT)), "utf-8")
    (folder / "processors.toml").write_text("\n".join(_lines(PROCESSORS)), "utf-8")


def _lines(of: dict[str, Any]) -> Iterator[str]:
    """TOML: what is no table first."""
    yield from (f"{name} = {json.dumps(value)}" for name, value in of.items() if isinstance(value, str))
    for name, value in of.items():
        for one in value if isinstance(value, list) else [value] if isinstance(value, dict) else []:
            yield f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
            yield from _lines(one)
