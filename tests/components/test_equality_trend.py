"""Which way a share went between censuses, in words."""

import pytest

from components import equality_trend
from privacy.releases import Measure


@pytest.mark.parametrize(
    ("said", "way"),
    [
        (
            ["10", "[u]", "7"],
            "Of all, 7% rated Low or Very low: 3 points fewer than in the first census shown",
        ),
        (["10", "11"], "Of all, 11% rated Low or Very low: 1 point more than in the first census shown"),
        (["10", "10"], "Of all, 10% rated Low or Very low: as in the first census shown"),
        (["[u]", "10"], "Too little is told of the share rated Low or Very low to see which way it goes"),
    ],
)
def test_the_title_says_which_way_the_share_of_all_went(said, way):
    assert equality_trend.finding({"All students": said}, Measure.LOW) == way
