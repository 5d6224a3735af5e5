"""What people search: the words of each provision.

Comes in: the `SiteModel`. Goes out: the provisions of each plan for the browser (`muc.json`), and
the words of plans and documents, for `search_index`.

A provision is also found by the units that it names only in a list or by an abbreviation, each
as one word (`usonoivu`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator

from pydantic_core import from_json

from congkhai.exports.browser_data import (
    Provision,
    Table,
    to_table,
    units_by_role,
)
from congkhai.exports.everyday_words import for_scripts
from congkhai.exports.facets import facet_addresses, facet_index
from congkhai.exports.page_names import page_names, plans_in_order
from congkhai.exports.place_names import districts_file, finder_file
from congkhai.exports.search_index import SearchIndex
from congkhai.model.assignments import walk
from congkhai.model.plan_view import OpenPlan, PlanView
from congkhai.model.site_model import DocumentView, SiteModel
from congkhai.model.views import Commitment

PROVISIONS = "muc.json"
"""Beside each plan's page, for scripts: its provisions, and what it is compared by."""


def unit_word(unit: str) -> str:
    """Name the word of a unit in the index: `usonoivu` for so-noi-vu."""
    return "u" + unit.replace("-", "")


def search_files(
    site_model: SiteModel, read: Callable[[str], bytes]
) -> Iterator[tuple[str, bytes]]:
    """Write all that a search reads but the provisions; `read` gives a file of the site.

    The sources of the index are the plans, then the documents, both as `ten.json` lists them.
    What keeps its address (provisions, facets) is asked for with the name of its content behind it.
    """
    index = SearchIndex()
    provisions = hashlib.sha256()
    for plan in plans_in_order(site_model):
        content = read(plan.address + PROVISIONS)
        provisions.update(content)
        file = from_json(content)
        index.add(map(_indexed, map(Provision._make, file["provisions"]["rows"])))
    for document in site_model.documents.values():
        index.add((text, ()) for text in _document_texts(site_model, document))
    for address in facet_addresses(site_model):
        provisions.update(read(address))
    apart = {
        "dia-phuong.json": finder_file(site_model),
        "cap-huyen.json": districts_file(site_model),
        "cam-ket.json": facet_index(site_model),
    }
    yield from index.files(
        {"ten.json": page_names(site_model)},
        for_scripts(),
        apart,
        provisions.hexdigest()[:12],
    )


def _indexed(provision: Provision) -> tuple[str, set[str]]:
    """Give the text of a provision, and the words of the units that it names in any way."""
    units = {*provision.lead, *provision.coordinating, *provision.implementing}
    units.update(provision.requested, provision.recipients)
    return f"{provision.text} {provision.meant}", set(map(unit_word, units))


def provision_table(view: PlanView) -> dict[str, Table]:
    """Put the provisions of a plan in a table, in the order of the document."""
    return {"provisions": to_table(Provision, _provisions(view))}


def _provisions(view: PlanView) -> Iterator[Provision]:
    opened = view.open()
    plan = opened.plan
    meant = _words_meant(opened)

    def plain(id: str, reference: str, text: str, recipients: Iterable[str] = ()) -> Provision:
        return _plain_provision(id, reference, text, meant.get(id, ""), recipients)

    yield plain("title", "Trích yếu", f"{plan.document.type} {plan.document.title}")
    for paragraph in plan.preamble:
        yield plain("preamble", "Phần mở đầu", paragraph)
    for item, _ in walk(plan.provisions):
        commitment = opened.by_item.get(item.id)
        if commitment is None:
            yield plain(item.id, "", item.printed)
        else:
            text = " ".join(filter(None, (item.number, item.title, item.text)))
            yield _committed_provision(commitment, text, meant.get(item.id, ""))
    for paragraph in plan.closing:
        yield plain("closing", "Phần kết", paragraph)
    for recipient in plan.recipients:
        yield plain("recipients", "Nơi nhận", recipient.text, recipient.units)
    yield plain("signature", "Phần ký", " ".join(plan.signature))


def _words_meant(plan: OpenPlan) -> dict[str, str]:
    return {
        at: " ".join(note.meant for note in notes if note.meant) for at, notes in plan.notes.items()
    }


def _plain_provision(
    id: str, reference: str, text: str, meant: str, recipients: Iterable[str]
) -> Provision:
    return Provision(
        id=id,
        reference=reference,
        text=text,
        kind="",
        state="",
        lead=(),
        coordinating=(),
        implementing=(),
        requested=(),
        recipients=tuple(recipients),
        years=(),
        meant=meant,
        deadline="",
        deliverable="",
        reported="",
        topics=(),
    )


def _committed_provision(commitment: Commitment, text: str, meant: str) -> Provision:
    return Provision(
        id=commitment.item.id,
        reference=commitment.reference,
        text=text,
        kind=commitment.shown_kind,
        state=commitment.state if commitment.kind != "objective" else "",
        **units_by_role(commitment),
        recipients=(),
        years=list(dict.fromkeys([due.year for due in commitment.due])),
        meant=meant,
        deadline="; ".join([deadline.printed for deadline in commitment.deadlines]),
        deliverable=commitment.item.deliverable or "",
        reported=commitment.latest.report.day.isoformat() if commitment.latest else "",
        topics=commitment.topics,
    )


def _document_texts(site_model: SiteModel, view: DocumentView) -> Iterator[str]:
    document = view.document
    about = (document.type, view.label, document.issuer, document.title)
    yield " \n ".join((*about, *document.names, *view.spellings))
    for target in view.targets:
        measure = site_model.measures[target.measure].name
        yield f"{target.printed} {target.population or ''} {measure}"
