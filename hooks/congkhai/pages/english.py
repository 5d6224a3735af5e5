"""The English of the model's terms, for the page `/en/`.

Comes in: a code. Goes out: English words. Names of bodies, places and documents stay as printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from congkhai.data import registers, schema
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
    "open": "reported under way; no deadline to judge by",
    "silent": "no report received by this site; it may have been done",
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
