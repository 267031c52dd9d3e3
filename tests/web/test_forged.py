"""A tab that is no browser of ours: choices that no box offered, sent to the real server over its socket."""

import json

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element

from tests import busy
from tests.cast import BEN, CAL, TOM
from tests.server import running
from tests.tab import tab

pytestmark = pytest.mark.server
OF_BEN = (BEN.family, *(busy.word(BEN, text) for text in busy.OF_BEN))
"""Words that Tom, whose tutee Ben is not, is never sent."""
PAGES = ("tutees", "timeline", "support", "sensitive-notes", "messages")


@pytest.fixture(scope="module")
def full(busy_template, tmp_path_factory):
    with running(busy_template, tmp_path_factory.mktemp("full")) as started:
        yield started


@pytest.mark.parametrize("page", PAGES)
def test_a_tutors_tab_is_sent_nothing_of_anothers_tutee_whatever_it_asks_for_and_claims_was_chosen(
    full, page
):
    with tab(full, full.sign_in(TOM)) as his:
        assert CAL.family in his.open(page, f"student={CAL.id}")
        claimed = [claim for element in his.elements() if (claim := _claim(element))]
        assert claimed or page not in ("tutees", "timeline", "messages")
        for asked in (CAL.id, BEN.id, ""):
            message = BackMsg()
            message.rerun_script.page_name = page
            message.rerun_script.query_string = f"student={asked}"
            for state in claimed:
                message.rerun_script.widget_states.widgets.add(**state)
            shown = his.say(message)
            assert [word for word in OF_BEN if word in shown] == []
    assert "Traceback" not in full.log.read_text("utf-8", "replace")


def _claim(element: Element) -> dict[str, object] | None:
    """What a tab would send had the person chosen Ben there; None where nobody is chosen."""
    match element.WhichOneof("type"):
        case "selectbox":
            return {"id": element.selectbox.id, "string_value": BEN.id}
        case "multiselect":
            return {"id": element.multiselect.id, "string_array_value": {"data": [BEN.id]}}
        case "bidi_component":
            return {"id": element.bidi_component.id, "json_trigger_value": json.dumps({"opened": BEN.id})}
    return None
