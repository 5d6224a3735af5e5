"""A report to fill in: every item that a unit answers for, with what the plan says of it.

Comes in: the `SiteModel`, a plan, a unit, a period. Goes out: the text of
`reports/<period>-<unit>.yml`. What has to be filled in is written so that `load`
refuses it, with its line, until somebody has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from congkhai.data.fields import FILL_IN
from congkhai.model.site_model import SiteModel
from congkhai.model.views import Commitment
from congkhai.pages import labels
from congkhai.pages.report_lines import commitments_of, describe_commitment, title_lines
from congkhai.text.dates import example_day

_INSTRUCTIONS = (
    "#",
    f"# Thay từng chữ {FILL_IN}, rồi chạy: make check."
    " Mục nào chưa báo cáo kỳ này thì xóa cả mục đó.",
    "#   status: done hoàn thành, in-progress đang thực hiện, not-started chưa bắt đầu,",
    "#           blocked gặp vướng mắc, not-applicable không áp dụng (phải có reason)",
    "#   done_on: ngày hoàn thành, bắt buộc khi status là done",
    "#   unchanged: true khi mục đã báo cáo kỳ trước, nay không có gì mới;"
    " lần báo cáo đầu không dùng được",
    "#   evidence: tài liệu kiểm chứng, địa chỉ https hoặc tên tệp đặt cạnh plan.yml",
    "# Muốn dùng dòng nào đang có dấu # thì xóa dấu # và dấu cách sau nó."
    " Không ghi số căn cước, số điện thoại,",
    "# thư điện tử cá nhân, số tài khoản.",
)
"""What a person has to know to fill in the report, as comments of the file."""


def write_report(site_model: SiteModel, plan_id: str, unit: str, period: str, as_of: date) -> str:
    """Write the report that a unit fills in, as YAML.

    The issuing People's Committee reports on what the document assigns to nobody. Raises
    LookupError (Vietnamese) when the plan assigns nothing to the unit.
    """
    view, units = site_model.plans[plan_id], site_model.units
    registered = {slug: entry.unit for slug, entry in units.items()}
    commitments = commitments_of(view, unit, registered)
    name = registered[unit].name
    if not commitments:
        raise LookupError(f"kế hoạch {plan_id} không phân công mục nào cho «{name}»")
    has_reported = any(
        line.report.unit == unit for commitment in commitments for line in commitment.history
    )
    lines = [
        *title_lines(view, name, period),
        *_INSTRUCTIONS,
        f"unit: {unit}",
        f'period: "{period}"',
        f"# Ngày báo cáo, đủ năm-tháng-ngày, ví dụ {as_of}",
        f"date: {FILL_IN}",
        "entries:",
    ]
    day = example_day(int(period[:4]), as_of)
    for commitment in commitments:
        lines += _write_entry(
            commitment, describe_commitment(commitment, unit, registered), has_reported, day
        )
    return "\n".join(lines) + "\n"


def _write_entry(
    commitment: Commitment, words: Iterable[str], has_reported: bool, day: date
) -> Iterator[str]:
    yield ""
    for line in words:
        yield f"  {line}"
    yield f"  - item: {commitment.item.id}"
    yield f"    status: {FILL_IN}"
    yield f"    # done_on: {day}"
    for target in commitment.item.targets:
        if target.key is not None:
            yield f"    # target: {target.key}"
        figure = labels.target_value(target)
        yield f"    # Chỉ tiêu {figure}; ghi kết quả đạt được, tính bằng {target.unit}:"
        yield "    # value: 74.5"
    yield '    # text: "Đã làm được gì, viết một hai câu"'
    yield '    # evidence: [{title: "Tên tài liệu", url: "https://…"}]'
    if has_reported:
        yield "    # Không có gì mới so với báo cáo trước: xóa dòng status, chỉ để dòng dưới"
        yield "    # unchanged: true"
