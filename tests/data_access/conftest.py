"""The cast on each of the two databases, rated."""

from collections.abc import Callable

import pytest

from tests.conftest import University
from tests.planned import Planned, planned


@pytest.fixture
def rated(store: University, as_rated: Callable[[University], University]) -> University:
    """The cast with the ratings of this day."""
    return as_rated(store)


@pytest.fixture
def ready(store: University) -> Planned:
    """An agreed plan of Ben's, whose action for Avi he lets be shared."""
    return planned(store)
