"""Keys out of addresses."""

import pytest

from ingest import iri


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://vle.example/course/view.php?id=7", "7"),
        ("https://vle.example/user/profile.php?id=42&course=7", "42"),
        ("https://vle.example/webapps/blackboard/execute/courseMain?course_id=_461_1&sc=", "461"),
        ("https://vle.example/webapps/blackboard/execute/courseMain?course_id=461&sc=", "461"),
        ("urn:instructure:canvas:course:565", "565"),
        ("course-v1:Org+CS101+2026", "Org/CS101/2026"),
        ("https://vle.example/users/554433", "554433"),
        ("https://vle.example/users/554433/", "554433"),
        ("https://vle.example/terms/2026/courses/7/sections/1", "terms/2026/courses/7/sections/1"),
        ("https://other.example/terms/2026/courses/8/sections/1", "terms/2026/courses/8/sections/1"),
        ("w2013456", "w2013456"),
        ("mailto:ann@vle.example", ""),
        ("https://vle.example", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_the_part_of_an_address_that_names_the_person_or_module_is_the_key(address, key):
    assert iri.key(address) == key


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("http://adlnet.gov/expapi/verbs/scored", "scored"),
        ("https://w3id.org/xapi/cmi5/activitytype/course", "course"),
        ("http://xapi&46;jisc&46;ac&46;uk/courseArea", "coursearea"),
        ("http://purl.example/vocab#Learner", "learner"),
    ],
)
def test_verbs_and_types_are_told_apart_by_their_last_word(address, word):
    assert iri.last(address) == word
