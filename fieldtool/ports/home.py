"""One open home: every port that a use case may ask for."""

from __future__ import annotations

from dataclasses import dataclass

from fieldtool.ports.exchange import BundleBooks, Depot, Shelf, Sticks
from fieldtool.ports.field_work import FieldWork
from fieldtool.ports.jobs import Clock, Ids
from fieldtool.ports.log import Drafts, EventLog, ImportReports, Settings
from fieldtool.ports.people import People
from fieldtool.ports.porch import Porch
from fieldtool.ports.trust import Keys, Trust
from fieldtool.records.exchange import HomeCard


@dataclass(frozen=True, slots=True)
class Home:
    """The ports of one open home; homes.py builds it and every use case takes it first."""

    card: HomeCard
    log: EventLog
    people: People
    shelf: Shelf
    depot: Depot
    settings: Settings
    reports: ImportReports
    keys: Keys
    trust: Trust
    sticks: Sticks
    books: BundleBooks
    clock: Clock
    ids: Ids
    work: FieldWork
    drafts: Drafts
    porch: Porch
