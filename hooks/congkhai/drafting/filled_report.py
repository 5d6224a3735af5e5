"""A report whose content is known: the form of `report_form` as somebody has filled it in.

Comes in: a plan, a unit, a period, the day, and lines. Goes out: the text of
`reports/<period>-<unit>.yml`. `theme/assets/reporting/file.js` writes the same in the browser,
byte for byte; a test compares both.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from congkhai.data import schema
from congkhai.model.site_model import SiteModel
from congkhai.pages.report_lines import commitments_of, describe_commitment, title_lines

Fields = Mapping[str, str]
"""The fields of a line as YAML, in the order of the file, without its item."""


def write_filled_report(
    site_model: SiteModel,
    plan_id: str,
    unit: str,
    period: str,
    day: str,
    entries: Iterable[tuple[str, Fields]],
) -> str:
    """Write a report in the order of the plan, each item under its words.

    `entries`: the item of each line, and its fields. Lines about what the unit does not answer
    for are left out: the caller has told of them.
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
    by_item: dict[str, list[Fields]] = {}
    for item, fields in entries:
        by_item.setdefault(item, []).append(fields)
    for commitment in commitments_of(view, unit, registered):
        about = by_item.get(commitment.item.id)
        if about:
            words = describe_commitment(commitment, unit, registered)
            lines += ["", *(f"  {line}" for line in words)]
        for fields in about or ():
            lines.append(f"  - item: {commitment.item.id}")
            lines += [f"    {name}: {value}" for name, value in fields.items()]
    return "\n".join(lines) + "\n"


def write_fields(entry: schema.Entry) -> tuple[str, Fields]:
    """Write the fields of a line as YAML; give them behind its item.

    >>> write_fields(schema.Entry(item="ii.1", status="done", text="Xong: đã mở lớp"))
    ('ii.1', {'status': 'done', 'text': '"Xong: đã mở lớp"'})
    """
    fields = {
        "status": entry.status,
        "done_on": entry.done_on.iso() if entry.done_on else None,
        "target": entry.target,
        "value": f"{entry.value:f}" if entry.value is not None else None,
        "text": quote(entry.text) if entry.text else None,
        "reason": quote(entry.reason) if entry.reason else None,
        "evidence": write_evidence([(one.title, one.url) for one in entry.evidence]),
        "corrects": entry.corrects,
        "unchanged": "true" if entry.unchanged else None,
    }
    return entry.item, {name: value for name, value in fields.items() if value is not None}


def write_evidence(evidence: Iterable[tuple[str, str]]) -> str | None:
    """Write titles and addresses as YAML; None without any."""
    parts = [f"{{title: {quote(title)}, url: {quote(url)}}}" for title, url in evidence]
    return f"[{', '.join(parts)}]" if parts else None


def quote(text: str) -> str:
    """Write a text as YAML, whatever is in it: JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)
