"""Personal data in free text: refused, and never repeated, for what is checked here is public.

Comes in: a `PlanContext` or a `ReportContext`. Goes out: problems that name the field, not the
number. Source: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, in force since 01/01/2026.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from congkhai.checks.context import PlanContext, ReportContext
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import Loc
from congkhai.text.vietnamese import fold

# Numbers of documents (1234567890/UBND) and amounts (012.345.678.901) are no one's.
_PATTERNS = (
    (
        "số căn cước công dân",
        re.compile(r"(?<![\d.,/-])0\d{2}([ -]?)\d{3}\1\d{3}\1\d{3}(?![\d/]|[.,-]\d)"),
    ),
    (
        "số chứng minh nhân dân",
        re.compile(r"\b(?:cmnd|cmt|chung minh (?:nhan dan|thu))\W{0,5}(?:so\W{0,3})?\d{9}(?!\d)"),
    ),
    (
        "số điện thoại di động",
        re.compile(r"(?<![\d/,-])(?:\(?\+?84\)?[ .-]?|0)[35789](?:[ .-]?\d){8}(?![\d/]|[,-]\d)"),
    ),
    (
        "địa chỉ thư điện tử cá nhân",
        re.compile(
            r"[\w.+-]+\s?@\s?(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|icloud|proton(?:mail)?|zoho|mail)\.[a-z.]{2,8}"
        ),
    ),
    (
        "số tài khoản",
        re.compile(
            r"\b(?:so tai khoan|stk|tai khoan(?: so| ngan hang)?|tk ngan hang)\b[^\d\n]{0,40}\d(?:[ .-]?\d){5,18}"
        ),
    ),
)
_WORTH_A_LOOK = re.compile(r"[0-9](?:[ .()-]{0,3}[0-9]){5}|@")


def find_private_data_in_plan(context: PlanContext) -> Iterator[Problem]:
    """Notes of a plan hold no identity number, mobile number, private e-mail or account number."""
    for index, note in enumerate(context.plan.notes):
        for field in ("text", "meant"):
            yield from _look(context.loaded, ("notes", index, field), getattr(note, field))


def find_private_data_in_report(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Reports hold no identity number, mobile number, private e-mail or account number."""
    report = context.report
    if report.source is not None:
        yield from _look(context.loaded, ("source", "title"), report.source.title)
    for index, entry in enumerate(report.entries):
        loc = ("entries", index)
        for field in ("text", "reason"):
            yield from _look(context.loaded, (*loc, field), getattr(entry, field))
        for number, evidence in enumerate(entry.evidence):
            for field in ("title", "url"):
                yield from _look(
                    context.loaded, (*loc, "evidence", number, field), getattr(evidence, field)
                )


def _look(loaded: Any, loc: Loc, text: str | None) -> Iterator[Problem]:
    if text is None or not _WORTH_A_LOOK.search(text):
        return
    folded = fold(text)
    for kind, pattern in _PATTERNS:
        if pattern.search(folded):
            yield loaded.problem(
                loc,
                f"«{loc[-1]}» có vẻ chứa {kind}",
                f"bỏ {'địa chỉ' if kind.startswith('địa chỉ') else 'số'} đó, chỉ ghi nội dung công việc; trang này công khai cho mọi người",
            )
