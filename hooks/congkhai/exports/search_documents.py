"""What people search: the words of each page worth finding, and the provisions of plans.

Comes in: the `SiteModel`. Goes out: for `search`, bare HTML documents that hold every word
of a page once, folded; for the browser, the provisions of each plan (`muc.json`) and
the names that lead straight to a page (`ten.json`). Pagefind finds the pages;
`theme/assets/search.js` finds the provision in a page and marks the words in it. An
index of places of words would be five times as large, for a reader on a phone.

`theme/assets/query.js` makes the same words from what is typed. Beside plain words
there are words for figures (`2,87%` → `2c87`), for days (`01/11` → `d0111`) and for the
units that a provision names only in a list or by an abbreviation (`usonoivu`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import Any

from pydantic_core import from_json, to_json

from congkhai.model.assignments import walk
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import DocumentView, SiteModel, UnitView
from congkhai.pages import labels
from congkhai.text.vietnamese import capital, fold

_WORD = re.compile(r"[a-z0-9]+")
_DAY = re.compile(r"(?<![\d/])(\d{1,2})[/-](\d{1,2})(?:[/-]\d{4})?(?![\d%/])")
_LONG_DAY = re.compile(r"ngay (\d{1,2}) thang (\d{1,2})")
_FIGURE = re.compile(r"(?<![\d/.,])(\d+)[.,](\d+)(?![\d/])")


def unit_word(unit: str) -> str:
    """The word of a unit in the index: `usonoivu` for so-noi-vu."""
    return "u" + unit.replace("-", "")


class _Tokens(dict[str, tuple[str, frozenset[str]]]):
    """What lies between two spaces, folded, and the words in it; worked out when it is first met.

    Plans are written with a few thousand syllables, and each stands in nearly all of them.
    """

    def __missing__(self, token: str) -> tuple[str, frozenset[str]]:
        folded = fold(token)
        figures = {f"{whole}c{fraction}" for whole, fraction in _FIGURE.findall(folded)}
        self[token] = result = (
            folded,
            frozenset({*_WORD.findall(folded), *figures, *_days(_DAY, folded)}),
        )
        return result


_TOKENS = _Tokens()


def _days(pattern: re.Pattern[str], folded: str) -> Iterator[str]:
    return (
        f"d{int(day):02}{int(month):02}"
        for day, month in pattern.findall(folded)
        if 1 <= int(day) <= 31 and 1 <= int(month) <= 12
    )


def index_words(text: str) -> set[str]:
    """Every word under which a text is to be found.

    >>> sorted(index_words("Đạt 2,87% trước ngày 01/11"))
    ['01', '11', '2', '2c87', '87', 'd0111', 'dat', 'ngay', 'truoc']
    """
    tokens = text.split(" ")
    words = {word for token in set(tokens) for word in _TOKENS[token][1]}
    return words.union(_days(_LONG_DAY, " ".join([_TOKENS[token][0] for token in tokens])))


PASSAGES = "muc.json"
"""Beside each plan's page, for scripts: its provisions in `rows`, and what `comparison` says of it."""


def documents_to_index(
    site_model: SiteModel, read: Callable[[str], bytes]
) -> Iterator[tuple[str, str]]:
    """(address, HTML) of every page worth finding by its words. `read` gives a file of the site."""
    for plan in site_model.plans.values():
        yield (
            plan.address,
            _frame(
                _plan_words(
                    labels.plan_title(site_model, plan),
                    from_json(read(plan.address + PASSAGES))["rows"],
                )
            ),
        )
    for unit in site_model.units.values():
        yield unit.address, _frame(index_words(" ".join(_unit_names(unit))) | {unit_word(unit.id)})
    for document in site_model.documents.values():
        yield document.address, _frame(index_words(" ".join(_document_texts(site_model, document))))


def _frame(words: Iterable[str]) -> str:
    return f'<!doctype html><html lang="vi"><head><title>.</title></head><body data-pagefind-body>{escape(" ".join(sorted(words)))}</body></html>'


def _plan_words(title: str, rows: Sequence[Sequence[str]]) -> set[str]:
    units = {pair.partition(" ")[2] for row in rows for pair in row[5].split("|") if pair}
    # No word goes over the end of a line, so that all provisions can be one text.
    return index_words(" \n ".join([title, *[f"{row[2]} {row[7]}" for row in rows]])) | set(
        map(unit_word, units)
    )


def passages(view: PlanView) -> Iterator[list[str]]:
    """The provisions of a plan, in order, as the results page needs them.

    Each is [anchor, reference, words, kind, state, «role unit|role unit», «year year»,
    words meant where the source is misprinted, deadline as printed, day of the latest report]; what does not apply is empty. Units of a
    recipient's line have the role «-».
    """
    opened = view.open()
    plan = opened.plan
    meant: dict[str, str] = {
        at: " ".join(note.meant for note in notes if note.meant)
        for at, notes in opened.notes.items()
    }

    def plain(at: str, reference: str, text: str, units: Iterable[str] = ()) -> list[str]:
        return [
            at,
            reference,
            text,
            "",
            "",
            "|".join(f"- {unit}" for unit in units),
            "",
            meant.get(at, ""),
            "",
            "",
        ]

    yield plain("title", "Trích yếu", f"{plan.document.type} {plan.document.title}")
    for paragraph in plan.preamble:
        yield plain("preamble", "Phần mở đầu", paragraph)
    for item, _ in walk(plan.body):
        words = " ".join(filter(None, (item.number, item.title, item.text)))
        commitment = opened.by_item.get(item.id)
        if commitment is None:
            yield plain(item.id, "", words)
            continue
        yield [
            item.id,
            commitment.reference,
            words,
            commitment.kind,
            commitment.state if commitment.kind != "objective" else "",
            "|".join(
                [f"{assignment.role} {assignment.unit}" for assignment in commitment.assignments]
            ),
            " ".join(dict.fromkeys([str(due.year) for due in commitment.due])),
            meant.get(item.id, ""),
            "; ".join([deadline.printed for deadline in commitment.deadlines]),
            commitment.latest.report.day.isoformat() if commitment.latest else "",
        ]
    for paragraph in plan.closing:
        yield plain("closing", "Phần kết", paragraph)
    for recipient in plan.recipients:
        yield plain("recipients", "Nơi nhận", recipient.text, recipient.units)
    yield plain("signature", "Phần ký", " ".join(plan.signature))


def _unit_names(view: UnitView) -> tuple[str, ...]:
    return (view.unit.name, *view.unit.abbreviations, *view.unit.spellings)


def _document_texts(site_model: SiteModel, view: DocumentView) -> Iterator[str]:
    document = view.document
    yield from (
        document.type,
        view.label,
        document.issuer,
        document.title,
        *document.names,
        *view.spellings,
    )
    for target in view.targets:
        yield f"{target.printed} {target.population or ''} {site_model.measures[target.measure].name}"


def lexicon(site_model: SiteModel) -> list[list[str]]:
    """Names that lead straight to a page: [kind, address, title, note, own names, other names];
    for a plan also the id of its programme.

    Names are separated by `|`. Own names call the page itself; other names are of what
    it belongs to or carries out. Kind: k plan, d document, u unit, c programme, p place
    with a page of its own or a former name.

    What is the same for every commune is left out, a third of the file for the whole
    country: a place in force has only its short name for own names, and no others
    (`search.js` adds its full one, alone and with its province's); a plan without own
    names has those of the place at the same address.
    """
    rows: list[list[str]] = []

    def add(
        kind: str,
        address: str,
        title: str,
        note: str,
        own: Iterable[str],
        other: Iterable[str] = (),
        *more: str,
    ) -> None:
        rows.append(
            [
                kind,
                address,
                title,
                note,
                "|".join(dict.fromkeys(own)),
                "|".join(dict.fromkeys(filter(None, other))),
                *more,
            ]
        )

    for plan in site_model.plans.values():
        place = plan.place
        province = site_model.places[place.province].name if place.province else ""
        cited = [
            name
            for citation in plan.citations
            for name in (
                citation.printed,
                site_model.documents[citation.document].label,
                *site_model.documents[citation.document].document.names,
            )
        ]
        reported = (
            f"{plan.rollup.reported} đã có báo cáo" if plan.reports else "chưa có báo cáo nào ở đây"
        )
        facts = [f"{plan.rollup.total} cam kết, {reported}"]
        if place.until:
            facts.append(f"{place.name} {labels.what_became_of(place, site_model.places)}")
        at_its_place = plan.id.rpartition("/")[0] + "/" == place.address.removeprefix("dia-phuong/")
        own = [] if at_its_place else [place.name, place.short, f"{place.name} {province}"]
        add(
            "k",
            plan.address,
            labels.plan_title(site_model, plan),
            "; ".join(facts),
            own,
            [plan.document.title, province, *cited],
            plan.programme,
        )
    for document in site_model.documents.values():
        number, symbol = document.document.number, document.document.symbol or ""
        short = symbol.replace("/", "-").split("-")[0]
        own = [
            document.label,
            f"{document.document.type} {document.label}",
            *document.document.names,
        ]
        own += [number, f"{short} {number}"] if number else []
        add(
            "d",
            document.address,
            f"{document.document.type} {document.label}",
            document.document.issuer,
            own,
            [*document.spellings, document.document.issuer],
        )
    for unit in site_model.units.values():
        note = f"{unit.total} việc trong {len(unit.counted)} kế hoạch" if unit.total else ""
        add("u", unit.address, unit.unit.name, note, _unit_names(unit))
    for programme in site_model.programmes.values():
        add(
            "c",
            programme.address,
            f"Chương trình {programme.programme.name}",
            "",
            [programme.programme.name, f"chương trình {programme.programme.name}"],
        )
    for place in site_model.places.values():
        if "#" not in place.address or place.until is not None:
            province = (
                site_model.places[place.province].name
                if place.province and place.province in site_model.places
                else ""
            )
            now = capital(labels.what_became_of(place, site_model.places)) if place.until else ""
            if place.until:
                add(
                    "p",
                    place.address,
                    f"{capital(place.name)} (tên cũ)",
                    now or province,
                    [place.name, place.short, f"{place.name} {province}"],
                    [province],
                )
            else:
                rows.append(["p", place.address, capital(place.name), province, place.short])
    return rows


def to_bytes(value: Any) -> bytes:
    """Compact JSON in UTF-8."""
    return to_json(value)
