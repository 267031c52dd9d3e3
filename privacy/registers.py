"""All the registers there are, in their order, and the digest of the configuration they are printed from."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from hashlib import sha256

from pydantic_core import to_jsonable_python

from policy import Policy
from policy.days import london_day
from policy.version import version
from privacy import (
    register_agreement,
    register_consents,
    register_disclosures,
    register_disposals,
    register_dpia,
    register_fields,
    register_notice,
    register_policy_document,
    register_processing,
    register_processors,
    register_purposes,
    register_rights,
)
from privacy.register import Print, Register
from privacy.register_facts import Column, Facts

Make = Callable[[Facts, Policy, date], Register]
REGISTERS: Mapping[str, tuple[str, Make]] = {
    "processing": ("Record of processing", register_processing.register),
    "dpia": ("Data protection impact assessment", register_dpia.register),
    "policy-document": ("Appropriate policy document", register_policy_document.register),
    "purposes": ("Purpose matrix", register_purposes.register),
    "fields": ("Register of fields", register_fields.register),
    "processors": ("Processors and contracts", register_processors.register),
    "disclosures": ("Disclosures outside the university", register_disclosures.register),
    "consents": ("Explicit consents", register_consents.register),
    "agreement": ("Agreement coverage", register_agreement.register),
    "disposals": ("Retention and disposals", register_disposals.register),
    "rights": ("Rights and complaints", register_rights.register),
    "notice": ("Notice health check", register_notice.register),
}


def printed(name: str, facts: Facts, ours: Policy, at: datetime) -> Print:
    """One register as it stands at that moment. KeyError for a name that is none."""
    _, make = REGISTERS[name]
    register = make(facts, ours, london_day(at))
    return Print(register, ours.institution.name, version(), digest(facts, ours), at)


def digest(facts: Facts, ours: Policy) -> str:
    """The SHA-256 of all that is configured and in force: policy, permissions, and the label of every column.

    It is of the values, not of the files: a comment changes nothing, a number does, and a file that was changed
    while the application runs counts from the next start on, as it does everywhere.
    """
    grants = sorted([one.role, one.category, one.action, one.whose, str(one.why)] for one in facts.grants)
    labels = sorted(_label(one) for one in facts.columns)
    said = {"policy": to_jsonable_python(ours), "permissions": grants, "labels": labels}
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _label(one: Column) -> list[str]:
    about = one.about
    return [one.table, one.name, about.source, about.category, about.retention, *sorted(about.purposes)]
