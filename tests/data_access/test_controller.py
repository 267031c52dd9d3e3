"""Whoever the university names as responsible for the data is named wherever the law asks for it, and no other."""

import html
from dataclasses import replace

import pytest
from sqlalchemy import delete

import policy
from components import notice_text
from data_access import consents, packs, registers
from data_access.tables import AccessPack
from privacy import letters, pack_page
from privacy import registers as printed
from privacy.register_page import page
from privacy.request import Kind, State
from tests.cast import BEN, NOW, ROS, TODAY
from tests.data_access.asking import LATER, asked, seen
from tests.data_access.consenting import ask
from tests.data_access.test_packs import issued

FIRST, SECOND = "The Weaver Corporation", "Another Body"
OFFICER = "Orla Threlfall", "dpo@weaver.example"


def named(folder, controller: str) -> None:
    """The policy of a university whose controller is this, with an officer for data protection."""
    text = (policy.SHIPPED / "institution.toml").read_text("utf-8")
    text = text.replace('[controller]\nname = ""', f'[controller]\nname = "{controller}"')
    blank = '[data_protection_officer]\nname = ""\nemail = ""'
    name, email = OFFICER
    text = text.replace(blank, f'[data_protection_officer]\nname = "{name}"\nemail = "{email}"')
    (folder / "institution.toml").write_text(text, "utf-8")
    policy.use(folder)


@pytest.fixture
def university_of(tmp_path):
    yield lambda controller: named(tmp_path, controller)
    policy.use(None)


def five(store, ready) -> dict[str, str]:
    """What is printed now of each, as text."""
    ours = policy.current()
    store.change(delete(AccessPack))
    # Without what is held: a consent that was asked for before goes on naming whom it named.
    pack = replace(packs.whole(BEN.viewer, issued(store), NOW), sections=())
    facts = registers.facts(ROS.viewer, NOW)
    register = printed.printed("processing", facts, ours, NOW)
    consent = ask(ready)
    (told,) = (one for one in consents.of(BEN.viewer, None, NOW) if one.id == consent)
    case = seen(asked(Kind.ERASURE, "The note"))
    return {
        "notice": repr(notice_text.around(ours.institution, TODAY)),
        "pack": html.unescape(pack_page.page(pack).decode()),
        "register": html.unescape(page(register).decode()),
        "consent": told.text,
        "letter": letters.letter(case, State.FULFILLED, None, "So.", None, ours.institution, LATER.date()),
    }


def test_another_controller_in_the_policy_is_named_by_all_five_and_the_former_by_none(
    store, ready, university_of
):
    university_of(FIRST)
    before = five(store, ready)
    assert [what for what, text in before.items() if FIRST not in text or SECOND in text] == []
    university_of(SECOND)
    after = five(store, ready)
    assert [what for what, text in after.items() if SECOND not in text or FIRST in text] == []
    for way in OFFICER:
        assert [what for what in ("notice", "register", "consent", "pack") if way not in after[what]] == []


def test_while_nobody_is_named_the_consent_says_where_the_officer_will_be(store, ready):
    ask(ready)
    (one,) = consents.of(BEN.viewer, None, NOW)
    assert "questions about it: named on the page Help and contacts." in one.text
