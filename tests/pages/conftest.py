"""The cast, rated, as the pages find it."""

from collections.abc import Callable

import pytest

from tests.conftest import University


@pytest.fixture
def rated(university: University, as_rated: Callable[[University], University]) -> University:
    """The cast with the ratings of this day."""
    return as_rated(university)
