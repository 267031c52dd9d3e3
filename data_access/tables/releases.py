"""Releases: published cells of counts and shares by characteristic, approved by a second person, never changed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped

from data_access.tables.base import IDENTITY, PUBLISHED, Base, column, table
from privacy.releases import Cohort, State


class Release(Base):
    """One release of one cohort. `census` is the day it is of, `rule` the hash of the rules it was made by.

    `profile` is the name of these rules, and `audit` what the attacker found.
    """

    __tablename__ = "release"
    __table_args__ = table(person="approved_by")

    id: Mapped[int] = column(PUBLISHED, primary_key=True)
    cohort: Mapped[Cohort] = column(PUBLISHED)
    census: Mapped[date] = column(PUBLISHED, index=True)
    state: Mapped[State] = column(PUBLISHED)
    rule: Mapped[str] = column(PUBLISHED)
    profile: Mapped[str] = column(PUBLISHED)
    audit: Mapped[str] = column(PUBLISHED)
    built_at: Mapped[datetime] = column(PUBLISHED)
    approved_at: Mapped[datetime | None] = column(PUBLISHED)
    approved_by: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"))
    approved_name: Mapped[str] = column(PUBLISHED, default="")


class ReleaseNode(Base):
    """A node of the release, in its place."""

    __tablename__ = "release_node"
    __table_args__ = table(person=None)

    release: Mapped[int] = column(PUBLISHED, ForeignKey("release.id"), primary_key=True)
    place: Mapped[int] = column(PUBLISHED, primary_key=True)
    node: Mapped[str] = column(PUBLISHED)
    name: Mapped[str] = column(PUBLISHED)
    kind: Mapped[str] = column(PUBLISHED)
    parent: Mapped[str | None] = column(PUBLISHED)


class ReleaseCell(Base):
    """One figure of one group at one node: a number, or the mark in its place; and the verdict on its gap."""

    __tablename__ = "release_cell"
    __table_args__ = table(person=None, clustered=True)

    release: Mapped[int] = column(PUBLISHED, ForeignKey("release.id"), primary_key=True)
    node: Mapped[str] = column(PUBLISHED, primary_key=True)
    dimension: Mapped[str] = column(PUBLISHED, primary_key=True)
    step: Mapped[int] = column(PUBLISHED, primary_key=True)
    place: Mapped[int] = column(PUBLISHED, primary_key=True)
    figure: Mapped[str] = column(PUBLISHED, primary_key=True)
    group: Mapped[str] = column(PUBLISHED)
    value: Mapped[str] = column(PUBLISHED)
    verdict: Mapped[str] = column(PUBLISHED)
