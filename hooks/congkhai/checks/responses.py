"""Rules about responses: what the authority answers about the items of a plan.

Comes in: a `ResponseContext` and the day that is judged on. Goes out: problems. A response is
checked like a report: its body, its day, the items it is about, and what it leads to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from congkhai.checks.context import PlanContext, describe_unknown
from congkhai.checks.privacy import list_private_data
from congkhai.checks.reports import describe_unreachable
from congkhai.data import schema
from congkhai.data.load import Loaded
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import Loc
from congkhai.text.dates import example_day, format_day


@dataclass(frozen=True)
class ResponseContext:
    """A response to be checked, with its plan."""

    file: str
    """Name of the file: `2027-11-02-ubnd-xa.yml`."""
    loaded: Loaded[schema.Response]
    plan_context: PlanContext

    @property
    def response(self) -> schema.Response:
        """The response as read."""
        return self.loaded.value


def require_unit_of_response(context: ResponseContext, as_of: date) -> Iterator[Problem]:
    """Require that the answering body is in the register, at the level of the plan's place.

    A body that the plan names may answer whatever its level is.
    """
    plan, name = context.plan_context, context.response.unit
    units, place = plan.dataset.units, plan.places.get(plan.plan.locality)
    if "units" in plan.dataset.broken:
        return
    if name not in units:
        yield describe_unknown(context.loaded, ("unit",), "đơn vị", name, units, "units.yml")
        return
    named = {assigned for *_, assigned in plan.named_units} | {plan.plan.issuer}
    if place is not None and place.level not in units[name].level and name not in named:
        yield context.loaded.problem(
            ("unit",),
            f"{place.name} không có «{units[name].name}»: cơ quan này ở cấp khác",
            f"cơ quan ban hành kế hoạch trả lời: {plan.plan.issuer}",
        )


def require_date_of_response(context: ResponseContext, as_of: date) -> Iterator[Problem]:
    """Require a full date, not before the plan and not after today."""
    day, issued = context.response.date, context.plan_context.plan.document.date
    if day.year is None or day.day is None:
        yield context.loaded.problem(
            ("date",),
            f"ngày trả lời {day} chưa đủ",
            f"ghi đủ năm-tháng-ngày, ví dụ {example_day(day.year or as_of.year, as_of)}",
        )
    elif day.first_day() > as_of:
        yield context.loaded.problem(
            ("date",),
            f"ngày trả lời {day} sau hôm nay ({format_day(as_of)})",
            "kiểm tra năm; không ghi trả lời trước khi có",
        )
    elif issued is not None and not issued.recurring and day.first_day() < issued.first_day():
        yield context.loaded.problem(
            ("date",),
            f"ngày trả lời {day} trước khi có kế hoạch ({issued})",
            "kiểm tra ngày, hoặc trả lời thuộc kế hoạch khác",
        )


def require_file_name_of_response(context: ResponseContext, as_of: date) -> Iterator[Problem]:
    """Require the file name `<date>-<unit>.yml`, with a number behind it for a second one."""
    response = context.response
    if response.date.day is None:
        return
    stem = f"{response.date.iso()}-{response.unit}"
    suffix = context.file.removesuffix(".yml").removeprefix(stem)
    is_numbered = suffix[:1] == "-" and suffix[1:].isascii() and suffix[1:].isdigit()
    if not context.file.startswith(stem) or not (suffix == "" or is_numbered):
        yield context.loaded.problem(
            ("unit",),
            f"tên tệp «{context.file}» không khớp với date và unit",
            f"đổi tên tệp thành {stem}.yml (trả lời thứ hai trong ngày: {stem}-2.yml)",
        )


def require_answered_items(context: ResponseContext, as_of: date) -> Iterator[Problem]:
    """Require that every answer is about an item of the plan, each once."""
    by_id = context.plan_context.by_id
    seen: set[str] = set()
    if not context.response.answers:
        yield context.loaded.problem(
            ("answers",), "chưa có câu trả lời nào", "thêm - {item: mã mục, text: …}"
        )
    for index, answer in enumerate(context.response.answers):
        loc: Loc = ("answers", index, "item")
        if answer.item not in by_id:
            yield describe_unknown(
                context.loaded, loc, "mục", answer.item, by_id, "mã một mục trong plan.yml"
            )
        elif answer.item in seen:
            yield context.loaded.problem(
                loc, f"mục «{answer.item}» đã có ở trên", "mỗi mục một câu trả lời"
            )
        seen.add(answer.item)


def require_reachable_sources(context: ResponseContext, as_of: date) -> Iterator[Problem]:
    """Require that what a response leads to is an `https` address, or a file beside the plan."""
    if context.response.source is not None:
        yield from _check_source(context, ("source", "url"), context.response.source)
    for index, answer in enumerate(context.response.answers):
        for number, evidence in enumerate(answer.evidence):
            loc = ("answers", index, "evidence", number, "url")
            yield from _check_source(context, loc, evidence)


def _check_source(
    context: ResponseContext, loc: Loc, evidence: schema.Evidence
) -> Iterator[Problem]:
    plan = context.plan_context
    files = plan.dataset.files.get(plan.id, frozenset())
    problem = describe_unreachable(context.loaded, loc, evidence.url, files)
    if problem is not None:
        yield problem


def find_private_data_in_response(context: ResponseContext, as_of: date) -> Iterator[Problem]:
    """Refuse numbers and addresses of persons in a response; warn of circumstances."""
    yield from list_private_data(context.loaded)
