"""Tables for spreadsheets: the commitments of a plan, all targets.

Comes in: the `SiteModel`. Goes out: CSV (RFC 4180) in UTF-8. Every row carries the address
of its clause.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from congkhai.exports.browser_data import units_by_role
from congkhai.model import status
from congkhai.model.amendments import COMPARATORS
from congkhai.model.coverage import CoverageEntry
from congkhai.model.plan_view import PlanView
from congkhai.model.references import number_and_symbol
from congkhai.model.site_model import ProgrammeView, SiteModel
from congkhai.model.views import TargetView
from congkhai.pages import labels
from congkhai.text.vietnamese import capital

TABLE = "cam-ket.csv"
"""The commitments of one plan, beside its page."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""Spreadsheets run a cell that starts so; an apostrophe before it keeps it text."""

BYTE_ORDER_MARK = "\ufeff"
"""At the beginning of a table: without it spreadsheets misread Vietnamese letters."""
_BULLETS = ("- ", "+ ")

COMMITMENT_HEADINGS = {
    "locality": "địa phương",
    "plan": "kế hoạch",
    "issuer": "cơ quan ban hành",
    "type": "loại văn bản",
    "programme": "chương trình",
    "reference": "mục",
    "item": "mã mục",
    "kind": "loại",
    "text": "nguyên văn",
    "lead": "chủ trì",
    "coordinating": "phối hợp",
    "implementing": "thực hiện",
    "requested": "được đề nghị",
    "deadline": "thời hạn",
    "deliverable": "sản phẩm, kết quả",
    "state": "trạng thái",
    "reported": "ngày báo cáo",
    "address": "địa chỉ",
    "topics": "chủ đề",
}
"""By field of `CommitmentRow`; `assets/cam-ket/index.json` hands them to `commitments.js`."""

RESPONSE_HEADINGS = (
    *("ngày trả lời", "cơ quan trả lời", "mục", "mã mục", "điều được hỏi", "trả lời", "địa chỉ"),
)
TARGET_HEADINGS = (
    "cái được đo",
    "nơi, cơ quan",
    "chỉ tiêu như in",
    "so sánh",
    "con số",
    "đơn vị tính",
    "đối tượng",
    "điều kiện",
    "từ chỉ mức độ",
    "hạn",
    "kết quả đã báo cáo",
    "cơ quan báo cáo",
    "ngày báo cáo",
    "ngày sửa kết quả",
    "chỉ tiêu trước khi sửa",
    "mục",
    "nguồn",
    "địa chỉ",
    "kế hoạch thay thế",
    "số trên của khoảng",
    "mức ban đầu",
)


class CommitmentRow(NamedTuple):
    """A row of the table of commitments, in the words of the site."""

    locality: str
    plan: str
    issuer: str
    type: str
    programme: str
    reference: str
    item: str
    kind: str
    text: str
    lead: str
    coordinating: str
    implementing: str
    requested: str
    deadline: str
    deliverable: str
    state: str
    reported: str
    address: str
    topics: str


def to_csv(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Write a table as CSV, in which no cell starts a formula.

    >>> to_csv(["mục"], [["=1+1"]]).decode("utf-8-sig").split()
    ['mục', "'=1+1"]
    """
    text = io.StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_guard_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def decimal_comma(value: Decimal | None) -> str:
    """Write a figure as Vietnamese spreadsheets read it: no mark between thousands.

    >>> decimal_comma(Decimal("1234.5"))
    '1234,5'
    """
    return format(value, "f").replace(".", ",") if value is not None else ""


def _guard_cell(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def join_tables(tables: Iterable[bytes]) -> Iterator[bytes | memoryview]:
    """Join the tables of plans into one, given in parts."""
    yield to_csv(COMMITMENT_HEADINGS.values(), ())
    for table in tables:
        # A heading holds no line break, so its line is the first.
        yield memoryview(table)[table.index(b"\n") + 1 :]


def responses_table(site_model: SiteModel, plan: PlanView, site_url: str) -> bytes:
    """Write a row for each answer about an item of a plan; `site_url` ends with a slash."""
    full = plan.open()
    rows = [
        (
            view.day.isoformat(),
            site_model.units[view.response.unit].unit.name,
            full.by_item[answer.item].reference if answer.item in full.by_item else "",
            answer.item,
            answer.asked or "",
            answer.text,
            f"{site_url}{full.address_of(plan.id, answer.item)}",
        )
        for view in full.responses
        for answer in view.response.answers
    ]
    return to_csv(RESPONSE_HEADINGS, rows)


def commitments_table(site_model: SiteModel, plan: PlanView, site_url: str) -> bytes:
    """Write a row for each commitment of a plan; `site_url` ends with a slash."""
    return to_csv(COMMITMENT_HEADINGS.values(), _commitment_rows(site_model, plan, site_url))


def _commitment_rows(
    site_model: SiteModel, plan: PlanView, site_url: str
) -> Iterator[CommitmentRow]:
    place = capital(plan.place.name)
    programme = site_model.programmes[plan.programme].programme.name
    for commitment in plan.open().commitments:
        number = commitment.item.number
        text = f"{number} {commitment.words}" if number else commitment.words
        units = {
            role: "; ".join([site_model.units[unit].unit.name for unit in ids])
            for role, ids in units_by_role(commitment).items()
        }
        yield CommitmentRow(
            locality=place,
            plan=plan.id,
            issuer=plan.document.issuer,
            type=plan.document.type_name,
            programme=programme,
            reference=commitment.reference,
            item=commitment.item.id,
            kind=labels.KINDS[commitment.shown_kind],
            text=text[2:] if text.startswith(_BULLETS) else text,
            **units,
            deadline="; ".join([deadline.printed for deadline in commitment.deadlines]),
            deliverable=commitment.item.deliverable or "",
            state=status.LABELS[commitment.state],
            reported=commitment.latest.report.day.isoformat() if commitment.latest else "",
            address=site_url + commitment.address,
            topics="; ".join([site_model.topics[topic].topic.name for topic in commitment.topics]),
        )


COVERAGE_HEADINGS = (
    "chương trình",
    "theo văn bản",
    "mã địa phương",
    "địa phương",
    "tỉnh, thành phố",
    "tình trạng",
    "kế hoạch, văn bản",
    "ngày ban hành",
    "nguyên văn của nguồn",
    "nguồn",
    "địa chỉ nguồn",
    "địa chỉ",
)


def coverage_table(site_model: SiteModel, programme: ProgrammeView, site_url: str) -> bytes:
    """Write a row for each place of a programme and each plan that is held or known there."""
    rows = (
        row
        for coverage in (programme.provinces, *programme.coverage)
        for entry in coverage
        for row in _coverage_rows(site_model, programme, coverage.document, entry, site_url)
    )
    return to_csv(COVERAGE_HEADINGS, rows)


def _coverage_rows(
    site_model: SiteModel,
    programme: ProgrammeView,
    document: str,
    entry: CoverageEntry,
    site_url: str,
) -> Iterator[Sequence[str]]:
    place = entry.place
    province = site_model.places.get(place.province or "")
    start = (
        programme.programme.name,
        site_model.documents[document].label,
        place.code,
        capital(place.name),
        capital(province.name) if province else "",
    )
    home = site_url + place.address
    for plan in entry.plans:
        number = number_and_symbol(plan.document.number, plan.document.symbol)
        yield (
            *start,
            labels.COVERAGE["held"],
            number if plan.document.number else plan.document.title,
            plan.document.date.iso() if plan.document.date else "",
            *("", "", ""),
            site_url + plan.address,
        )
    for name in entry.documents:
        view = site_model.documents[name]
        source = next(iter(view.document.known_from), None)
        citing = "; ".join(labels.citing_places(site_model, view))
        yield (
            *start,
            labels.COVERAGE["known"],
            view.name if view.document.number else view.document.title,
            view.document.date.iso() if view.document.date else "",
            "",
            source.title if source else f"kế hoạch trên trang web này: {citing}",
            (source.url if source else None) or "",
            site_url + view.address,
        )
    if entry.state == "absent" and entry.absence is not None:
        absence = entry.absence
        yield (
            *start,
            labels.coverage(entry),
            *("", ""),
            absence.printed,
            absence.source.title,
            absence.source.url or "",
            home,
        )
    if entry.state == "unknown":
        yield (*start, labels.COVERAGE["unknown"], *("", "", "", "", ""), home)


def targets_table(site_model: SiteModel, site_url: str) -> bytes:
    """Write a row for each target, the rows of one measure together."""
    rows = (
        _target_row(site_model, site_model.measures[measure].name, target, site_url)
        for _, measures in site_model.target_groups
        for measure, targets in measures
        for target in targets
    )
    return to_csv(TARGET_HEADINGS, rows)


def _target_row(
    site_model: SiteModel, measure: str, target: TargetView, site_url: str
) -> Sequence[str]:
    if target.plan_id:
        plan = site_model.plans[target.plan_id]
        promised_by, replaced_by = plan.issuer.name, plan.superseded_by
    else:
        document = site_model.documents[target.document_id or ""].document
        promised_by, replaced_by = document.issuer, None
    last = target.values[-1] if target.values else None
    former = target.former[-1] if target.former else None
    cells = (
        measure,
        promised_by,
        target.printed,
        COMPARATORS[target.comparator].strip() or "bằng",
        decimal_comma(target.value),
        target.unit,
        target.population,
        target.condition,
        target.modal,
        target.by,
        decimal_comma(last.value) if last else None,
        site_model.units[last.unit].unit.name if last else None,
        last.day.isoformat() if last else None,
        last.edited.isoformat() if last and last.edited else None,
        f"{former.target.printed}, đến {former.until.isoformat()}" if former else None,
        target.reference,
        target.source.title if target.source else None,
        site_url + target.address,
        replaced_by,
        decimal_comma(target.maximum),
        decimal_comma(target.baseline),
    )
    return ["" if cell is None else str(cell) for cell in cells]
