"""The Vietnamese words that pages use for the model's terms, each in one place.

Comes in: a term of the model, or what it derives. Goes out: the words on the page, as text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal

from congkhai.data import registers, schema
from congkhai.model.amendments import COMPARATORS
from congkhai.model.plan_view import PlanView, Relation, UnitDuties, UnitShare
from congkhai.model.site_model import Change, SiteModel
from congkhai.model.views import DueDay, Place, ReportingDay, RollUp, ShownKind, TargetView
from congkhai.text.dates import PartialDate, format_day
from congkhai.text.vietnamese import capital, number

ROLES: dict[schema.Role, str] = {
    "lead": "chủ trì",
    "coordinating": "phối hợp",
    "implementing": "thực hiện",
    "requested": "được đề nghị",
}
KINDS: dict[ShownKind, str] = {
    "task": "nhiệm vụ",
    "duty": "trách nhiệm",
    "target": "chỉ tiêu",
    "milestone": "mốc thời gian",
    "objective": "mục tiêu",
    "request": "đề nghị",
}
STATUSES: dict[schema.Status, str] = {
    "done": "hoàn thành",
    "in-progress": "đang thực hiện",
    "not-started": "chưa bắt đầu",
    "blocked": "gặp vướng mắc",
    "not-applicable": "không áp dụng",
}
NOTES: dict[str, str] = {
    "misprint": "Có thể in sai",
    "blank": "Để trống",
    "conflict": "Chưa thống nhất",
    "gap": "Còn thiếu",
    "context": "Bối cảnh",
}
RELATIONS: dict[str, str] = {
    "parent": "thực hiện văn bản này",
    "basis": "lấy làm căn cứ",
    "funding": "nguồn kinh phí",
    "mention": "nhắc đến",
}
NATURES: dict[registers.Nature, str] = {
    "government": "Ủy ban nhân dân",
    "state": "Cơ quan nhà nước",
    "front": "Mặt trận Tổ quốc",
    "union": "Đoàn thể, hội",
    "party": "Cơ quan Đảng",
    "media": "Cơ quan báo chí",
    "school": "Cơ sở giáo dục",
    "health": "Cơ sở y tế",
    "police": "Công an",
    "service": "Đơn vị sự nghiệp",
    "residents": "Thôn, tổ dân phố",
    "group": "Nhóm cơ quan",
    "other": "Khác",
}
CHANGES = {
    "plan-added": "mới",
    "plan-edited": "được sửa",
    "report": "Báo cáo",
    "file-added": "Tệp mới",
    "file-edited": "Tệp được sửa",
    "file-removed": "Tệp được gỡ",
}
"""Of a plan after the type of its document: «Kế hoạch mới»."""
DIFFERENCES: dict[Relation, str] = {
    "same": "giữ nguyên",
    "earlier": "sớm hơn",
    "later": "muộn hơn",
    "higher": "cao hơn",
    "lower": "thấp hơn",
    "dropped": "không ghi",
    "added": "ghi thêm",
    "other": "ghi khác",
}


def target_value(target: TargetView) -> str:
    """Say a target's figure in words: «trên 90%»."""
    return COMPARATORS[target.comparator] + measured(target.value, target.unit)


def measured(value: Decimal, unit: str) -> str:
    """Write a figure with its unit: «17,6%», «4,5 ngày làm việc»."""
    return f"{number(value)}%" if unit == "%" else f"{number(value)} {unit}"


def due_day(due: DueDay) -> str:
    """Say a due day as precisely as its document: «trước ngày 01/11/2026», «trong tháng 6/2026»."""
    deadline = due.deadline
    if deadline.before is not None:
        day = deadline.before
        named = PartialDate(day.year or (due.day + timedelta(days=1)).year, day.month, day.day)
        return f"trước {'ngày' if day.day else 'tháng' if day.month else 'năm'} {named}"
    if deadline.by is not None:
        by = deadline.by
        whole = PartialDate(by.year or due.year, by.month, by.day)
        if by.day is not None:
            return f"chậm nhất ngày {whole}"
        if by.month is not None:
            return f"trong tháng {whole}"
        return f"đến hết năm {whole}"
    return f"trong năm {due.year}"


def last_day_in_time(due: DueDay) -> str:
    """Say which last day a «trước ngày» leaves: «ngày cuối còn đúng hạn: 31/10/2026».

    Empty for any other deadline, whose own day is the last.
    """
    return (
        f"ngày cuối còn đúng hạn: {format_day(due.day)}" if due.deadline.before is not None else ""
    )


def received(day: ReportingDay) -> str:
    """Say what came in for a reporting day: «trang này chưa nhận được báo cáo».

    Never more than that: what is not held here may have been sent all the same.
    """
    if day.received:
        return f"đã có {number(len(day.received))} báo cáo ở đây"
    return "trang này chưa nhận được báo cáo" if day.passed else "chưa đến hạn"


def rollup_line(rollup: RollUp) -> str:
    """Say how far a plan or a unit has come."""
    total = f"{number(rollup.total)} cam kết: "
    if not rollup.reported:
        return total + "chưa có báo cáo nào ở đây"
    silent = rollup.counts["silent"]
    rest = f", {number(silent)} chưa có báo cáo" if silent else ""
    return (
        f"{total}{number(rollup.reported)} đã có báo cáo ({number(rollup.done)} hoàn thành){rest}"
    )


def share_line(share: UnitShare | UnitDuties, rollup: RollUp) -> str:
    """Say how far a unit has come in a plan; of what it is only asked for, no report is owed."""
    if [role for role, _ in share.roles] != ["requested"]:
        return rollup_line(rollup)
    reported = f", {number(rollup.reported)} đã có báo cáo" if rollup.reported else ""
    return f"{number(rollup.total)} việc được đề nghị{reported}"


def years(period: schema.Period) -> str:
    """«2026 - 2030», or «đến 2025» when the source does not say from when."""
    return f"{period.start} - {period.end}" if period.start else f"đến {period.end}"


def years_on_one_line(period: schema.Period) -> str:
    """Write a period's years so that no line breaks between them, not even after the hyphen."""
    return years(period).replace(" ", "\u00a0").replace("-", "-\u2060")


def plan_title(site_model: SiteModel, plan: PlanView) -> str:
    """Return what a plan is called: «Xã Nam Sách: kế hoạch Cộng đồng ASEAN 2026 - 2030»."""
    subject = site_model.programmes[plan.programme].programme.subject
    kind = plan.document.type_name
    return f"{capital(plan.issuer.name)}: {kind} {subject} {years(plan.period)}"


def plan_in_brief(plan: PlanView, site_model: SiteModel) -> str:
    """Return what a plan is called in a list: «Xã Nam Sách, Cộng đồng ASEAN 2026 - 2030»."""
    subject = site_model.programmes[plan.programme].programme.subject
    return f"{capital(plan.issuer.name)}, {subject} {years_on_one_line(plan.period)}"


def count_documents(plans: Iterable[PlanView]) -> str:
    """Count plans by what they call themselves: «5 kế hoạch», «4 kế hoạch, 1 nghị quyết»."""
    counts = Counter(plan.document.type_name for plan in plans)
    return ", ".join(f"{number(count)} {name}" for name, count in counts.most_common())


def replaced(plan: PlanView) -> str:
    """Say beside a plan's name that another took its place; empty for one that counts."""
    return "" if plan.counts else ", đã được thay thế"


def document_date(date: PartialDate | None) -> str:
    """Say a document's date, and what of it the source leaves out."""
    if date is None:
        return "bản nhận được không ghi ngày"
    if date.day is not None:
        return f"ngày {date}"
    if date.month is not None:
        return f"tháng {date} (bản nhận được không ghi ngày)"
    return f"năm {date} (bản nhận được không ghi ngày, tháng)"


def until(date: PartialDate) -> str:
    """Say up to when something holds: «đến năm 2035», «đến tháng 6/2030»."""
    return f"đến {on_date(date)}"


def on_date(date: PartialDate) -> str:
    """Name a date with the word for what it is: «năm 2035», «tháng 6/2030», «ngày 30/6/2030»."""
    if date.day is not None:
        return f"ngày {date}"
    return f"tháng {date}" if date.month is not None else f"năm {date}"


def reported_as(entry: schema.Entry) -> str:
    """Say in the unit's own word what one line of a report reports: «đang thực hiện»."""
    if entry.status:
        return STATUSES[entry.status]
    return "đã rà soát, không có gì mới" if entry.unchanged else "số liệu mới"


def entry_kind(entry: schema.Entry) -> str:
    """Name what one line of a report is, to count lines by it: «hoàn thành», «số liệu»."""
    if entry.status:
        return STATUSES[entry.status]
    return "không có gì mới" if entry.unchanged else "số liệu"


def delay(days: int | None) -> str:
    """Say how long after the document above it another was issued.

    `days`: None when a source does not give both days.
    """
    if days is None:
        return "không tính được số ngày sau văn bản cấp trên vì nguồn không ghi đủ ngày"
    if days == 0:
        return "cùng ngày với văn bản cấp trên"
    return (
        f"đề ngày trước văn bản cấp trên {number(-days)} ngày"
        if days < 0
        else f"sau văn bản cấp trên {number(days)} ngày"
    )


def report_period(period: str) -> str:
    """Say a report's period: «2026», «quý I/2026», «tháng 5/2026».

    >>> report_period("2026-q1")
    'quý I/2026'
    """
    year, _, part = period.partition("-")
    if part.startswith("q"):
        return f"quý {('I', 'II', 'III', 'IV')[int(part[1:]) - 1]}/{year}"
    return f"tháng {PartialDate(int(year), int(part))}" if part else year


def evidence_address(url: str, plan_address: str) -> str:
    """Return where evidence is: an https address as given, a file under the plan's `tep/`."""
    return url if url.startswith("https:") else f"{plan_address}tep/{url}"


def last_day_of(place: Place) -> str:
    """Say until when a dissolved locality existed: «đến hết 30/6/2025» when the day is known."""
    if place.until is None or place.until.day is None:
        return f"đến {place.until}"
    return f"đến hết {format_day(place.until.first_day() - timedelta(days=1))}"


def what_became_of(place: Place, places: Mapping[str, Place]) -> str:
    """Say what became of a dissolved locality, in a few words.

    A district's area went to many communes, of which the register only names the one
    that kept its name.
    """
    names = ", ".join(places[code].name for code in place.successors)
    if place.level == "district":
        return "địa bàn nay thuộc nhiều xã, phường" + (
            f"; đơn vị cùng tên: {names}" if names else ""
        )
    return f"nay thuộc {names}" if names else "không còn là một đơn vị hành chính"


def roles_of(share: UnitShare | UnitDuties) -> str:
    """Count what a unit does in a plan, by role: «chủ trì 3, phối hợp 2»."""
    return ", ".join([f"{ROLES[role]} {count}" for role, count in share.roles])


def kinds_of(communes: Iterable[Place]) -> str:
    """Name the kinds of communes that are there: «xã, phường» or «xã, phường, đặc khu»."""
    first_words = {place.name.split(" ", 1)[0] for place in communes}
    return (
        ", ".join(
            name
            for kind, name in (("xã", "xã"), ("phường", "phường"), ("đặc", "đặc khu"))
            if kind in first_words
        )
        or "xã, phường"
    )


def sentence_case(text: str) -> str:
    """Write a heading printed in capitals as a sentence, any other heading as it is.

    Used for our own navigation only; official text stays as printed.
    """
    return capital(text.lower()) if text.isupper() else text


def shorten(text: str, length: int = 160) -> str:
    """Cut a text at a word; an ellipsis says that something is left out.

    >>> shorten("Ủy ban nhân dân xã", 10)
    'Ủy ban…'
    """
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,;:.-–") + "…"


def describe_change(change: Change, site_model: SiteModel) -> str:
    """Say a change in one line."""
    issuer = change.plan.issuer.name
    if change.report:
        period = report_period(change.report.period)
        unit = site_model.units[change.report.unit].unit.name
        return f"{CHANGES['report']} kỳ {period} của {unit} ({issuer})"
    programme = site_model.programmes[change.plan.programme].programme.name
    what = CHANGES[change.kind]
    if change.kind in ("plan-added", "plan-edited"):
        what = f"{capital(change.plan.document.type_name)} {what}"
    return f"{what}: {capital(issuer)}, {programme}"
