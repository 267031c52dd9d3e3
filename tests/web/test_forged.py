"""A tab that is no browser of ours: choices that no box offered, sent to the real server over its socket."""

import json
from urllib.parse import urlencode

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element

from data_access import release_decisions, releases
from privacy.release_words import cohort
from privacy.releases import Cohort
from tests import busy
from tests.cast import BEN, CAL, MO, NOW, ROS, TOM
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


MONITORING = ("cohort-engagement", "equality", "how-we-responded")


@pytest.fixture(scope="module")
def figures(monitored_template, tmp_path_factory):
    """A server with two censuses, of which the later was taken out of sight; and that one."""
    with running(monitored_template, tmp_path_factory.mktemp("figures")) as started:
        gone = next(one for one in releases.all_of(ROS.viewer, NOW) if one.cohort is Cohort.CENSUS)
        release_decisions.withdraw(ROS.viewer, gone.id, NOW)
        yield started, gone


@pytest.mark.parametrize("page", MONITORING)
def test_a_managers_tab_is_sent_no_other_figure_whatever_place_or_release_it_claims_was_chosen(figures, page):
    server, gone = figures
    with tab(server, server.sign_in(MO)) as hers:
        hers.open(page)
        honest = _told(hers)
        assert len(honest) > 1
        boxes = {one.selectbox.id: one.selectbox for one in hers.elements() if one.HasField("selectbox")}
        assert not [box for box in boxes.values() if cohort(gone) in box.options]
        for forged in ("s90 minus c91", "c999", "religion", cohort(gone), str(gone.id)):
            message = BackMsg()
            message.rerun_script.page_name = page
            names = ("node", "dimension", "census", "measure", "release")
            message.rerun_script.query_string = urlencode(dict.fromkeys(names, forged))
            for box in boxes:
                message.rerun_script.widget_states.widgets.add(id=box, string_value=forged)
            shown = hers.say(message)
            assert "Something went wrong" not in shown
            assert _told(hers) == honest, forged
        assert not [one for one in hers.elements() if one.HasField("exception")]
    assert "Traceback" not in server.log.read_text("utf-8", "replace")


def _told(tab) -> set[bytes]:
    """Every chart, table and finding that the tab was ever sent."""
    kinds = ("plotly_chart", "dataframe", "table", "heading")
    return {one.SerializeToString() for one in tab.elements() if one.WhichOneof("type") in kinds}
