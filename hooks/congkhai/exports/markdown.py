"""A plan as Markdown: its official words in order, and what became of each commitment.

Comes in: a `PlanView`, opened. Goes out: text for programs that read prose, language models among
them, and for whoever copies a plan into a document of theirs. The words of the plan are escaped:
none of them is a link, a heading or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from congkhai.data import schema
from congkhai.model.plan_view import OpenPlan, PlanView
from congkhai.model.references import number_and_symbol
from congkhai.model.site_model import SiteModel
from congkhai.model.views import Commitment
from congkhai.pages import labels
from congkhai.text.vietnamese import capital

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|&~])")
_LIST_MARK = re.compile(r"^([-+=]|\d+[.)])(?=\s|$)")
DEEPEST = 6
"""Levels of headings that Markdown has."""


def escape(text: str) -> str:
    r"""Return words that Markdown shows as they are, on one line.

    >>> print(escape("- [x](javascript:1) <b>"))
    \- \[x\](javascript:1) \<b\>
    """
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _LIST_MARK.sub(lambda mark: f"{mark[1][:-1]}\\{mark[1][-1]}", line)


def plan_markdown(site_model: SiteModel, plan: PlanView, site_url: str) -> bytes:
    """Write a plan; opens it. `site_url` ends with a slash."""
    full = plan.open()
    lines = [f"# {escape(plan.document.title)}", ""]
    lines += [f"- {label}: {words}" for label, words in _facts(site_model, plan, site_url)]
    lines.append("")
    for item in full.plan.provisions:
        lines += _item(site_model, plan, full, item, site_url, 2)
    return ("\n".join(lines).rstrip() + "\n").encode()


def _facts(site_model: SiteModel, plan: PlanView, site_url: str) -> Iterator[tuple[str, str]]:
    document = plan.document
    yield "Cơ quan ban hành", escape(document.issuer)
    number = number_and_symbol(document.number, document.symbol) if document.number else ""
    yield "Số, ký hiệu", escape(number) or "bản nhận được không có số"
    yield "Ngày", escape(labels.document_date(document.date))
    yield "Địa phương", escape(capital(plan.place.name))
    yield "Giai đoạn", escape(labels.years(plan.period))
    if plan.superseded_by:
        yield "Đã được thay thế bằng", f"<{site_url}{plan.successor_address}>"
    yield "Trang của kế hoạch", f"<{site_url}{plan.address}>"
    yield "Trạng thái", labels.describe_validity(plan.valid)


def _item(
    site_model: SiteModel,
    plan: PlanView,
    full: OpenPlan,
    item: schema.Item,
    site_url: str,
    depth: int,
) -> Iterator[str]:
    """Yield the lines of an item and of those below it."""
    words = (item.text, *item.columns, *item.cells)
    text = " | ".join(word for word in words if word)
    heading = " ".join(part for part in (item.number, item.title) if part)
    if item.title:
        yield f"{'#' * min(depth, DEEPEST)} {escape(heading)}"
        yield ""
    elif item.number:
        text = f"{item.number} {text}"
    if text:
        yield escape(text)
        yield ""
    commitment = full.by_item.get(item.id)
    if commitment is not None and commitment in full.commitments:
        yield from (f"  - {line}" for line in _answers(site_model, commitment, site_url))
        yield ""
    for inner in item.items:
        yield from _item(site_model, plan, full, inner, site_url, depth + 1)


def _answers(site_model: SiteModel, commitment: Commitment, site_url: str) -> Iterator[str]:
    """Yield who does it, by when, and what is known of it."""
    for role in schema.ROLES:
        names = [site_model.units[unit].unit.name for unit in commitment.units(role)]
        if names:
            yield f"{capital(labels.ROLES[role])}: {escape('; '.join(names))}"
    printed: Sequence[str] = [deadline.printed for deadline in commitment.deadlines]
    if printed:
        yield f"Thời hạn: {escape('; '.join(printed))}"
    yield f"Trạng thái: {labels.state_words(commitment)}"
    yield f"Trang: <{site_url}{commitment.address}>"
