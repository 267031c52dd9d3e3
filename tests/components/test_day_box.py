"""Days as people type them."""

from datetime import date

import pytest

from components import day_box


@pytest.mark.parametrize("typed", ["30/11/2026", "30.11.2026", "30-11-2026", " 2026-11-30 ", "30 11 2026"])
def test_a_day_is_read_in_the_ways_in_which_people_write_it(typed):
    assert day_box.read(typed) == date(2026, 11, 30)
    assert day_box.read(day_box.written(date(2026, 11, 3))) == date(2026, 11, 3)


@pytest.mark.parametrize("typed", ["", "soon", "31/02/2026", "11/30/2026", "3/4/26", "0/1/2026", "1/1/0000"])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(ValueError, match="day/month/year"):
        day_box.read(typed)
