"""The weekly e-mail to a tutor, as text."""

import policy
from pages import PAGES
from support import digest
from support.digest import Waiting


def test_each_thing_that_waits_has_its_number_and_its_page_and_nothing_else_has_a_line():
    ours = policy.current().messages
    said = digest.text(ours, {Waiting.SUGGESTIONS: 3, Waiting.REVIEWS: 1, Waiting.OFFERS: 0})
    assert [line for line in said.splitlines() if line.startswith("- ")] == [
        f"- 3 suggestions to talk without an answer: {ours.site}/tutees",
        f"- 1 plan to be reviewed this week or before: {ours.site}/support",
    ]


def test_its_links_lead_to_pages_that_exist():
    urls = {page.url for page in PAGES}
    said = digest.text(policy.current().messages, dict.fromkeys(Waiting, 1))
    assert {line.rpartition("/")[2] for line in said.splitlines() if line.startswith("- ")} <= urls
    assert policy.current().messages.page in urls
