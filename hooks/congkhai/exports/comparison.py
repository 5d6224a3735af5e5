"""What two plans are compared by.

Comes in: the `SiteModel`. Goes out: what stands in a plan's `muc.json` beside its provisions,
from which `theme/assets/compare.js` sets any plans side by side. Any two of 3,356 plans
make five million pairs: too many for pages of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from congkhai.model import references
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import SiteModel
from congkhai.model.views import Commitment
from congkhai.pages import labels
from congkhai.text.vietnamese import capital


def summarize(site_model: SiteModel, view: PlanView) -> dict[str, object]:
    """A plan in short, in the words of its page.

    `facts` [label, text]; `targets` [measure, figure, reference, item]; `units` [name,
    address, what it does]; `objectives`, `dated`, `reporting` [text, reference, item].
    """

    def clause(commitment: Commitment, text: str) -> list[str]:
        return [text, capital(commitment.reference), commitment.item.id]

    targets = [
        [
            capital(site_model.measures[target.measure].name),
            ", ".join(
                filter(
                    None,
                    (
                        labels.target_value(target),
                        target.population,
                        f"hạn {target.by}" if target.by else "",
                        target.modal,
                    ),
                )
            ),
            capital(target.reference),
            target.address.partition("#")[2],
        ]
        for target in view.targets
    ]
    full = view.open()
    return {
        "title": labels.plan_title(site_model, view),
        "address": view.address,
        "facts": list(_facts(site_model, view)),
        "objectives": [clause(objective, objective.words) for objective in full.objectives],
        "targets": targets,
        "units": [
            [
                site_model.units[share.unit].unit.name,
                site_model.units[share.unit].address,
                labels.roles_of(share),
            ]
            for share in view.units
        ],
        "dated": [
            clause(
                commitment,
                f"{'; '.join(deadline.printed for deadline in commitment.deadlines)}: {labels.shorten(commitment.words)}",
            )
            for commitment in full.dated
        ],
        "reporting": [clause(commitment, commitment.words) for commitment in full.reporting],
    }


def _facts(site_model: SiteModel, view: PlanView) -> Iterator[list[str]]:
    plan = view.open().plan
    document = plan.document
    number = (
        references.number_and_symbol(document.number, document.symbol)
        if document.number
        else "chưa ghi số"
    )
    yield ["Cơ quan ban hành", document.issuer]
    yield ["Số, ngày", f"{number}, {labels.document_date(document.date)}"]
    yield ["Giai đoạn", labels.years(plan.period)]
    yield ["Phạm vi", plan.scope or "không ghi"]
    yield [
        "Thực hiện",
        f"{site_model.documents[view.parent].document.type} {site_model.documents[view.parent].label}"
        if view.parent
        else "không ghi văn bản cha",
    ]
    if view.parent is not None:
        yield [
            "So với văn bản cấp trên",
            labels.delay(site_model.programmes[view.programme].delays.get(view.id)),
        ]
    yield ["Người ký", plan.signature[-1] if plan.signature else "bản này không có phần ký"]
    yield [
        "Cam kết",
        ", ".join(f"{count} {labels.KINDS[kind]}" for kind, count in view.kinds) or "0",
    ]
    yield [
        "Đã báo cáo",
        f"{view.rollup.reported} trên {view.rollup.total} cam kết"
        if view.reports
        else "chưa có báo cáo nào ở đây",
    ]
