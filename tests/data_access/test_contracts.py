"""A processor without a contract today: nothing is sent, loaded or backed up, and all start again with one."""

from datetime import date
from types import SimpleNamespace

import pytest

import policy
from auth.refusals.compliance import ContractOver
from data_access import backups, contracts, loads, sending
from policy.processors import Integration
from privacy.labels import Source
from support.message import State
from tests.cast import NOW
from tests.data_access.telling import ADDRESS, JOB, rules, states, tell

BLOCK = """
[integration]
hosting = "in-house"
backup = "Weaver Mail Ltd"
email = "Weaver Mail Ltd"
student-records = "in-house"
vle = "Weaver Mail Ltd"
timetable = "in-house"
attendance = "in-house"
[[processor]]
name = "Weaver Mail Ltd"
service = "sends e-mail"
data = ["contact"]
contract = "W-1"
begins = 2026-01-01
ends = {ends}
"""


@pytest.fixture
def contract(tmp_path):
    """Policy under which the mail server and the VLE are a processor's, with a contract up to the day given."""

    def until(ends: date) -> None:
        (tmp_path / "processors.toml").write_text(BLOCK.format(ends=ends), "utf-8")
        policy.use(tmp_path)

    yield until
    policy.use(None)


def test_no_message_is_claimed_without_a_contract_and_it_waits(store, monkeypatch, contract):
    rules(monkeypatch, sending={"host": "127.0.0.1"})
    store.change(ADDRESS)
    tell("plan-1", "plan")
    monkeypatch.undo()
    contract(date(2026, 11, 22))
    with pytest.raises(ContractOver, match="no contract with Weaver Mail Ltd"):
        sending.claim(JOB, NOW)
    assert states(store) == [("plan-1", State.WAITING, None)]
    contract(date(2026, 11, 23))
    assert len(sending.claim(JOB, NOW)) == 1


def test_nothing_is_loaded_from_a_system_without_a_contract(store, contract):
    contract(date(2026, 11, 22))
    with pytest.raises(ContractOver, match="The VLE"):
        loads.store(JOB, SimpleNamespace(system=Source.VLE), NOW)


def test_nothing_is_copied_to_where_backups_are_kept_without_a_contract(university, contract, tmp_path):
    contract(date(2026, 11, 22))
    with pytest.raises(ContractOver, match="no contract with Weaver Mail Ltd"):
        backups.make(JOB, tmp_path / "copy", NOW)
    assert not (tmp_path / "copy").exists()
    contract(date(2026, 11, 23))
    assert "learner-analytics.db" in backups.make(JOB, tmp_path / "copy", NOW)


def test_what_is_in_house_needs_no_contract(contract):
    contract(date(2026, 11, 22))
    contracts.needed(Integration.TIMETABLE, NOW)
