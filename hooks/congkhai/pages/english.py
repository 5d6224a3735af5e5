"""The English of the model's terms and of names, for the page `/en/`.

Comes in: a code, or the registers. Goes out: English words. Names of programmes and types of
bodies are translations of this site; those of places and documents stay as printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from congkhai.data import registers, schema
from congkhai.model.amendments import AmendmentKind
from congkhai.model.ledger import LedgerKind
from congkhai.model.site_model import SiteModel
from congkhai.model.status import LABELS
from congkhai.model.views import ShownKind, State
from congkhai.pages import labels

KINDS: dict[ShownKind, str] = {
    "task": "task",
    "duty": "work of one body",
    "target": "target with a figure",
    "milestone": "step of a year or stage",
    "objective": "objective, not counted as work owed",
    "request": "request to a body that the issuer cannot direct",
}
ROLES: dict[schema.Role, str] = {
    "lead": "leads",
    "coordinating": "coordinates with the lead",
    "implementing": "carries out",
    "requested": "is asked to take part",
}
STATES: dict[State, str] = {
    "done-on-time": "reported done in time",
    "done-late": "reported done late",
    "done": "reported done; no deadline to judge by",
    "under-way": "reported under way, deadline ahead",
    "overdue": "reported under way, deadline passed",
    "open": "reported under way, no deadline to judge by; or written for a group of bodies, some"
    " of which have reported",
    "silent": "no report received by this site; it may have been done",
    "requested": "only asked for; no report of it is owed",
    "not-applicable": "reported as not applicable, with a reason",
}
NATURES: dict[registers.Nature, str] = {
    "government": "People's Committee",
    "state": "state agency",
    "front": "Viet Nam Fatherland Front",
    "union": "mass organisation, association",
    "party": "body of the Party",
    "media": "press agency",
    "school": "educational institution",
    "health": "health facility",
    "police": "police",
    "service": "public service unit",
    "residents": "hamlet, residential group",
    "group": "several bodies named together",
    "other": "other",
}
STATUSES: dict[schema.StatusCode, str] = {
    "done": "done",
    "in-progress": "under way",
    "not-started": "not started",
    "blocked": "meets obstacles",
    "not-applicable": "not applicable",
}
EVENTS: dict[LedgerKind, str] = {
    "plan-added": "plan published",
    "plan-edited": "data of a plan edited",
    "report": "report published",
    "report-edited": "report edited",
    "report-removed": "report taken off the site",
    "report-restored": "report put back",
    "response": "response published",
    "response-edited": "response edited",
    "response-removed": "response taken off the site",
    "response-restored": "response put back",
    "file-added": "file added",
    "file-edited": "file replaced",
    "file-removed": "file removed",
}
AMENDMENTS: dict[AmendmentKind, str] = {
    "words": "wording",
    "figure-raised": "target raised",
    "figure-lowered": "target lowered",
    "figure-changed": "target changed",
    "deadline-later": "deadline put off",
    "deadline-earlier": "deadline brought forward",
    "deadline-changed": "deadline changed",
    "lead": "leading body",
    "kind": "kind of work",
    "item-added": "provision added",
    "item-withdrawn": "provision withdrawn",
    "item-moved": "id of a provision",
    "note": "editor's note",
    "unit": "body that co-ordinates, carries out or is asked",
    "document": "part of the document outside its provisions",
    "data": "other data of a provision",
    "report": "head of a report",
    "line": "line of a report",
    "response": "head of a response",
    "answer": "answer of a response",
}
LEVELS: dict[registers.Level, str] = {
    "central": "central",
    "province": "province or centrally run city",
    "district": "district (until 30 June 2025)",
    "commune": "commune, ward or special zone",
}
CYCLES: dict[schema.Cycle, str] = {
    "month": "every month",
    "quarter": "every quarter",
    "half": "every six months",
    "year": "every year",
}
PRECISIONS = {
    "day": "names a day",
    "month": "names a month",
    "quarter": "names a quarter",
    "half": "names six months",
    "year": "names a year only",
    "none": "no last day",
}
CODES: Mapping[str, Mapping[Any, str]] = {
    "kinds": {**KINDS, "none": "not counted as work"},
    "states": STATES,
    "roles": ROLES,
    "statuses": STATUSES,
    "events": EVENTS,
    "amendments": AMENDMENTS,
    "natures": NATURES,
    "levels": LEVELS,
    "cycles": CYCLES,
    "precisions": PRECISIONS,
}
"""The English of each list of codes in `dictionary.CODES`."""


class Term(NamedTuple):
    """A word of the pages, and what it means in English."""

    vietnamese: str
    english: str


def terms() -> Mapping[str, list[Term]]:
    """List the terms under an English heading each, in the order of the pages."""
    return {
        "States": [Term(LABELS[code], words) for code, words in STATES.items()],
        "Kinds of work": [Term(labels.KINDS[code], words) for code, words in KINDS.items()],
        "Roles of bodies": [Term(labels.ROLES[code], words) for code, words in ROLES.items()],
        "Types of bodies": [Term(labels.NATURES[code], words) for code, words in NATURES.items()],
    }


def names(site_model: SiteModel) -> Mapping[str, list[Term]]:
    """List the names that registers translate, of what the site has a page of."""
    programmes = [view.programme for view in site_model.programmes.values()]
    units = [view.unit for view in site_model.units_with_page]
    return {
        "Programmes": [Term(one.name, one.en) for one in programmes if one.en],
        "Types of bodies": [Term(one.name, one.en) for one in units if one.en],
    }
