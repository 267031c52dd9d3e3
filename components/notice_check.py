"""The notice's health check, its versions, and the form with which a new one is published."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components import measure_text, notice_text
from components.plain import plain
from engagement import words
from policy import notice as text
from policy.days import london_day
from policy.notice import Notice
from privacy import notice_health
from privacy.notice_health import Finding
from privacy.notices import Publish, Published

_MARKS = (
    "A line that begins with “## ” begins a section, one that begins with “- ” a point. A mark such as {#object} at "
    "the end of a heading or a point says what it covers; readers do not see it, and the check below counts on it."
)


def findings(of: Sequence[Finding]) -> None:
    """How many lines are well, and each of them: what is missing first."""
    missing = [one for one in of if one.missing]
    if missing:
        st.markdown(f"**{len(missing)} of {len(of)} lines miss something.**")
    else:
        st.markdown(f"**All {len(of)} lines are well.**")
    lines = [
        f":material/error: **{plain(one.title)}.** Missing: {plain('; '.join(one.missing))}."
        for one in missing
    ]
    lines += [f":material/check_circle: {plain(one.title)}." for one in of if not one.missing]
    st.markdown("  \n".join(lines))


def versions(of: Sequence[Published]) -> None:
    """Every version there was, the one in force first."""
    st.header("Versions", anchor=False)
    st.markdown("\n".join(f"- {_version(one)}" for one in of))


def publish(now: Notice, today: date) -> Publish | None:
    """The form, the draft as it would be read, and its check; the decision once it is taken."""
    st.header("Publish a new version", anchor=False)
    st.markdown(
        "It is in force at once. Every student is shown once what is new; nobody agrees to anything by reading it."
    )
    typed = _typed(now, today)
    if not typed:
        return None
    try:
        draft = text.notice(*typed)
    except ValueError as fault:
        st.error(f"{fault}.")
        return None
    _preview(draft)
    if st.button(
        f"Publish version {plain(draft.version)}", type="primary", key=f"notice-publish-{now.version}"
    ):
        return Publish(draft, now.version)
    return None


def _version(of: Published) -> str:
    notice, by = of.notice, f"by {plain(of.by)}" if of.by else "with the policy folder"
    return (
        f"**{plain(notice.version)}**, published on {_day(london_day(of.published_at))} {by}, looked over on "
        f"{_day(notice.reviewed)}; {words.of(of.read_by, 'student has', 'students have')} read it. "
        f"{plain(notice.summary)}"
    )


def _typed(now: Notice, today: date) -> tuple[str, date, str, str] | None:
    """What stands in the form; None while no version is given. Another form once one is published."""
    with st.form(f"notice-{now.version}"):
        version = st.text_input(
            "Version", placeholder=f"such as {today.year}-2; now {now.version}", width=300
        )
        reviewed = st.date_input("Looked over on", today, max_value=today, format="DD/MM/YYYY", width=300)
        summary = st.text_area("What is new, for students", height=80, max_chars=500)
        st.caption(plain(_MARKS))
        body = st.text_area("The notice", now.text, height=420)
        st.form_submit_button("Look at it first")
    if not (version or "").strip() or not isinstance(reviewed, date):
        return None
    return version or "", reviewed, summary or "", body or ""


def _preview(draft: Notice) -> None:
    st.subheader("As it would be published", anchor=False)
    findings(notice_health.of_text(draft))
    with st.expander("Read it as students will", icon=":material/policy:"):
        st.markdown(f"**{notice_text.TITLE}.** {plain(notice_text.version(draft))} {plain(draft.summary)}")
        for section in notice_text.sections(draft):
            measure_text.section(section)


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
