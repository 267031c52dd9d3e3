"""Sources: how the four systems stand, what their loads brought, what waits, and loading a file by hand."""

import streamlit as st

from auth.refusals import Refusal
from auth.sessions import asking
from components import parts, sources_faults, sources_overview, sources_words, templates, upload, waiting_rows
from data_access import dispute_tickets, feed_gaps, quarantine, record_faults, source_gaps, source_runs
from ingest import replay, template_files, waiting_workbook
from ingest import upload as handed_in

viewer, at = asking()
feeds = source_runs.feeds(viewer, at)
st.title("Sources", anchor=False)
st.markdown(sources_words.summary(feeds, at))
part, place = parts.open_one("Overview", "Load a file", "Waiting rows", "Things to look at", "Templates")
try:
    with place:
        match part:
            case "Overview":
                found = source_runs.loads(viewer, at), source_gaps.gaps(viewer, at)
                if gap := sources_overview.show(feeds, *found, *source_runs.unmatched(viewer, at), at):
                    with sources_overview.rating(gap) as report:
                        feed_gaps.carry_out(viewer, gap, at, report)
            case "Load a file":
                kept = st.session_state.setdefault("upload", {"turn": 0})  # counts and sentences, never a row
                handed = upload.choose(at, handed_in.titles(), kept["turn"], kept.get("result", ()))
                if handed and handed.check:
                    with upload.checking():
                        kept["checked"] = handed.id, handed_in.check(viewer, *handed.read, at)
                chosen, checked = kept.get("checked", ("", None))
                if handed and handed.id == chosen and (yes := upload.preview(checked)) is not None:
                    with upload.storing() as report:
                        done = handed_in.store(viewer, checked, handed.content(), at, report, confirmed=yes)
                    result = upload.outcome(checked, done.rated, done.state, done.characteristics)
                    st.session_state["upload"] = {"turn": kept["turn"] + 1, "result": result}
                    st.rerun()
            case "Waiting rows":
                if chosen := waiting_rows.choose(quarantine.kinds(viewer, at)):
                    page, rows = chosen.page, quarantine.waiting(viewer, chosen.page, at)
                    match waiting_rows.show(chosen, rows, lambda: waiting_workbook.export(viewer, page, at)):
                        case waiting_rows.TryAgain(mended, book):
                            with upload.storing() as report:
                                told = waiting_workbook.values(page.system, *book) if book else mended
                                again = replay.replay(viewer, page.system, told, at, report).counted
                            waiting_rows.tried(again.accepted, again.quarantined)
                        case waiting_rows.SetAside(ids):
                            waiting_rows.given_up(quarantine.set_aside(viewer, ids, at))
                        case waiting_rows.SetAllAside():
                            waiting_rows.given_up(quarantine.set_all_aside(viewer, page, at))
            case "Things to look at":
                tickets = dispute_tickets.waiting(viewer, at)
                if right := sources_faults.show(record_faults.record_faults(viewer, at), tickets):
                    sources_faults.kept(dispute_tickets.keep(viewer, right.reference, right.reasons, at))
            case _:
                templates.show(template_files.to_fill_in, template_files.to_look_at)
except Refusal as refusal:
    st.error(refusal.sentence)
