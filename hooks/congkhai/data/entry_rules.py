"""Which fields of a report's line belong together: rules as data.

Comes in: nothing. Goes out: `ENTRY_RULES`, which `checks.report_entries` applies to the files
and the page of reports in the browser to what is typed, so that both ask for the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from congkhai.data import schema

Field = Literal["status", "unchanged", "done_on", "value", "reason", "corrects"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRule:
    """A line that has what `given` asks for has to have, or may not have, other fields."""

    given: tuple[Field, ...] = ()
    """Fields that are filled in."""
    status: schema.StatusCode | None = None
    """The status that the line has to have for this rule to apply."""
    unless_status: schema.StatusCode | None = None
    """The status that the rule does not apply to."""
    needs_one_of: tuple[Field, ...] = ()
    """One of these has to be filled in."""
    refuses: tuple[Field, ...] = ()
    """None of these may be filled in."""
    at: Field | None = None
    """The field that the message is about; None for the whole line."""
    message: str
    """`{item}` is the line's item."""
    hint: str
    """`{day}` is a day of the report's year."""


ENTRY_RULES: tuple[EntryRule, ...] = (
    EntryRule(
        needs_one_of=("status", "value", "unchanged"),
        message="phần báo cáo về mục «{item}» chưa ghi kết quả",
        hint="thêm status: in-progress, hoặc unchanged: true khi không có gì mới",
    ),
    EntryRule(
        given=("unchanged",),
        refuses=("status", "value"),
        at="unchanged",
        message="vừa ghi không có gì mới (unchanged), vừa ghi status hoặc value",
        hint="chỉ giữ một trong hai",
    ),
    EntryRule(
        status="done",
        needs_one_of=("done_on",),
        at="status",
        message="hoàn thành (done) nhưng chưa ghi ngày hoàn thành",
        hint="thêm done_on: {day}",
    ),
    EntryRule(
        given=("done_on",),
        unless_status="done",
        refuses=("done_on",),
        at="done_on",
        message="có ngày hoàn thành nhưng status không phải done",
        hint="ghi status: done, hoặc bỏ done_on",
    ),
    EntryRule(
        status="not-applicable",
        needs_one_of=("reason",),
        at="status",
        message="không áp dụng (not-applicable) nhưng chưa ghi lý do",
        hint='thêm reason: "…"',
    ),
    EntryRule(
        given=("corrects",),
        needs_one_of=("reason",),
        at="corrects",
        message="đính chính nhưng chưa ghi lý do",
        hint='thêm reason: "…"',
    ),
)


def is_broken(rule: EntryRule, entry: schema.Entry) -> bool:
    """Say whether a line breaks a rule.

    >>> done = schema.Entry(item="ii.1", status="done")
    >>> [rule.hint for rule in ENTRY_RULES if is_broken(rule, done)]
    ['thêm done_on: {day}']
    """
    applies = (
        all(_is_given(entry, field) for field in rule.given)
        and rule.status in (None, entry.status)
        and (rule.unless_status is None or entry.status != rule.unless_status)
    )
    if not applies:
        return False
    lacks = bool(rule.needs_one_of) and not any(_is_given(entry, f) for f in rule.needs_one_of)
    return lacks or any(_is_given(entry, field) for field in rule.refuses)


def _is_given(entry: schema.Entry, field: Field) -> bool:
    return getattr(entry, field) not in (None, False)
