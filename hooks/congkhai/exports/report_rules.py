"""The rules of reports as the page of reports in the browser applies them.

Comes in: the schema, and the rules that `checks` applies. Goes out: one file of data, made of
them, so that browser and `congkhai check` ask for the same. `theme/assets/reporting/rules.js` and
`theme/assets/reporting/personal-data.js` read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from pydantic_core import to_json

from congkhai.checks.reports import PERIOD
from congkhai.checks.urls import AUTHORITY, LINK_RULES
from congkhai.data.encoding import PATTERNS, SIGNS_OF_FONTS
from congkhai.data.entry_rules import ENTRY_RULES
from congkhai.data.fields import DECIMAL, MAX_TEXT
from congkhai.data.folder import ATTACHMENT, ATTACHMENT_ENDINGS
from congkhai.data.load import json_schemas
from congkhai.data.schema import STATUSES
from congkhai.exports.browser_patterns import to_browser
from congkhai.text import personal_data
from congkhai.text.old_fonts import TCVN3
from congkhai.text.personal_data import PersonalData

RULES_FILE = "assets/bao-cao.json"


def rules_file() -> tuple[str, bytes]:
    """Write what reports and responses have to be like, of any plan."""
    entry = json_schemas()["report"]["$defs"]["Entry"]["properties"]
    day = next(form["pattern"] for form in entry["done_on"]["anyOf"] if "pattern" in form)
    return RULES_FILE, to_json(
        {
            "statuses": STATUSES,
            "rules": [asdict(rule) for rule in ENTRY_RULES],
            "period": f"^{PERIOD.pattern}$",
            "day": day,
            "decimal": to_browser(DECIMAL).pattern,
            "longest": MAX_TEXT,
            "links": [
                asdict(rule) | {"pattern": to_browser(rule.pattern).pattern} for rule in LINK_RULES
            ],
            "authority": to_browser(AUTHORITY).pattern,
            "attachment": f"^(?:{to_browser(ATTACHMENT).pattern})$",
            "endings": ATTACHMENT_ENDINGS,
            "characters": {
                "patterns": {
                    name: to_browser(pattern)._asdict() for name, pattern in PATTERNS.items()
                },
                "signsOfFonts": SIGNS_OF_FONTS,
                "tcvn3": TCVN3,
            },
            "personal": _personal_data(),
        }
    )


def _personal_data() -> Mapping[str, Any]:
    names = {kind: name for name, kind in personal_data.KINDS.items()}

    def by_kind(forms: Iterable[tuple[PersonalData, re.Pattern[str]]]) -> list[Any]:
        return [(names[kind], to_browser(pattern)._asdict()) for kind, pattern in forms]

    return {
        "kinds": [
            {"id": name, "name": kind.name, "is_certain": kind.is_certain, "instead": kind.instead}
            for name, kind in personal_data.KINDS.items()
        ],
        "patterns": {
            name: to_browser(pattern)._asdict() for name, pattern in personal_data.PATTERNS.items()
        },
        "labelled": by_kind(personal_data.LABELLED),
        "written": by_kind(personal_data.WRITTEN),
        **personal_data.LISTS,
        **personal_data.NUMBERS,
    }
