"""The Vietnamese words that pages use for the model's terms, each in one place.

Comes in: a term of the model, or what it derives. Goes out: the words on the page, as text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from typing import cast
from urllib.parse import quote, urlsplit

from congkhai.data import registers, schema
from congkhai.data.folder import published_name
from congkhai.model.amendments import (
    COMPARATORS,
    Amendment,
    AmendmentKind,
    write_deadline,
    write_figure,
)
from congkhai.model.coverage import CoverageEntry, CoverageState
from congkhai.model.former_targets import target_on
from congkhai.model.ledger import SOURCE, LedgerEntry, LedgerKind
from congkhai.model.plan_view import PlanView, Relation, TopicCount, UnitDuties, UnitShare
from congkhai.model.register_changes import RegisterChange
from congkhai.model.site_model import Change, DocumentView, SiteModel
from congkhai.model.status import LABELS
from congkhai.model.today import Interval
from congkhai.model.views import (
    BASES,
    Basis,
    Commitment,
    DueDay,
    FormerName,
    FormerTarget,
    Group,
    MovedDeadline,
    Place,
    ReportingDay,
    RollUp,
    ShownKind,
    TargetView,
)
from congkhai.model.withdrawn_plans import WithdrawnPlan
from congkhai.text.dates import PartialDate, format_day
from congkhai.text.vietnamese import capital, number

READ_TOGETHER = 0.6
"""Share of common words from which on two wordings are shown as one text with marks."""
FEED_WORDS = 300
"""Most letters of what was published before, or is now, in one line."""
ROLES: dict[schema.Role, str] = {
    "lead": "chủ trì",
    "coordinating": "phối hợp",
    "implementing": "thực hiện",
    "requested": "được đề nghị",
}
KINDS: dict[ShownKind, str] = {
    "task": "nhiệm vụ",
    "duty": "việc của từng cơ quan",
    "target": "chỉ tiêu",
    "milestone": "việc theo giai đoạn",
    "objective": "mục tiêu",
    "request": "đề nghị",
}
STATUSES = schema.STATUSES
GROUPS: dict[Group, str] = {
    "done": "xong",
    "doing": "đang làm",
    "overdue": "quá hạn",
    "silent": "chưa có báo cáo",
    "requested": "được đề nghị",
    "not-applicable": "không áp dụng",
}
"""Of states, in pictures, legends and rows."""
NOTES: dict[str, str] = {
    "misprint": "Có thể in sai",
    "blank": "Để trống",
    "conflict": "Không khớp nhau",
    "gap": "Bản nhận được thiếu",
    "context": "Nên biết",
}
DIFFERS: dict[schema.Compared, str] = {
    "due": "thời hạn",
    "targets": "chỉ tiêu",
    "roles": "phân công",
    "kind": "loại của mục",
    "number": "mã của mục",
    "cites": "văn bản được nhắc đến",
    "period": "giai đoạn",
    "date": "ngày ban hành",
}
"""Data that a note says to differ from the words for a reason."""
RELATIONS: dict[str, str] = {
    "parent": "thực hiện văn bản này",
    "basis": "lấy làm căn cứ",
    "funding": "nguồn kinh phí",
    "mention": "nhắc đến",
}
NATURES: dict[registers.Nature, str] = {
    "government": "Ủy ban nhân dân",
    "state": "Cơ quan nhà nước",
    "front": "Mặt trận Tổ quốc Việt Nam",
    "union": "Đoàn thể, hội",
    "party": "Cơ quan Đảng",
    "media": "Cơ quan báo chí",
    "school": "Cơ sở giáo dục",
    "health": "Cơ sở y tế",
    "police": "Công an",
    "service": "Đơn vị sự nghiệp",
    "residents": "Thôn, tổ dân phố",
    "group": "Nhiều cơ quan gọi chung",
    "other": "Khác",
}
CHANGES: dict[LedgerKind, str] = {
    "plan-added": "mới",
    "plan-edited": "được sửa",
    "report": "Báo cáo",
    "report-edited": "Báo cáo được sửa",
    "report-removed": "Báo cáo được gỡ khỏi trang web",
    "report-restored": "Báo cáo được đưa trở lại",
    "response": "Trả lời",
    "response-edited": "Trả lời được sửa",
    "response-removed": "Trả lời được gỡ khỏi trang web",
    "response-restored": "Trả lời được đưa trở lại",
    "file-added": "Thêm tệp",
    "file-edited": "Sửa tệp",
    "file-removed": "Gỡ tệp",
}
"""Of a plan after the type of its document: «Kế hoạch mới»."""
AMENDMENTS: dict[AmendmentKind, str] = {
    "words": "câu chữ",
    "figure-raised": "chỉ tiêu nâng lên",
    "figure-lowered": "chỉ tiêu hạ xuống",
    "figure-changed": "chỉ tiêu",
    "deadline-later": "thời hạn lùi lại",
    "deadline-earlier": "thời hạn sớm hơn",
    "deadline-changed": "thời hạn",
    "lead": "cơ quan chủ trì",
    "kind": "loại việc",
    "item-added": "mục được thêm",
    "item-withdrawn": "mục bị bỏ",
    "item-moved": "mã của mục",
    "note": "ghi chú của người nhập liệu",
}
"""What was amended; of other kinds the field says it."""
CHANGE_GROUPS: dict[str, str] = {
    "ke-hoach-moi": "Kế hoạch mới",
    "cau-chu": "Câu chữ, mục thêm hoặc bỏ",
    "chi-tieu": "Chỉ tiêu nâng lên, hạ xuống",
    "thoi-han": "Thời hạn lùi lại, sớm hơn",
    "co-quan": "Cơ quan chủ trì, phối hợp",
    "bao-cao": "Báo cáo nhận được",
    "bao-cao-sua": "Báo cáo được sửa, gỡ",
    "tra-loi": "Trả lời của cơ quan",
    "khac": "Thay đổi khác",
    "cach-ghi": "Trang web sửa cách ghi, văn bản không đổi",
}
"""Kinds of changes that readers choose among, by the word in the address."""
_GROUP_OF_ENTRY: dict[LedgerKind, str] = {
    "plan-added": "ke-hoach-moi",
    "report": "bao-cao",
    "report-edited": "bao-cao-sua",
    "report-removed": "bao-cao-sua",
    "report-restored": "bao-cao-sua",
    "response": "tra-loi",
    "response-edited": "tra-loi",
    "response-removed": "tra-loi",
    "response-restored": "tra-loi",
}
_GROUP_OF_AMENDMENT: dict[AmendmentKind, str] = {
    "words": "cau-chu",
    "item-added": "cau-chu",
    "item-withdrawn": "cau-chu",
    "item-moved": "cau-chu",
    "figure-raised": "chi-tieu",
    "figure-lowered": "chi-tieu",
    "figure-changed": "chi-tieu",
    "deadline-later": "thoi-han",
    "deadline-earlier": "thoi-han",
    "deadline-changed": "thoi-han",
    "lead": "co-quan",
    "unit": "co-quan",
}
FIELDS: dict[str, str] = {
    "topics": "chủ đề",
    "not_topics": "chủ đề xếp nhầm",
    "locality": "địa phương",
    "programme": "chương trình",
    "document": "văn bản",
    "number": "số, dấu đầu mục",
    "symbol": "ký hiệu",
    "date": "ngày",
    "issuer": "cơ quan ban hành",
    "issuer_unit": "cơ quan ban hành",
    "letterhead": "phần đầu văn bản",
    "type": "tên loại văn bản",
    "title": "trích yếu",
    "period": "giai đoạn, kỳ",
    "start": "năm đầu",
    "end": "năm cuối",
    "scope": "phạm vi",
    "supersedes": "kế hoạch được thay thế",
    "cites": "văn bản được nhắc đến",
    "compared": "văn bản cấp trên đã được so",
    "preamble": "phần mở đầu",
    "closing": "phần kết",
    "recipients_heading": "chữ “Nơi nhận”",
    "recipients": "nơi nhận",
    "signature": "phần ký",
    "applies_to": "mục được phân công",
    "reporting": "chế độ báo cáo",
    "to": "nơi nhận báo cáo",
    "via": "báo cáo qua cơ quan",
    "cutoff": "ngày chốt số liệu",
    "form": "mẫu biểu của báo cáo",
    "deliverable": "sản phẩm, kết quả",
    "original": "tệp của cơ quan ban hành",
    "file": "tên tệp",
    "sha256": "mã của tệp",
    "received": "ngày nhận tệp",
    "signed": "bản đã ký",
    "sender": "nơi gửi tệp",
    "implements": "mục của văn bản cấp trên",
    "measure": "cách đo của chỉ tiêu",
    "maximum": "mức cao nhất của chỉ tiêu",
    "baseline": "mức ban đầu của chỉ tiêu",
    "population": "đối tượng của chỉ tiêu",
    "modal": "chữ chỉ mức ràng buộc của chỉ tiêu",
    "condition": "điều kiện tính của chỉ tiêu",
    "by": "hạn của chỉ tiêu",
    "unit": "cơ quan báo cáo",
    "source": "văn bản báo cáo",
    "url": "địa chỉ tài liệu",
    "status": "kết quả báo cáo",
    "unchanged": "không có gì mới",
    "done_on": "ngày hoàn thành",
    "value": "kết quả bằng số",
    "text": "nội dung báo cáo",
    "reason": "lý do",
    "evidence": "tài liệu kiểm chứng",
    "corrects": "báo cáo được đính chính",
}
"""Names of fields of plans and reports, for what was amended in them."""
RESPONSE_FIELDS: dict[str, str] = {
    "unit": "cơ quan trả lời",
    "date": "ngày trả lời",
    "source": "văn bản trả lời",
    "title": "tên tài liệu",
    "url": "địa chỉ tài liệu",
    "asked": "điều được hỏi",
    "text": "câu trả lời",
    "evidence": "tài liệu kèm theo",
}
"""Names of fields of responses."""
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

COVERAGE: dict[CoverageState, str] = {
    "held": "có trên trang web này",
    "known": "đã biết là có, trang web chưa có toàn văn",
    "absent": "nguồn nói không có",
    "unknown": "chưa rõ",
}
COVERAGE_IN_BRIEF: dict[CoverageState, str] = {
    "held": "có trên trang web",
    "known": "biết là có",
    "absent": "nguồn nói không",
    "unknown": "chưa rõ",
}
"""In a cell of the grid, which is a few words wide."""
ABSENCES = {"missing": "nguồn nói chưa ban hành", "not-required": "nguồn nói không phải ban hành"}
CERTAINTIES: dict[registers.Certainty, str] = {
    "several": "nhiều nguồn dẫn giống nhau",
    "one": "chỉ một nguồn dẫn",
    "part": "mới đọc được một phần câu",
}


def coverage(entry: CoverageEntry) -> str:
    """Say what is known of a place: «nguồn nói chưa ban hành», «chưa rõ»."""
    if entry.state == "absent" and entry.absence is not None:
        return ABSENCES[entry.absence.state]
    return COVERAGE[entry.state]


def citing_places(site_model: SiteModel, view: DocumentView) -> list[str]:
    """Name the places whose plans cite a document, each once: «xã Nam Sách»."""
    plans = (site_model.plans.get(citation.plan_id) for citation in view.citations)
    return list(dict.fromkeys(plan.place.name for plan in plans if plan is not None))


def target_value(target: schema.Target | TargetView) -> str:
    """Say a target's figure in words: «trên 90%»."""
    if target.maximum is not None:
        lower, upper = number(target.value), measured(target.maximum, target.unit)
        return f"từ {lower} đến {upper}"
    figure = COMPARATORS[target.comparator] + measured(target.value, target.unit)
    if target.baseline is not None:
        return f"từ {measured(target.baseline, target.unit)} đến {figure}"
    return figure


def stated(note: schema.Note, item: schema.Item) -> str:
    """Say what the data states where a note gives the reason why the words differ.

    A figure and a deadline are shown as printed elsewhere; kind and bodies stand beside the words.
    """
    if note.differs == "due":
        return f": {'; '.join(map(write_deadline, item.due))}"
    if note.differs == "targets":
        return f": {'; '.join(map(write_figure, item.targets))}"
    if note.differs == "kind" and item.kind is not None and item.kind != "none":
        return f": ghi là {KINDS[item.kind]}"
    return ""


def measured(value: Decimal, unit: str) -> str:
    """Write a figure with its unit: «17,6%», «4,5 ngày làm việc»."""
    return f"{number(value)}%" if unit == "%" else f"{number(value)} {unit}"


def who_in_brief(commitment: Commitment, site_model: SiteModel) -> str:
    """Name the units of the first role that a commitment has, for the second line of a row."""
    for role in schema.ROLES:
        units = commitment.units(role)
        if units:
            return shorten("; ".join([site_model.units[unit].unit.name for unit in units]), 60)
    return "Mục này không ghi cơ quan thực hiện"


def first_role_in_brief(commitment: Commitment, site_model: SiteModel) -> str:
    """Name the first role that a commitment has with its units; nothing without any.

    «Chủ trì: Phòng Văn hóa - Xã hội».
    """
    for role in schema.ROLES:
        units = commitment.units(role)
        if units:
            names = "; ".join([site_model.units[unit].unit.name for unit in units])
            return f"{capital(ROLES[role])}: {shorten(names, 60)}"
    return ""


def words_without_deadline(commitment: Commitment) -> str:
    """Return its words without a deadline that they begin with, where the day stands beside them.

    «Năm 2026: Xây dựng kế hoạch» is «Xây dựng kế hoạch».
    """
    words = commitment.words
    for deadline in commitment.deadlines:
        before, colon, rest = words.partition(":")
        if colon and before.strip().casefold() == deadline.printed.strip(" :").casefold():
            return capital(rest.strip())
    return words


def due_day(due: DueDay) -> str:
    """Say a due day as precisely as its document: «trước ngày 01/11/2026», «trong tháng 6/2026»."""
    deadline = due.deadline
    if deadline.before is not None:
        day = deadline.before
        if day.quarter is not None:
            return f"trước {day}"
        named = PartialDate(day.year or (due.day + timedelta(days=1)).year, day.month, day.day)
        return f"trước {'ngày' if day.day else 'tháng' if day.month else 'năm'} {named}"
    if deadline.by is not None:
        by = deadline.by
        if by.quarter is not None:
            return f"trong {by}"
        whole = PartialDate(by.year or due.year, by.month, by.day)
        if by.day is not None:
            return f"chậm nhất ngày {whole}"
        if by.month is not None:
            return f"trong tháng {whole}"
        return f"đến hết năm {whole}"
    return _cycle_of(due)


def _cycle_of(due: DueDay) -> str:
    """Say the month, quarter, half or year at whose end something comes back."""
    month, year = due.day.month, due.day.year
    if due.deadline.every == "month":
        return f"trong tháng {PartialDate(year, month)}"
    if due.deadline.every == "quarter":
        return f"trong {PartialDate(year, quarter=(month + 2) // 3)}"
    if due.deadline.every == "half":
        return f"trong 6 tháng {'đầu' if month <= 6 else 'cuối'} năm {year}"
    return f"trong năm {year}"


def last_day_in_time(due: DueDay) -> str:
    """Say which last day a «trước ngày» leaves: «ngày cuối còn đúng hạn: 31/10/2026».

    Empty for any other deadline, whose own day is the last.
    """
    return (
        f"ngày cuối còn đúng hạn: {format_day(due.day)}" if due.deadline.before is not None else ""
    )


def received(day: ReportingDay, plan: PlanView) -> str:
    """Say what came in for a reporting day: «trang web này chưa nhận được báo cáo».

    Never more than that: what is not held here may have been sent all the same. And never that
    of a report that was here and was taken away.
    """
    if not day.received and day.commitment.is_request:
        return "văn bản chỉ đề nghị báo cáo"
    if day.received:
        return f"trang web này đã nhận {number(len(day.received))} báo cáo"
    if day.gone_since is not None:
        return gone(day.gone_since)
    year = str(day.due.year)
    if any(entry.report and entry.report.period[:4] == year for entry in plan.removed_reports):
        return "báo cáo của kỳ này từng có trên trang web, nay đã được gỡ"
    return "trang web này chưa nhận được báo cáo" if day.passed else "chưa đến hạn"


def gone(since: date) -> str:
    """Say of what fell due that nobody was left to do it: «cơ quan không còn từ 01/7/2025»."""
    return f"cơ quan không còn từ {format_day(since)}, không tính là thiếu báo cáo"


BESIDE: dict[Basis, str] = {
    "group": "việc giao chung cho các cơ quan",
    "predecessor": "việc ghi cho cơ quan cũ",
    "nobody": "việc không ghi cơ quan thực hiện",
}
"""What a unit reported on that does not name it."""


def said_by_bodies(commitment: Commitment) -> str:
    """Say how many bodies reported on a commitment, and what each said last.

    «2 cơ quan đã báo cáo: 1 hoàn thành, 1 gặp vướng mắc».
    """
    counts = Counter(word.status for word in commitment.last_words)
    parts = [f"{number(counts[code])} {words}" for code, words in STATUSES.items() if counts[code]]
    parts += [f"{number(counts[None])} chỉ ghi số liệu"] if counts[None] else []
    return f"{number(counts.total())} cơ quan đã báo cáo: {', '.join(parts)}"


def state_note(commitment: Commitment) -> str:
    """Say what the name of a state alone would hide; empty where it hides nothing.

    Of what is written for a group, who has reported; of a target, that its result is not known;
    of a deadline that was moved, that it had passed by then.
    """
    if commitment.is_told_in_part:
        return f"việc giao chung, {said_by_bodies(commitment)}"
    lacking = "cơ quan báo hoàn thành, không ghi kết quả" if commitment.lacks_result else ""
    notes = (moved_deadline_note(commitment.moved_deadline), _late_deadline(commitment), lacking)
    return "; ".join(filter(None, notes))


def _late_deadline(commitment: Commitment) -> str:
    """Say that the deadline by which it is late was set when it had passed; empty if not."""
    set_on = commitment.deadline_set_late
    if set_on is None or commitment.state not in ("overdue", "done-late"):
        return ""
    return f"hạn {format_day(commitment.due[-1].day)} mới được ghi ngày {format_day(set_on)}"


def moved_deadline_note(moved: MovedDeadline | None) -> str:
    """Say that a deadline was moved when it had passed; empty for none.

    «quá hạn từ 01/7/2026, sau đó ngày 15/7/2026 dời hạn đến 31/12/2026».
    """
    if moved is None:
        return ""
    then = f"hạn {format_day(moved.passed)} đã qua"
    if moved.overdue_since is not None:
        then = f"quá hạn từ {format_day(moved.overdue_since)}"
    to = f"dời hạn đến {format_day(moved.moved_to)}" if moved.moved_to else "bỏ hạn"
    return f"{then}, sau đó ngày {format_day(moved.moved_on)} {to}"


def state_words(commitment: Commitment) -> str:
    """Say the state of a commitment, with what its name alone would hide."""
    return "; ".join(filter(None, (LABELS[commitment.state], state_note(commitment))))


def rollup_line(rollup: RollUp) -> str:
    """Say how far a plan or a unit has come.

    What is only asked for is counted apart, and so is what a unit reported on beside.
    """
    if rollup.beside:
        line = rollup_line(rollup._replace(beside={}))
        line = line.replace(NONE_REPORTED, f"{NONE_REPORTED} về các việc này")
        return f"{line}; {beside_line(rollup.beside)}"
    if rollup.asked_total:
        asked = asked_line(rollup)
        return f"{rollup_line(rollup.owed)}; {asked}" if rollup.owed.total else asked
    total = f"{number(rollup.total)} việc: "
    if not rollup.reported:
        return total + none_reported(rollup)
    silent = rollup.counts["silent"]
    rest = f", {number(silent)} chưa có báo cáo" if silent else ""
    return (
        f"{total}{number(rollup.reported)} đã có báo cáo ({number(rollup.done)} hoàn thành){rest}"
    )


def beside_line(beside: Mapping[Basis, int]) -> str:
    """Say on how much a unit reported that does not name it."""
    parts = [f"{number(beside[basis])} {BESIDE[basis]}" for basis in BASES if beside.get(basis)]
    return f"đã báo cáo thêm {', '.join(parts)}"


def asked_line(rollup: RollUp) -> str:
    """Say how much is only asked for, and of how much of it there is a report all the same."""
    reported = rollup.asked_reported
    rest = f", {number(reported)} đã có báo cáo" if reported else ""
    return f"{number(rollup.asked_total)} việc được đề nghị{rest}"


def count_of_commitments(rollup: RollUp) -> str:
    """Count what a document holds: «34 việc»; «34 việc + 1 đề nghị» where it also asks."""
    return count_apart(rollup.owed.total, rollup.asked_total)


def count_apart(owed: int, asked: int) -> str:
    """Count work, and apart from it what is only asked for: «34 việc + 1 đề nghị»."""
    if asked and not owed:
        return f"{number(asked)} đề nghị"
    return f"{number(owed)} việc" + (f" + {number(asked)} đề nghị" if asked else "")


def count_of_topic(count: TopicCount) -> str:
    """Count what there is of a topic: «10 việc»."""
    return count_apart(count.owed, count.asked)


def counted_words(asked: int) -> str:
    """Say what the number before it counts: «việc»; «việc + 1 đề nghị» where some is asked for."""
    return f"việc + {number(asked)}\u00a0đề\u00a0nghị" if asked else "việc"


def share_line(share: UnitShare | UnitDuties, rollup: RollUp) -> str:
    """Say how far a unit has come in a plan; of what it is only asked for, no report is owed."""
    if [role for role, _ in share.roles] != ["requested"]:
        return rollup_line(rollup)
    reported = f", {number(rollup.reported)} đã có báo cáo" if rollup.reported else ""
    beside = f"; {beside_line(rollup.beside)}" if rollup.beside else ""
    return f"{number(rollup.total)} việc được đề nghị{reported}{beside}"


NONE_REPORTED = "chưa nhận được báo cáo nào"


def none_reported(rollup: RollUp) -> str:
    """Say that no report is held, and of those that were held that they are no longer."""
    if rollup.removed_reports:
        return (
            f"trang web hiện không có báo cáo nào, {number(rollup.removed_reports)} báo cáo"
            " từng có đã được gỡ"
        )
    return NONE_REPORTED


def years(period: schema.Period) -> str:
    """«2026 - 2030», «năm 2026», or «đến năm 2025» when the source does not say from when."""
    if not period.start:
        return f"đến năm {period.end}"
    one_year = period.start == period.end
    return f"năm {period.end}" if one_year else f"{period.start} - {period.end}"


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


def describe_validity(valid: Interval) -> str:
    """Say from when to when something is so; empty where it depends on no day.

    >>> from datetime import date
    >>> describe_validity(Interval(date(2026, 11, 1), date(2026, 12, 30)))
    'đúng từ 01/11/2026 đến hết 30/12/2026, nếu không có báo cáo mới; qua ngày đó phải xem lại'
    """
    if valid.until is None and valid.since is None:
        return ""
    since = f" từ {format_day(valid.since)}" if valid.since else ""
    if valid.until is None:
        return f"đúng{since}, nếu không có báo cáo mới"
    until = f"đến hết {format_day(valid.until)}"
    return f"đúng{since} {until}, nếu không có báo cáo mới; qua ngày đó phải xem lại"


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
        return "chưa rõ sau văn bản cấp trên bao nhiêu ngày (bản nhận được không ghi đủ ngày)"
    if days == 0:
        return "cùng ngày với văn bản cấp trên"
    return (
        f"ghi ngày sớm hơn văn bản cấp trên {number(-days)} ngày"
        if days < 0
        else f"ban hành sau văn bản cấp trên {number(days)} ngày"
    )


def report_period(period: str) -> str:
    """Say a report's period: «năm 2026», «quý I/2026», «tháng 5/2026».

    >>> report_period("2026-q1")
    'quý I/2026'
    """
    year, _, part = period.partition("-")
    if part.startswith("q"):
        return f"quý {('I', 'II', 'III', 'IV')[int(part[1:]) - 1]}/{year}"
    return f"tháng {PartialDate(int(year), int(part))}" if part else f"năm {year}"


_MAIL_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_FORM_ADDRESS = re.compile(r"https://[^\s<>\"'|;,()]{1,300}")


def error_report_address(contact: str, canonical: str) -> str | None:
    """Return the office's own form by which a reader reports a mistake; it names the page.

    None when `contact` names none: then the site's own asks what a letter should say.

    >>> error_report_address("thư so@tinh.gov.vn, điện thoại 0213 …", "https://a.vn/x/")
    >>> error_report_address("https://tinh.gov.vn/gop-y", "https://a.vn/x/")
    'https://tinh.gov.vn/gop-y?dia-chi=https%3A%2F%2Fa.vn%2Fx%2F'
    """
    form = _FORM_ADDRESS.search(contact)
    if form is None:
        return None
    address = form[0].rstrip(".")
    return f"{address}{'&' if '?' in address else '?'}dia-chi={quote(canonical, safe='')}"


def mail_address(contact: str) -> str:
    """Return the address for letters that `contact` names; empty without one."""
    mail = _MAIL_ADDRESS.search(contact)
    return mail[0] if mail is not None else ""


def evidence_address(url: str, plan_address: str) -> str:
    """Return where evidence is: an https address as given, a file under the plan's `tep/`."""
    return url if url.startswith("https:") else f"{plan_address}tep/{published_name(url)}"


def host_of(url: str) -> str:
    """Return the host that a link leads to, as it is shown in brackets behind the link.

    >>> host_of("https://evil.example/#@namsach.gov.vn")
    'evil.example'
    """
    return urlsplit(url).hostname or ""


def last_day_of(place: Place) -> str:
    """Say until when a dissolved locality existed: «đến hết ngày 30/6/2025» if a day is known."""
    if place.until is None or place.until.day is None:
        return f"đến {place.until}"
    return f"đến hết ngày {format_day(place.until.first_day() - timedelta(days=1))}"


def what_became_of(place: Place, places: Mapping[str, Place]) -> str:
    """Say what became of a dissolved locality, in a few words.

    The area of a district went to many communes, which its row on its province's page names.
    """
    successors = [places[code] for code in place.successors]
    names = ", ".join(successor.name for successor in successors)
    if place.level == "district" and len(successors) > 1:
        above = dict.fromkeys(one.province for one in successors if one.province)
        provinces = ", ".join(places[code].name for code in above)
        return f"nay thuộc {len(successors)} {kinds_of(successors)} của {provinces}"
    return f"nay thuộc {names}" if names else "không còn sau sắp xếp đơn vị hành chính"


def called_now(former: FormerName, place: Place, places: Mapping[str, Place]) -> str:
    """Say what a renamed place is called since when: «từ 20/9/2026 là phường Lạng Giang, …»."""
    above = places.get(place.province) if place.province is not None else None
    return f"từ {former.until} là {place.name}" + (f", {above.name}" if above else "")


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
    words = change_words(change.entry, change.plan, site_model)
    if change.entry.filed:
        return f"{words} ({issuer})"
    programme = site_model.programmes[change.plan.programme].programme.name
    return f"{words}: {capital(issuer)}, {programme}"


def describe_withdrawn(plan: WithdrawnPlan) -> str:
    """Say in one line that a plan is gone."""
    return f"{capital(plan.type_name)} được gỡ khỏi trang web: {plan.issuer}"


REGISTERS: dict[str, str] = {
    "localities.yml": "địa phương",
    "units.yml": "cơ quan",
    "documents.yml": "văn bản",
    "programmes.yml": "chương trình",
    "measures.yml": "cách đo",
}
"""What an entry of a register is."""
REGISTER_FIELDS: dict[str, str] = {
    "name": "tên",
    "province": "tỉnh, thành phố",
    "until": "ngày không còn",
    "successors": "nơi tiếp nhận",
    "day": "ngày có hiệu lực",
    "names": "tên trước đó",
    "provinces": "tỉnh, thành phố trước đó",
    "type": "tên loại",
    "number": "số",
    "symbol": "ký hiệu",
    "date": "ngày ban hành",
    "issuer": "cơ quan ban hành",
    "title": "trích yếu",
    "parent": "văn bản cấp trên",
    "document": "văn bản của chương trình",
    "meaning": "cách hiểu",
}
"""Fields of entries of registers, as readers are told of them."""
_CODE = re.compile(r"[\w-]+")


def describe_register_change(change: RegisterChange, site_model: SiteModel) -> str:
    """Say in one line what was another in an entry of a register.

    «Cơ quan Phòng Kinh tế: tên trước là “Phòng Công Thương”, nay là “Phòng Kinh tế”».
    """
    whose = f"{capital(REGISTERS[change.register])} {change.name}"
    if not change.field:
        return f"{whose}: không còn trong danh mục"
    field = REGISTER_FIELDS[change.field]
    before, after = (
        _name_register_codes(words, site_model) if words and change.field not in _PRINTED else words
        for words in (change.before, change.after)
    )
    if before is None:
        return f"{whose}: thêm {field} “{after}”"
    if after is None:
        return f"{whose}: bỏ {field} “{before}”"
    return f"{whose}: {field} trước là “{before}”, nay là “{after}”"


_PRINTED = frozenset({"name", "type", "number", "symbol", "issuer", "title", "meaning"})
"""Fields of words; the others have days, or codes of other entries."""


def _name_register_codes(words: str, site_model: SiteModel) -> str:
    """Write days as readers do, and the names of places and bodies for their codes."""

    def name(code: str) -> str:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", code):
            return format_day(date.fromisoformat(code))
        if code in site_model.places:
            return site_model.places[code].name
        unit = site_model.units.get(code)
        return unit.unit.name if unit else code

    return _CODE.sub(lambda found: name(found[0]), words)


def change_words(entry: LedgerEntry, plan: PlanView, site_model: SiteModel) -> str:
    """Say a change in one line, where the plan is plain."""
    words = CHANGES[entry.kind]
    if entry.is_reading:
        return CHANGE_GROUPS["cach-ghi"]
    if entry.kind in ("plan-added", "plan-edited"):
        return f"{capital(plan.document.type_name)} {words}"
    if entry.report is not None:
        unit = _unit_name(entry.report.unit, site_model)
        what = words.removeprefix("Báo cáo")
        words = f"Báo cáo {report_period(entry.report.period)} của {unit}{what}"
        if entry.late_arrival:
            words += f", đề ngày {format_day(entry.report.day)}"
    elif entry.response is not None:
        unit = _unit_name(entry.response.unit, site_model)
        of = f"Trả lời ngày {format_day(entry.response.day)} của {unit}"
        words = of + words.removeprefix("Trả lời")
    elif entry.kind.startswith("file-"):
        is_text = entry.file == SOURCE
        words = f"{words.split()[0]} bản chữ của văn bản" if is_text else f"{words} {entry.file}"
    return words


def change_groups(change: Change) -> list[str]:
    """Return the kinds of a change that readers choose among."""
    if change.kind in _GROUP_OF_ENTRY:
        return [_GROUP_OF_ENTRY[change.kind]]
    if change.entry.is_reading:
        return ["cach-ghi"]
    groups = [
        _GROUP_OF_AMENDMENT.get(amendment.kind, "khac") for amendment in change.entry.official
    ]
    return list(dict.fromkeys(groups)) or ["khac"]


def change_day(entry: LedgerEntry) -> str:
    """Say when something was published: «05/8/2026», or as much as is known of it."""
    if entry.day is not None:
        return format_day(entry.day)
    if entry.not_before is not None:
        return f"không rõ ngày, sau {format_day(entry.not_before)}"
    return "không rõ ngày"


def deadlines_printed(commitment: Commitment) -> str:
    """Return all deadlines of a commitment as printed: its state may be judged by any of them."""
    return "; ".join(dict.fromkeys([due.printed for due in commitment.deadlines]))


def changes_line(plan: PlanView) -> str:
    """Say when a plan changed last, and how often the site read the same words otherwise."""
    official, readings = plan.official_changes, len(plan.readings)
    if not official and not readings:
        return "chưa có thay đổi nào"
    if not official:
        return f"chỉ trang web sửa cách ghi, {number(readings)} lần"
    line = f"gần nhất {change_day(official[0])}"
    return f"{line}; trang web sửa cách ghi {number(readings)} lần" if readings else line


_OF_CEILINGS: dict[AmendmentKind, str] = {
    "figure-raised": "mức tối đa nâng lên",
    "figure-lowered": "mức tối đa hạ xuống",
}
"""Of «không quá 20%», whose figure asks for less when it is raised."""


def amended(amendment: Amendment) -> str:
    """Say what was amended: «thời hạn lùi lại», «cơ quan phối hợp», «kết quả báo cáo»."""
    figure = amendment.figure
    if figure is not None and figure.comparator[0] == "<" and amendment.kind in _OF_CEILINGS:
        return _OF_CEILINGS[amendment.kind]
    if amendment.kind in AMENDMENTS:
        return AMENDMENTS[amendment.kind]
    if amendment.kind == "unit":
        return f"cơ quan {ROLES[cast('schema.Role', amendment.field)]}"
    name = amendment.field.rpartition(".")[2]
    if amendment.kind == "document" and name == "number":
        return "số của văn bản"
    if amendment.kind == "report" and name == "title":
        return "tên tài liệu"
    if amendment.kind in ("response", "answer") and name in RESPONSE_FIELDS:
        return RESPONSE_FIELDS[name]
    return FIELDS.get(name, f"dữ liệu “{name}”")


def amended_value(value: str, amendment: Amendment, site_model: SiteModel) -> str:
    """Say what one side of an amendment holds, with names in place of codes.

    Empty where it holds nothing but codes that no register names.
    """
    if amendment.kind in ("lead", "unit"):
        return ", ".join(_unit_name(unit, site_model) for unit in value.split(" "))
    name = amendment.field.rpartition(".")[2]
    if amendment.kind == "kind":
        return KINDS.get(cast("schema.Kind", value), "không tính là một việc")
    if amendment.field == "notes.differs":
        fields = [DIFFERS.get(cast("schema.Compared", field), "") for field in value.split("\n")]
        return f"nêu lý do khác văn bản ở: {', '.join(fields)}"
    if amendment.field == "notes.kind":
        return ", ".join(NOTES.get(kind, kind) for kind in value.split(" "))
    if name == "status":
        return STATUSES.get(cast("schema.StatusCode", value), value)
    if name in ("unit", "to", "via", "issuer_unit"):
        return ", ".join(_unit_name(unit, site_model) for unit in value.split("\n"))
    if amendment.kind in ("document", "data"):
        lines = (_name_codes(line, name, site_model) for line in value.split("\n"))
        return "\n".join([line for line in lines if line])
    return value


_CODE = re.compile(r"[a-z0-9]+(?:[-.#/][a-z0-9]+)*")
_CODED = frozenset(
    {"programme", "locality", "cites", "compared", "supersedes", "implements", "applies_to"}
    | {"topics", "not_topics", "measure", "recipients", "reporting", "document", "relation", "at"}
)
"""Fields in whose values a code may stand: the data's name of something, or a word of its own."""


def _name_codes(line: str, field: str, site_model: SiteModel) -> str:
    """Put names in place of codes in a value; a code that no register has is left out."""
    if field not in _CODED:
        return line
    parts = [_name_of_code(part, site_model) for part in line.split(" · ")]
    return " · ".join([part for part in parts if part])


def _name_of_code(part: str, site_model: SiteModel) -> str:
    if part in RELATIONS:
        return RELATIONS[part]
    if part in site_model.documents:
        return site_model.documents[part].name
    if part in site_model.plans:
        plan = site_model.plans[part]
        return f"{plan.document.type_name} của {plan.issuer.name}"
    if part in site_model.units:
        return site_model.units[part].unit.name
    if part in site_model.topics:
        return site_model.topics[part].topic.name
    if part in site_model.measures:
        return site_model.measures[part].name
    if part in site_model.programmes:
        return site_model.programmes[part].programme.name
    if part in site_model.places:
        return site_model.places[part].name
    return "" if _CODE.fullmatch(part) else part


_GRAVEST: tuple[AmendmentKind, ...] = (
    *("item-withdrawn", "figure-lowered", "deadline-later", "figure-changed"),
    *("deadline-changed", "lead", "kind", "unit", "figure-raised", "deadline-earlier", "words"),
)
"""What a reader has to know first of several changes of one item."""
_NAMED_KINDS = 3


def kinds_of_changes(changes: Sequence[tuple[LedgerEntry, Amendment]]) -> str:
    """Say what changed in an item, the gravest first: «chỉ tiêu hạ xuống, thời hạn lùi lại»."""

    def gravity(change: tuple[LedgerEntry, Amendment]) -> int:
        kind = change[1].kind
        return _GRAVEST.index(kind) if kind in _GRAVEST else len(_GRAVEST)

    names = list(dict.fromkeys(amended(change[1]) for change in sorted(changes, key=gravity)))
    return ", ".join(names[:_NAMED_KINDS])


def became(former: FormerTarget, target: TargetView) -> str:
    """Say of a target what it was before: «hạ từ trên 90%»."""
    was = former.target
    words = "đổi từ"
    if (was.comparator, was.unit, was.maximum) == (target.comparator, target.unit, target.maximum):
        words = "hạ từ" if target.value < was.value else "nâng từ"
    return f"{words} {was.printed}"


def on_day(target: TargetView, day: date) -> TargetView | schema.Target:
    """Return what a target was on a day."""
    return target_on(target, target.former, day)


def marked_words(before: str, after: str) -> list[tuple[str, str]]:
    """Put two wordings into one text, whose words are `gone`, `new` or `kept`.

    Empty when so little is common to both that they are read better one after the other.

    >>> marked_words("trên 90% hộ dân", "trên 85% hộ dân")
    [('kept', 'trên'), ('gone', '90%'), ('new', '85%'), ('kept', 'hộ dân')]
    """
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < READ_TOGETHER:
        return []
    marked = []
    for operation, start, end, new_start, new_end in matcher.get_opcodes():
        if operation == "equal":
            marked.append(("kept", " ".join(old[start:end])))
            continue
        marked.append(("gone", " ".join(old[start:end])))
        marked.append(("new", " ".join(new[new_start:new_end])))
    return [(mark, text) for mark, text in marked if text]


def describe_amendment(amendment: Amendment, site_model: SiteModel) -> str:
    """Say an amendment in a line: «mục II.1: thời hạn lùi lại, từ “năm 2027” thành “năm 2028”»."""
    where = f"{amendment.reference}: " if amendment.reference else ""
    before, after = (
        shorten(amended_value(value, amendment, site_model), FEED_WORDS) if value else None
        for value in (amendment.before, amendment.after)
    )
    if (before or None) == (after or None):
        values = ""  # nothing but codes became different
    elif before and after:
        values = f", từ “{before}” thành “{after}”"
    elif amendment.kind in ("item-added", "item-withdrawn"):
        values = f": “{before or after}”"
    elif before:
        values = f", bỏ “{before}”"
    else:
        values = f", thêm “{after}”"
    reason = f". Lý do: {amendment.reason}" if amendment.reason else ""
    return capital(f"{where}{amended(amendment)}{values}{reason}")


def _unit_name(unit: str, site_model: SiteModel) -> str:
    """Return a unit's name; its id when a register of today no longer has it."""
    return site_model.units[unit].unit.name if unit in site_model.units else unit
