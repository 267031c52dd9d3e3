"""Whether rating and suggestions served all alike last year: a sentence and narrow tables for each characteristic."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components import measure_text
from components.accuracy_words import SHORT, share
from components.plain import plain
from engagement import words
from engagement.backtest import BAD, CLOSE_UP, OTHERS, RATED, SUGGESTED
from engagement.published import Published, Row
from privacy.characteristics import Dimension
from privacy.evidence import Verdict
from privacy.lattice import ALL
from privacy.releases import NOT_SHOWN, PEOPLE

_ABOUT = (
    f"The same for groups of students, in week {CLOSE_UP}. Of those who left or failed it is worse to be flagged "
    "less often: nobody was told to talk to them. Of the others it is worse to be flagged more often. No "
    "characteristic is part of a rating or of a suggestion; a gap can still come of them, as where one group is "
    "more often on courses of which less is known."
)
_KEPT = (
    "A characteristic is kept apart, and not for long: of students who left before the last census it may be gone, "
    f"and they are under Not known. Of a characteristic that more than half are under there, {NOT_SHOWN} stands in "
    "the place of every group. Quintile 1 is the most deprived fifth of England's areas."
)
_TITLES = {BAD: "Of those who left or failed, the share flagged", OTHERS: "Of the others, the share flagged"}
_FLAGGED = {RATED: "rated Low or Very low", SUGGESTED: "given a suggestion to talk"}
_WHO = {BAD: "of those who left or failed", OTHERS: "of the others"}
Groups = Mapping[str, Row]
"""The rows of one characteristic by the group, everybody first."""


def show(of: Published) -> None:
    """Each characteristic in turn; nothing where the figures are of before there were any."""
    found = _by_characteristic(of)
    if not found:
        return
    st.header("Whether it serves all alike", anchor=False)
    measure_text.sentences([_ABOUT])
    for name, groups in found.items():
        st.subheader(plain(finding(name, groups)), anchor=False)
        with st.expander(f"{words.sentence(name)[:-1]} as a table"):
            for who, title in _TITLES.items():
                _table(f"{title}, by {name}", groups, who)
    st.caption(plain(_KEPT))


def finding(name: str, groups: Groups) -> str:
    """Which gaps are likely, or that nothing can be told; in no case that there is none."""
    likely = [
        f"{_WHO[who]}, {words.listed(pairs)} were {_FLAGGED[flag]}"
        for who in _TITLES
        for flag in _FLAGGED
        if (pairs := _likely(groups, f"{who}: {flag}"))
    ]
    if likely:
        gaps = "A likely gap" if len(likely) == 1 else "Likely gaps"
        return f"{gaps} by {name}: {'; '.join(likely)}"
    told = {
        row.get(f"{who}: {flag}: evidence") for row in groups.values() for who in _TITLES for flag in _FLAGGED
    }
    if Verdict.UNCLEAR in told:
        return f"No clear evidence of a gap by {name}"
    return f"Too few to say by {name}"


def _likely(groups: Groups, figure: str) -> Sequence[str]:
    """The shares of the groups with a likely gap, and last that of the group they are held against."""
    judged = {group: row.get(f"{figure}: evidence") for group, row in groups.items() if group != ALL}
    apart = [group for group, verdict in judged.items() if verdict == Verdict.LIKELY]
    if not apart:
        return []
    against = next(group for group, verdict in judged.items() if verdict is None)
    return [f"{share(groups[group][figure])} of “{group}”" for group in (*apart, against)]


def _table(title: str, groups: Groups, who: str) -> None:
    rows = [
        {
            "Group": "All" if group == ALL else group,
            "Students": plain(row[f"{who}: {PEOPLE}"]),
            **{SHORT[flag]: plain(share(row[f"{who}: {flag}"])) for flag in _FLAGGED},
        }
        for group, row in groups.items()
    ]
    st.markdown(f"**{title}**")
    st.table(rows, hide_index=True, border="horizontal", alt=title)


def _by_characteristic(of: Published) -> dict[str, Groups]:
    """A row's name is the characteristic, its place and the group."""
    found: dict[str, dict[str, Row]] = {}
    for row, values in of.rows("groups").items():
        name, _, group = row.split("/", 2)
        found.setdefault(name, {})[group] = values
    return {one.value: found[one] for one in Dimension if one in found}
