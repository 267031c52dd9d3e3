"""Division of columns by columns."""

import numpy as np

from ingest.oulad.evaluation.members import Numbers


def quotients(above: Numbers, below: Numbers) -> Numbers:
    """The quotients; not a number where the divisor is nought."""
    found: Numbers = np.divide(above, below, out=np.full(len(below), np.nan), where=below > 0)
    return found
