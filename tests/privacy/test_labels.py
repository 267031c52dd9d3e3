"""The words of the labels: each source, purpose and duty can be said on a page."""

from auth.viewer import Role
from privacy.labels import SYSTEMS, Source
from privacy.purposes import Duty, Purpose


def test_the_four_systems_are_four():
    assert len(SYSTEMS) == 4
    assert Source.HERE not in SYSTEMS


def test_everything_that_is_shown_has_words():
    for enum in (Source, Purpose, Duty, Role):
        words = [member.words for member in enum]
        assert len(set(words)) == len(list(enum))
        assert all(word[0].isupper() for word in words)
