"""Derive the `SiteModel`: each plan, and what shows when plans are put side by side.

A `Dataset` without errors and the day that deadlines are judged on come in; the one
`SiteModel` goes out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from congkhai.data import registers, schema
from congkhai.data.files import read_lines
from congkhai.data.git_history import History
from congkhai.data.load import Dataset
from congkhai.model import routes
from congkhai.model.assignments import follows, walk
from congkhai.model.cascade import count_delays, find_provenance, list_cascades
from congkhai.model.changelog import list_changes
from congkhai.model.commitments import first_year, leaf_kinds, view_plan
from congkhai.model.coverage import Coverage, KnownPlans, provinces_of_time
from congkhai.model.former_deadlines import list_deadline_pasts
from congkhai.model.former_targets import edited_on, former_targets
from congkhai.model.ledger import (
    PLAN,
    REPORTS,
    RESPONSES,
    LedgerEntry,
    LedgerReader,
    file_response,
    is_text,
)
from congkhai.model.places import Gazetteer, build_gazetteer, sort_places
from congkhai.model.plan_view import CitationView, PlanStore, PlanView, TopicCount, UnitShare
from congkhai.model.progress import list_progress
from congkhai.model.redirects import Redirects, list_moves
from congkhai.model.references import number_and_symbol, number_in
from congkhai.model.register_changes import RegisterChange, list_register_changes
from congkhai.model.site_model import (
    DocumentView,
    KnownGoal,
    ProgrammeView,
    SiteModel,
    TopicView,
    UnitView,
    add_up_unit,
)
from congkhai.model.status import add_up
from congkhai.model.today import Today
from congkhai.model.topics import TopicIndex
from congkhai.model.views import DeadlinePast, Place, ProgressPoint, ReportView, TargetView
from congkhai.model.withdrawn_plans import WithdrawnPlan, list_withdrawn_plans
from congkhai.text.vietnamese import dictionary_key, fold

NO_NUMBER = "không rõ số"
"""Behind the type of a document whose number no source gives: «Kế hoạch không rõ số»."""


def derive(dataset: Dataset, as_of: date, history: History | None = None) -> SiteModel:
    """Compute all facts of the site. `dataset` must have passed the checks.

    `history`: when files were committed; None when git cannot tell.
    """
    today = Today(as_of)
    with_plan = {loaded.value.locality for loaded in dataset.plans.values()}
    with today.watch() as watch:
        gazetteer = build_gazetteer(dataset.localities, with_plan, today)
    today = Today(as_of, watch.interval)
    superseded = {
        loaded.value.supersedes: plan_id
        for plan_id, loaded in dataset.plans.items()
        if loaded.value.supersedes
    }
    store = PlanStore(today=today)
    topics = TopicIndex(dataset.topics, dataset.units)
    views = [
        view_plan(dataset, plan_id, gazetteer.places, superseded.get(plan_id), today, store, topics)
        for plan_id in dataset.plans
    ]
    with LedgerReader(history, today) as reader:
        views = add_ledgers(views, dataset, reader)
    held = {path for view in views for path in (view.id, *view.former_paths)}
    withdrawn = list_withdrawn_plans(history, held, today)
    registers = list_register_changes(history, dataset.root, today)
    return combine_plans(
        dataset, gazetteer, views, today, withdrawn, registers, dates_known=history is not None
    )


def add_ledgers(
    views: Iterable[PlanView], dataset: Dataset, reader: LedgerReader
) -> list[PlanView]:
    """Return the views of plans with what changed in each since it was published."""
    result = []
    for view in views:
        names = [
            PLAN,
            *dataset.files.get(view.id, ()),
            *(f"{REPORTS}{file}" for file in dataset.reports.get(view.id, ())),
            *(f"{RESPONSES}{file}" for file in dataset.responses.get(view.id, ())),
        ]
        # Without a history nothing can be compared with what is there now.
        folder = dataset.root / view.id
        files = {
            name: read_lines(folder / name) if is_text(name) else (folder / name).read_bytes()
            for name in names
            if reader.history
        }
        plan = dataset.plans[view.id].value
        filed = {f"{REPORTS}{report.file}": report for report in view.reports} | {
            f"{RESPONSES}{file}": file_response(view.id, file, loaded.value)
            for file, loaded in dataset.responses.get(view.id, {}).items()
        }
        with reader.today.watch(view.valid) as watch:
            ledger = reader.read(view.id, plan, filed, files)
            pasts, progress = _date_deadlines(view, plan, ledger, dataset.units, reader.today)
        items = {change.item for entry in ledger for change in entry.amendments if change.item}
        own_pages = {
            item.id for item, _, kind in leaf_kinds(walk(plan.provisions)) if kind != "objective"
        }
        addresses = {
            item: routes.commitment(view.id, item)
            if item in own_pages
            else routes.item_in_text(view.id, item)
            for item in sorted(items)
        }
        changed = (change.item for entry in ledger for change in entry.official if change.item)
        amended = replace(
            view,
            ledger=ledger,
            amended_items=addresses,
            changed_items=frozenset(changed),
            past_deadlines=pasts,
            dates_known=reader.knows(view.id),
            dated_progress=progress,
            targets=tuple(_date_targets(view.targets, addresses, ledger)),
            valid=watch.interval,
        )
        result.append(_count_removed_reports(amended))
    return result


def _date_targets(
    targets: Iterable[TargetView], addresses: Mapping[str, str], ledger: Sequence[LedgerEntry]
) -> Iterator[TargetView]:
    """Yield targets with what they were before, and when what was reported of them was edited.

    `addresses`: of each item in which anything changed.
    """
    items = {address: item for item, address in addresses.items()}
    for target in targets:
        item = items.get(target.address)
        if item is None:
            yield target
            continue
        values = [value._replace(edited=edited_on(value, ledger)) for value in target.values]
        yield target._replace(values=tuple(values), former=former_targets(item, target, ledger))


def _date_deadlines(
    view: PlanView,
    plan: schema.Plan,
    ledger: Sequence[LedgerEntry],
    units: Mapping[str, registers.Unit],
    today: Today,
) -> tuple[dict[str, DeadlinePast], tuple[ProgressPoint, ...]]:
    """Return what deadlines were before they were moved, and how far the plan was by them."""
    if not any(change.deadlines is not None for entry in ledger for change in entry.official):
        return {}, ()
    full, years = view.open(), (first_year(plan), plan.period.end)
    pasts = list_deadline_pasts(full.commitments, ledger, years, units)
    dated = full.with_past_deadlines(pasts, ()).commitments
    return pasts, list_progress(dated, view.reports, plan.period.end, units, today)


def _count_removed_reports(view: PlanView) -> PlanView:
    """Return a view whose roll-ups know of reports that were held and are no longer."""
    removed = view.removed_reports
    if not removed:
        return view
    by_unit = Counter(entry.report.unit for entry in removed if entry.report)
    units = [
        share._replace(rollup=share.rollup._replace(removed_reports=by_unit[share.unit]))
        for share in view.units
    ]
    rollup = view.rollup._replace(removed_reports=len(removed))
    return replace(view, rollup=rollup, units=tuple(units))


def combine_plans(
    registers: Dataset,
    gazetteer: Gazetteer,
    views: Iterable[PlanView],
    today: Today,
    withdrawn: tuple[WithdrawnPlan, ...] = (),
    register_changes: tuple[RegisterChange, ...] = (),
    *,
    dates_known: bool,
) -> SiteModel:
    """Put the plans of the whole country, or of a part of it, side by side.

    Works on the plans in short: no plan is computed in full.
    """
    views = sorted(
        views, key=lambda view: (-view.period.end, dictionary_key(view.place.short), view.id)
    )
    plans_of: dict[str, list[PlanView]] = {}
    plans_of_bodies: dict[str, list[PlanView]] = {}
    for view in views:
        plans = plans_of if view.issuer.speaks_for_place else plans_of_bodies
        plans.setdefault(view.place.code, []).append(view)
    documents = _view_documents(registers, views)
    units = _view_units(registers, views)
    held: dict[str, Container[str]] = {
        "localities.yml": {*plans_of, *plans_of_bodies},
        "units.yml": [name for name, unit in units.items() if unit.shares or unit.reports],
        "documents.yml": documents,
        "programmes.yml": registers.programmes,
        "measures.yml": registers.measures,
    }
    localities = registers.localities
    alone = localities.standalone or localities.fictional
    shown = [one for one in register_changes if _is_shown(one, held, stands_alone=alone)]
    return SiteModel(
        today=today,
        places=gazetteer.places,
        provinces=gazetteer.provinces,
        communes=gazetteer.communes,
        dissolved=gazetteer.dissolved,
        districts=gazetteer.districts,
        namesakes=gazetteer.namesakes,
        units=units,
        unit_register=registers.units,
        documents=documents,
        programmes=_view_programmes(registers, views, documents, gazetteer),
        measures=registers.measures,
        plans={view.id: view for view in views},
        plans_of={code: tuple(plans) for code, plans in plans_of.items()},
        plans_of_bodies={code: tuple(plans) for code, plans in plans_of_bodies.items()},
        target_groups=_group_targets(registers, views, documents),
        topics=_view_topics(registers, views),
        changes=list_changes(views),
        withdrawn=withdrawn,
        register_changes=tuple(shown),
        dates_known=dates_known,
        rollup=add_up(view.rollup for view in views if view.counts),
        localities=registers.localities,
        redirects=Redirects(
            list_moves(gazetteer.places, {view.id: view.former_paths for view in views})
        ),
        demo=registers.localities.fictional,
    )


def _is_shown(
    change: RegisterChange, held: Mapping[str, Container[str]], *, stands_alone: bool
) -> bool:
    """Say whether pages say what became another: of most bodies and places none says anything.

    `held`: by register, the entries that plans need. What is no longer in the office's own
    register may be in that of the country, which it adds to unless it `stands_alone`.
    """
    if change.field == "":
        return stands_alone and change.key not in held[change.register]
    return change.key in held[change.register] and (stands_alone or change.after is not None)


def _view_documents(dataset: Dataset, views: Sequence[PlanView]) -> dict[str, DocumentView]:
    citations: dict[str, list[CitationView]] = {}
    carried_out: dict[str, list[PlanView]] = {}
    for view in views:
        for citation in view.citations:
            citations.setdefault(citation.document, []).append(citation)
        if view.parent:
            carried_out.setdefault(view.parent, []).append(view)
    children: dict[str, list[str]] = {}
    for name, document in dataset.documents.items():
        if document.parent:
            children.setdefault(document.parent, []).append(name)
    result = {}
    for name, document in dataset.documents.items():
        address = routes.document(name)
        label = number_and_symbol(document.number, document.symbol) or NO_NUMBER
        result[name] = DocumentView(
            name,
            document,
            label,
            address,
            tuple(carried_out.get(name, ())),
            tuple(children.get(name, ())),
            tuple(citations.get(name, ())),
            _spellings(citations.get(name, ())),
            tuple(
                TargetView(
                    target.measure,
                    target.printed,
                    target.comparator,
                    target.value,
                    target.unit,
                    target.population,
                    target.modal,
                    target.condition,
                    target.by,
                    None,
                    name,
                    address,
                    label,
                    target.source,
                    maximum=target.maximum,
                    baseline=target.baseline,
                )
                for target in document.targets
            ),
            tuple(
                KnownGoal(item, path, find_provenance(document, (item.id, *(p.id for p in path))))
                for item, path in walk(document.items)
                if not item.items
            ),
        )
    return dict(sorted(result.items(), key=lambda pair: _document_order(pair[1])))


def _document_order(view: DocumentView) -> tuple[int, int, int, str]:
    day = view.document.date
    return (
        (-(day.year or 0), -(day.month or 0), -(day.day or 0), view.id)
        if day
        else (0, 0, 0, view.id)
    )


def _spellings(citations: Sequence[CitationView]) -> tuple[str, ...]:
    """List the numbers under which a document is cited, whatever their capitals.

    Citations by name alone are left out.
    """
    found: dict[str, str] = {}
    for citation in citations:
        number = number_in(citation.printed)
        if number:
            found.setdefault(fold(number), number)
    return tuple(found.values())


def _descend(
    document: str, depth: int, documents: Mapping[str, DocumentView]
) -> Iterator[tuple[int, str]]:
    """List a document and all below it, each with its depth."""
    yield depth, document
    for child in documents[document].children:
        yield from _descend(child, depth + 1, documents)


def _view_programmes(
    dataset: Dataset,
    views: Sequence[PlanView],
    documents: Mapping[str, DocumentView],
    gazetteer: Gazetteer,
) -> dict[str, ProgrammeView]:
    result = {}
    for name, programme in dataset.programmes.items():
        chain = list(_descend(programme.document, 0, documents))
        names = [document for _, document in chain]
        # A plan that is only known to exist, with nothing below it, is told of under coverage.
        tree = [step for step in chain if not _is_only_known(documents[step[1]])]
        own = tuple(view for view in views if view.programme == name)
        counted = [view for view in own if view.counts]
        known = KnownPlans(name, programme, dataset.documents, own)
        day = dataset.documents[programme.document].date
        result[name] = ProgrammeView(
            name,
            programme,
            routes.programme(name),
            tuple(tree),
            own,
            known.cover(
                programme.document,
                sort_places(provinces_of_time(gazetteer.places.values(), day)),
            ),
            tuple(_cover_communes(known, names, dataset, documents, gazetteer.communes)),
            tuple(list_cascades(names, dataset.documents, dataset.goals, counted)),
            count_delays(names, dataset.documents, own),
            add_up(view.rollup for view in counted),
        )
    return result


def _is_only_known(view: DocumentView) -> bool:
    return bool(view.document.locality) and not (view.carried_out_by or view.children)


def _cover_communes(
    known: KnownPlans,
    names: Iterable[str],
    dataset: Dataset,
    documents: Mapping[str, DocumentView],
    communes: Mapping[str, tuple[Place, ...]],
) -> Iterator[Coverage]:
    """Look at the communes of each province that one of the documents obliges.

    The plan of a commune that is gone says nothing about the one it went into.
    """
    for name in names:
        province = dataset.documents[name].obliges
        if province:
            yield known.cover(name, communes[province], documents[name].carried_out_by)


def _view_units(dataset: Dataset, views: Sequence[PlanView]) -> dict[str, UnitView]:
    shares: dict[str, list[tuple[PlanView, UnitShare]]] = {}
    mentioned: dict[str, list[PlanView]] = {}
    reported_to: dict[str, list[PlanView]] = {}
    issued: dict[str, list[PlanView]] = {}
    for view in views:
        if not view.issuer.speaks_for_place:
            issued.setdefault(view.issuer.unit, []).append(view)
        for unit in view.report_addressees:
            reported_to.setdefault(unit, []).append(view)
        answering = set()
        for share in view.units:
            shares.setdefault(share.unit, []).append((view, share))
            answering.add(share.unit)
        for unit in view.mentioned:
            if unit not in answering:
                mentioned.setdefault(unit, []).append(view)
    reports: dict[str, list[tuple[PlanView, ReportView]]] = {}
    received = [(view, report) for view in views for report in view.reports]
    for plan, report in sorted(received, key=lambda pair: (pair[1].day, pair[1].address)):
        reports.setdefault(report.unit, []).append((plan, report))
    predecessors: dict[str, list[str]] = {}
    for name, entry in dataset.units.items():
        for successor in entry.successors:
            predecessors.setdefault(successor, []).append(name)
    ordered = sorted(dataset.units.items(), key=lambda pair: dictionary_key(pair[1].name))
    return {
        name: UnitView(
            name,
            unit,
            routes.unit(name),
            tuple(shares.get(name, ())),
            tuple(
                (old, *share)
                for old in shares
                if old != name and follows(name, old, dataset.units)
                for share in shares[old]
            ),
            tuple(reports.get(name, ()))[::-1],
            tuple(mentioned.get(name, ())),
            tuple(reported_to.get(name, ())),
            tuple(predecessors.get(name, ())),
            tuple(issued.get(name, ())),
            sum(share.total for plan, share in shares.get(name, ()) if plan.counts),
            add_up_unit(name, shares.get(name, ()), reports.get(name, ())),
        )
        for name, unit in ordered
    }


def _group_targets(
    dataset: Dataset, views: Sequence[PlanView], documents: Mapping[str, DocumentView]
) -> tuple[tuple[str, tuple[tuple[str, tuple[TargetView, ...]], ...]], ...]:
    by_measure: dict[str, list[TargetView]] = {}
    for document in documents.values():
        for target in document.targets:
            by_measure.setdefault(target.measure, []).append(target)
    for view in views:
        for target in view.targets:
            by_measure.setdefault(target.measure, []).append(target)
    groups: dict[str, list[tuple[str, tuple[TargetView, ...]]]] = {}
    for name, measure in dataset.measures.items():
        if name in by_measure:
            groups.setdefault(measure.topic, []).append((name, tuple(by_measure[name])))
    return tuple((group, tuple(measures)) for group, measures in groups.items())


def _view_topics(dataset: Dataset, views: Sequence[PlanView]) -> dict[str, TopicView]:
    """Put together what counts of each topic; plans that were replaced are left out."""
    counts: dict[str, list[tuple[PlanView, TopicCount]]] = {}
    for view in views:
        for count in view.topics if view.counts else ():
            counts.setdefault(count.topic, []).append((view, count))
    return {
        name: TopicView(name, topic, routes.topic(name), tuple(counts.get(name, ())))
        for name, topic in dataset.topics.items()
    }
