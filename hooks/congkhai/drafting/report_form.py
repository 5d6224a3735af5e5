"""A report to fill in: every item that a unit answers for, with what the plan says of it.

Comes in: the `SiteModel`, a plan, a unit, a period. Goes out: the text of
`reports/<period>-<unit>.yml`. What has to be filled in is written so that `load`
refuses it, with its line, until somebody has.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from congkhai.data.fields import FILL_IN
from congkhai.model.assignments import ISSUER, answers_for
from congkhai.model.site_model import SiteModel
from congkhai.model.views import Commitment
from congkhai.pages import labels
from congkhai.pages.labels import COMPARATORS
from congkhai.text.dates import example_day
from congkhai.text.vietnamese import capital, number


def write_report(site_model: SiteModel, plan_id: str, unit: str, period: str) -> str:
    """The report as YAML.

    What the document assigns to nobody is in the issuing People's Committee's. Raises
    LookupError (Vietnamese) when the plan assigns nothing to the unit.
    """
    view, units = site_model.plans[plan_id], site_model.units
    known = {name: found.unit for name, found in units.items()}
    own = [
        commitment
        for commitment in view.open().commitments
        if answers_for(
            unit, [assignment.unit for assignment in commitment.assignments] or [ISSUER], known
        )
    ]
    if not own:
        raise LookupError(f"kế hoạch {plan_id} không phân công mục nào cho «{known[unit].name}»")
    reported = any(line.report.unit == unit for commitment in own for line in commitment.history)
    lines = [
        f"# Báo cáo của {known[unit].name}, {view.place.name}, kỳ {period}.",
        f"# {view.document.type}: {view.document.title}",
        "#",
        f"# Thay từng chữ {FILL_IN}, rồi chạy: make check. Mục nào chưa báo cáo kỳ này thì xóa cả mục đó.",
        "#   status: done hoàn thành, in-progress đang thực hiện, not-started chưa bắt đầu,",
        "#           blocked vướng mắc, not-applicable không áp dụng (phải có reason)",
        "#   done_on: ngày hoàn thành, bắt buộc khi status là done",
        "#   unchanged: true khi mục đã báo cáo kỳ trước, nay không có gì mới; lần báo cáo đầu không dùng được",
        "#   evidence: tài liệu kiểm chứng, địa chỉ https hoặc tên tệp đặt cạnh plan.yml",
        "# Muốn dùng dòng nào đang có dấu # thì xóa dấu # và dấu cách sau nó. Không ghi số căn cước, số điện thoại,",
        "# thư điện tử cá nhân, số tài khoản.",
        f"unit: {unit}",
        f'period: "{period}"',
        f"# Ngày báo cáo, đủ năm-tháng-ngày, ví dụ {site_model.as_of}",
        f"date: {FILL_IN}",
        "entries:",
    ]
    for commitment in own:
        lines += _write_entry(
            commitment, unit, reported, example_day(int(period[:4]), site_model.as_of)
        )
    return "\n".join(lines) + "\n"


def _write_entry(commitment: Commitment, unit: str, reported: bool, day: date) -> Iterator[str]:
    roles = [
        labels.ROLES[assignment.role]
        for assignment in commitment.assignments
        if assignment.unit == unit
    ]
    others = [assignment.unit for assignment in commitment.assignments]
    part = (
        ", ".join(dict.fromkeys(roles))
        if roles
        else f"ghi cho: {', '.join(dict.fromkeys(others))}"
        if others
        else "văn bản không ghi đơn vị nào"
    )
    deadline = "; ".join(due.printed for due in commitment.deadlines)
    yield ""
    yield f"  # {capital(commitment.reference)} · {labels.KINDS[commitment.kind]} · {part}" + (
        f" · thời hạn: {deadline}" if deadline else ""
    )
    for line in commitment.words.splitlines():
        yield f"  # {line}"
    yield f"  - item: {commitment.item.id}"
    yield f"    status: {FILL_IN}"
    yield f"    # done_on: {day}"
    for target in commitment.item.targets:
        if target.key is not None:
            yield f"    # target: {target.key}"
        figure = f"{COMPARATORS[target.comparator]}{number(target.value)} {target.unit}"
        yield f"    # Chỉ tiêu {figure}; ghi giá trị đạt được, theo {target.unit}:"
        yield "    # value: 74.5"
    yield '    # text: "Nội dung đã làm, lời của đơn vị"'
    yield '    # evidence: [{title: "Tên tài liệu", url: "https://…"}]'
    if reported:
        yield "    # Không có gì mới so với báo cáo trước: xóa dòng status, chỉ để dòng dưới"
        yield "    # unchanged: true"
