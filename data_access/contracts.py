"""Whether there is a contract with whoever does something for the university: without one it is not used."""

from datetime import datetime

import policy
from auth.refusals.compliance import ContractOver
from policy.days import london_day
from policy.processors import Integration


def needed(use: Integration, at: datetime) -> None:
    """ContractOver where a processor does this and its contract does not run today."""
    by = policy.current().processors.over(use, london_day(at))
    if by is not None:
        raise ContractOver(by.name, use.words)
