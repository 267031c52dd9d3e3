"""The purpose matrix: for which purpose each role reads or writes what, and whose. What is not in it is refused."""

from collections import defaultdict
from datetime import date

from policy import Policy
from privacy import register_parts as parts
from privacy.purposes import Duty, Purpose
from privacy.register import Register, Table, listed
from privacy.register_facts import Facts, Granted


def register(facts: Facts, ours: Policy, today: date) -> Register:
    """A table for each purpose and each duty."""
    why: tuple[Purpose | Duty, ...] = (*Purpose, *Duty)
    return Register(
        "purposes",
        "Purpose matrix",
        "Who may use which kind of data for what. The application obeys this very table; what is not in it is "
        "refused, and the refusal is logged.",
        (parts.purposes(ours), *(_for(facts, one) for one in why)),
    )


def _for(facts: Facts, why: Purpose | Duty) -> Table:
    groups: dict[tuple[str, str, str], list[Granted]] = defaultdict(list)
    for one in facts.grants:
        if one.why == why:
            groups[one.role, one.action, one.whose].append(one)
    rows = tuple(
        (role, action, listed(sorted(one.category.replace("_", " ") for one in found)), whose)
        for (role, action, whose), found in sorted(groups.items())
    )
    return Table(why.words, ("Role", "May", "Which data", "Whose"), rows, none="Nobody.")
