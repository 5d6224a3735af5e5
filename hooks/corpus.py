"""What people search: the official words, with hidden tokens for what folding cannot find.

Comes in: the `Atlas`. Goes out: bare HTML documents, one for each page worth finding,
which `search` indexes in place of the site's own pages: no menus, no tables repeated
elsewhere. The browser's half is `theme/assets/query.js`, which makes the same tokens
from what is typed.

A token begins with `·`, which Pagefind drops from the word and the results page drops
from the text. Pagefind folds tones itself; tokens are for đ (`đẳng` → `·dang`), for
figures (`2,87%` → `·2c87`), for days (`01/11` → `·d0111`), and for the units that a
provision names only by a list or an abbreviation (`·usonoivu`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from hooks import labels
from hooks.assign import walk
from hooks.atlas import Atlas, DocumentView, PlanView, UnitView
from hooks.text import fold

MARK = "·"

_WITH_D = re.compile(r"\w*[đĐ]\w*")
_DAY = re.compile(r"(?<![\d/])(\d{1,2})[/.-](\d{1,2})(?![\d%])(?:[/.-]\d{4})?")
_LONG_DAY = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2})")
_FIGURE = re.compile(r"(?<![\d/.,-])(\d+)[.,](\d+)(?![\d/-])")
_NUMBERED = re.compile(r"(?<![\d/])(\d+)\s?[/-]\s?([A-ZĐ]{2}[A-ZĐa-z&/ -]*)")


def unit_token(unit: str) -> str:
    """The token of a unit: `usonoivu` for so-noi-vu."""
    return "u" + unit.replace("-", "")


def hidden_tokens(text: str) -> list[str]:
    """The tokens that a text needs beside its words, without their mark.

    >>> hidden_tokens("bình đẳng giới đạt 2,87% trước ngày 01/11")
    ['dang', 'dat', '2c87', 'd0111']
    """
    tokens = [fold(word) for word in _WITH_D.findall(text)]
    tokens += [f"{whole}c{fraction}" for whole, fraction in _FIGURE.findall(text)]
    for pattern in (_DAY, _LONG_DAY):
        tokens += [f"d{int(day):02}{int(month):02}" for day, month in pattern.findall(text) if 1 <= int(day) <= 31 and 1 <= int(month) <= 12]
    tokens += [number for number, _ in _NUMBERED.findall(text)]
    return list(dict.fromkeys(tokens))


def tokenised(text: str, extra: Iterable[str] = ()) -> str:
    """A text as HTML, followed by its tokens."""
    tokens = " ".join(MARK + token for token in dict.fromkeys([*hidden_tokens(text), *extra]))
    return f"{escape(text)} {tokens} " if tokens else f"{escape(text)} "


def documents_to_index(atlas: Atlas) -> Iterator[tuple[str, str]]:
    """(address, HTML) of everything worth finding."""
    for plan in atlas.plans.values():
        yield plan.address, _frame(plan_title(atlas, plan), _plan_words(atlas, plan))
    for unit in atlas.units.values():
        yield unit.address, _frame(unit.unit.name, _unit_words(unit))
    for document in atlas.documents.values():
        yield document.address, _frame(f"{document.document.type} {document.label}", _document_words(atlas, document))


def plan_title(atlas: Atlas, plan: PlanView) -> str:
    """How a plan is called in results."""
    subject = atlas.programmes[plan.programme].programme.subject
    return f"{labels.capital(plan.place.name)}: kế hoạch {subject} {labels.years(plan.plan.period)}"


def _frame(title: str, words: Iterable[str]) -> str:
    body = "".join(words)
    return (
        f'<!doctype html><html lang="vi"><head><title>{escape(title)}</title></head>'
        f'<body data-pagefind-body><h1 data-pagefind-weight="4">{tokenised(title)}</h1>{body}</body></html>'
    )


def _plan_words(atlas: Atlas, view: PlanView) -> Iterator[str]:
    plan = view.plan
    yield _passage("title", tokenised(f"{plan.document.type} {plan.document.title} {plan.document.issuer}"))
    yield _passage("preamble", tokenised(" ".join(plan.preamble)))
    meant = {at: " ".join(note.meant for note in notes if note.meant) for at, notes in view.notes.items()}
    for item, _ in walk(plan.body):
        words = " ".join(part for part in (item.number, item.title, item.text) if part)
        extra: list[str] = []
        commitment = view.by_item.get(item.id)
        if commitment is not None:
            for assignment in commitment.assignments:
                extra += [unit_token(assignment.unit), f"r{assignment.role}"]
            extra += [f"k{commitment.kind}", f"s{commitment.state}"]
            extra += [f"y{due.year}" for due in commitment.due]
        extra += fold(meant.get(item.id, "")).split()
        yield _passage(item.id, tokenised(words, extra))
    yield _passage("closing", tokenised(" ".join(plan.closing)))
    for recipient in plan.recipients:
        yield _passage("recipients", tokenised(recipient.text, map(unit_token, recipient.units)))
    yield _passage("signature", tokenised(" ".join(plan.signature)))


def _unit_words(view: UnitView) -> Iterator[str]:
    names = "; ".join([view.unit.name, *view.unit.abbreviations, *view.unit.spellings])
    yield f"<p>{tokenised(names)}</p>"


def _document_words(atlas: Atlas, view: DocumentView) -> Iterator[str]:
    document = view.document
    yield f"<p>{tokenised(f'{document.issuer}: {document.title}. ' + '; '.join([*document.names, *view.spellings]))}</p>"
    for target in view.targets:
        yield f"<p>{tokenised(f'{target.printed} {target.population or str()} {atlas.measures[target.measure].name}')}</p>"
    if document.note:
        yield f"<p>{tokenised(document.note)}</p>"


def _passage(at: str, html: str) -> str:
    """Words with the anchor they stand at; the anchor is empty, so that the index holds the words once."""
    return f'<a id="{at}"></a><p>{html}</p>'


def lexicon(atlas: Atlas) -> list[list[str | int]]:
    """Names that lead straight to a page: [kind, address, title, note, names and numbers].

    Names are separated by `|`; a search that consists of the words of one name, or of
    words that all stand in one entry, leads to it. Kind: k plan, d document, u unit,
    c programme, p place with a page of its own.
    """
    rows: list[list[str | int]] = []
    for plan in atlas.plans.values():
        place = plan.place
        province = atlas.places[place.province].name if place.province else ""
        cited = [name for citation in plan.plan.cites for name in (citation.printed, atlas.documents[citation.document].label, *atlas.documents[citation.document].document.names)]
        names = [place.name, place.short, f"{place.name} {province}", plan.plan.document.title, province, *cited]
        note = "tên cũ; nay thuộc " + ", ".join(atlas.places[code].name for code in place.successors) if place.until else ""
        rows.append(["k", plan.address, plan_title(atlas, plan), note, "|".join(dict.fromkeys(filter(None, names)))])
    for document in atlas.documents.values():
        names = [document.label, f"{document.document.type} {document.label}", *document.document.names, *document.spellings, document.document.issuer]
        rows.append(["d", document.address, f"{document.document.type} {document.label}", document.document.issuer, "|".join(dict.fromkeys(names))])
    for unit in atlas.units.values():
        names = [unit.unit.name, *unit.unit.abbreviations, *unit.unit.spellings]
        note = f"{unit.total} việc trong {len(unit.shares)} kế hoạch" if unit.total else ""
        rows.append(["u", unit.address, unit.unit.name, note, "|".join(dict.fromkeys(names))])
    for programme in atlas.programmes.values():
        rows.append(["c", programme.address, f"Chương trình {programme.programme.name}", "", programme.programme.name])
    return rows
