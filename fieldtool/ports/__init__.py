"""What the use cases need from outside, as Protocols; homes.py is the only place that joins them to adapters."""

from fieldtool.ports.exchange import BundleBooks, Depot, Judge, Row, Shelf, Sticks
from fieldtool.ports.field_work import FieldWork
from fieldtool.ports.home import Home
from fieldtool.ports.install import Installer, InstallState
from fieldtool.ports.jobs import Clock, Ids, Progress, no_progress
from fieldtool.ports.log import Drafts, EventLog, ImportReports, Settings
from fieldtool.ports.papers import Forms, Words, Work, Workbooks
from fieldtool.ports.people import People
from fieldtool.ports.porch import Porch
from fieldtool.ports.trust import Keys, Trust

__all__ = [
    "BundleBooks",
    "Clock",
    "Depot",
    "Drafts",
    "EventLog",
    "FieldWork",
    "Forms",
    "Home",
    "Ids",
    "ImportReports",
    "InstallState",
    "Installer",
    "Judge",
    "Keys",
    "People",
    "Porch",
    "Progress",
    "Row",
    "Settings",
    "Shelf",
    "Sticks",
    "Trust",
    "Words",
    "Work",
    "Workbooks",
    "no_progress",
]
