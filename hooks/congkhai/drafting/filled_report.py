"""A report whose content is known: the form of `report_form` as somebody has filled it in.

Comes in: a plan, a unit, a period, the day, and lines. Goes out: the text of
`reports/<period>-<unit>.yml`. `theme/assets/report_file.js` writes the same in the browser,
byte for byte; a test compares both.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from congkhai.data import schema
from congkhai.model.site_model import SiteModel
from congkhai.pages.report_lines import commitments_of, describe_commitment, title_lines


def write_filled_report(
    site_model: SiteModel,
    plan_id: str,
    unit: str,
    period: str,
    day: str,
    entries: Sequence[schema.Entry],
) -> str:
    """Write a report in the order of the plan, each item under its words.

    Lines about what the unit does not answer for are left out: the caller has told of them.
    """
    view = site_model.plans[plan_id]
    registered = {slug: entry.unit for slug, entry in site_model.units.items()}
    lines = [
        *title_lines(view, registered[unit].name, period),
        f"unit: {unit}",
        f'period: "{period}"',
        f"date: {day}",
        "entries:",
    ]
    for commitment in commitments_of(view, unit, registered):
        about = [entry for entry in entries if entry.item == commitment.item.id]
        if about:
            words = describe_commitment(commitment, unit, registered)
            lines += ["", *(f"  {line}" for line in words)]
            lines += _write_entries(about)
    return "\n".join(lines) + "\n"


def _write_entries(entries: Iterable[schema.Entry]) -> Iterator[str]:
    for entry in entries:
        yield f"  - item: {entry.item}"
        fields = {
            "status": entry.status,
            "done_on": entry.done_on.iso() if entry.done_on else None,
            "target": entry.target,
            "value": f"{entry.value:f}" if entry.value is not None else None,
            "text": _quote(entry.text),
            "reason": _quote(entry.reason),
            "evidence": _write_evidence(entry.evidence),
            "corrects": entry.corrects,
            "unchanged": "true" if entry.unchanged else None,
        }
        for name, value in fields.items():
            if value is not None:
                yield f"    {name}: {value}"


def _write_evidence(evidence: Sequence[schema.Evidence]) -> str | None:
    parts = [f"{{title: {_quote(one.title)}, url: {_quote(one.url)}}}" for one in evidence]
    return f"[{', '.join(parts)}]" if parts else None


def _quote(text: str | None) -> str | None:
    """Write a text as YAML, whatever is in it: JSON is YAML."""
    return json.dumps(text, ensure_ascii=False) if text is not None else None
