"""What plans are compared by.

Comes in: the `SiteModel`. Goes out: what stands in a plan's `muc.json` beside its
provisions, from which `theme/assets/compare.js` sets any plans side by side. Any two of
3,356 plans make five million pairs: too many for pages of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from congkhai.exports.browser_data import Clause, Duties, Fact, MeasuredTarget, to_table
from congkhai.model import references, routes
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import SiteModel
from congkhai.model.views import Commitment, TargetView
from congkhai.pages import labels
from congkhai.text.vietnamese import capital


def compared_fields(site_model: SiteModel, view: PlanView) -> dict[str, object]:
    """Put a plan in short, in the words of its page; the shapes are in `browser_data`."""
    plan = view.open()
    return {
        "title": labels.plan_title(site_model, view),
        "address": view.address,
        "facts": to_table(Fact, plan_facts(site_model, view)),
        "objectives": to_table(
            Clause, [_clause(objective, objective.words) for objective in plan.objectives]
        ),
        "targets": to_table(
            MeasuredTarget, [_measured_target(site_model, target) for target in view.targets]
        ),
        "duties": to_table(Duties, _duties(site_model, view)),
        "dated": to_table(Clause, map(_dated_clause, plan.dated)),
        "reporting": to_table(
            Clause, [_clause(commitment, commitment.words) for commitment in plan.reporting]
        ),
    }


def _clause(commitment: Commitment, text: str) -> Clause:
    return Clause(text, capital(commitment.reference), commitment.item.id)


def _dated_clause(commitment: Commitment) -> Clause:
    deadlines = "; ".join(deadline.printed for deadline in commitment.deadlines)
    return _clause(commitment, f"{deadlines}: {labels.shorten(commitment.words)}")


def _measured_target(site_model: SiteModel, target: TargetView) -> MeasuredTarget:
    parts = (
        labels.target_value(target),
        target.population,
        f"hạn {target.by}" if target.by else None,
        target.modal,
    )
    return MeasuredTarget(
        measure=capital(site_model.measures[target.measure].name),
        text=", ".join(part for part in parts if part),
        reference=capital(target.reference),
        item=target.address.removeprefix(routes.plan(target.plan_id or "")),
    )


def _duties(site_model: SiteModel, view: PlanView) -> Iterator[Duties]:
    for share in view.units:
        unit = site_model.units[share.unit]
        yield Duties(unit.unit.name, unit.address, labels.roles_of(share))


def plan_facts(site_model: SiteModel, view: PlanView) -> Iterator[Fact]:
    """Say who issued a plan, when, for which years, and what it holds."""
    plan = view.open().plan
    document = plan.document
    number = "bản nhận được không có số"
    if document.number:
        number = references.number_and_symbol(document.number, document.symbol)
    yield Fact("Cơ quan ban hành", document.issuer)
    yield Fact("Số, ngày", f"{number}, {labels.document_date(document.date)}")
    yield Fact("Giai đoạn", labels.years(plan.period))
    yield Fact("Phạm vi", plan.scope or "văn bản không ghi")
    yield from _parent_facts(site_model, view)
    signatory = plan.signature[-1] if plan.signature else "bản nhận được không có phần ký"
    yield Fact("Người ký (theo bản nhận được)", signatory)
    kinds = ", ".join(f"{count} {labels.KINDS[kind]}" for kind, count in view.kinds)
    yield Fact("Các việc", kinds or "0")
    reported = labels.none_reported(view.rollup)
    if view.reports:
        reported = f"{view.rollup.owed.reported}/{view.rollup.owed.total} việc"
    yield Fact("Đã báo cáo", reported)


def _parent_facts(site_model: SiteModel, view: PlanView) -> Iterator[Fact]:
    if view.parent is None:
        yield Fact("Thực hiện văn bản", "kế hoạch không ghi")
        return
    parent = site_model.documents[view.parent]
    yield Fact("Thực hiện văn bản", f"{parent.document.type} {parent.label}")
    delay = site_model.programmes[view.programme].delays.get(view.id)
    yield Fact("So với văn bản cấp trên", labels.delay(delay))
