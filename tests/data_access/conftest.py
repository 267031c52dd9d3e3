"""The cast on each of the two databases, rated."""

import pytest

from auth.viewer import Viewer
from data_access import ratings
from tests.cast import NOW
from tests.conftest import University
from tests.planned import Planned, planned


@pytest.fixture
def rated(store: University) -> University:
    """The cast with the ratings of this day."""
    ratings.refresh(Viewer.service("rate"), NOW)
    return store


@pytest.fixture
def ready(store: University) -> Planned:
    """An agreed plan of Ben's, whose action for Avi he lets be shared."""
    return planned(store)
