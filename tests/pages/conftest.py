"""The cast, rated, as the pages find it."""

import pytest

from auth.viewer import Viewer
from data_access import ratings
from tests.cast import NOW
from tests.conftest import University


@pytest.fixture
def rated(university: University) -> University:
    """The cast with the ratings of this day."""
    ratings.refresh(Viewer.service("rate"), NOW)
    return university
