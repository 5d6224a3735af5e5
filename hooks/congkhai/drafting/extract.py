"""Deadlines, figures, reporting and citations, read from official wording.

Comes in: one sentence or paragraph. Goes out: the fields of `plan.yml` that its words
state, each with `printed`, the very words. What a reviewer has to decide is left out
here; whether a reading applies to an item is decided by `propose`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from congkhai.drafting.unit_matcher import Roster
from congkhai.text.vietnamese import slug

_EVERY = r"(?:hằng|hàng) năm"
_DEADLINES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"trước (?:ngày )?(?P<d>\d{1,2})(?:/| tháng )(?P<m>\d{1,2})(?:/| năm )(?P<y>\d{4})"
        ),
        "before",
    ),
    (
        re.compile(
            rf"(?:{_EVERY} \()?trước (?:ngày )?(?P<d>\d{{1,2}})(?:/| tháng )(?P<m>\d{{1,2}})"
            rf"(?![\d/]| năm \d)(?: {_EVERY})?\)?",
            re.I,
        ),
        "before-yearly",
    ),
    (re.compile(r"trong tháng (?P<m>\d{1,2})(?:/| năm )(?P<y>\d{4})"), "by-month"),
    # «đến năm 2025» alone is most often part of a programme's name, so it is not read.
    (
        re.compile(
            r"(?:đến|trước) (?:cuối|hết) năm (?P<y>\d{4})|(?:vào|trong) (?:cuối )?năm (?P<y2>\d{4})"
        ),
        "by-year",
    ),
)
_STAGE = re.compile(
    r"^(?:Giai đoạn (?P<start>\d{4})\s*[-–]\s*(?P<end>\d{4})|Năm (?P<year>\d{4}))(?=\s*:)"
)
_YEARLY = re.compile(
    rf"(?:Định kỳ {_EVERY}|^{_EVERY}(?=,))|báo cáo[^.;]{{0,60}}?(?P<tail>{_EVERY})", re.I
)
_ONGOING = re.compile(r"^Thường xuyên")

_FIGURE = re.compile(
    r"(?:(?P<word>trên|hơn|dưới|ít nhất|tối thiểu|từ|không quá|tối đa|khoảng|giảm còn|còn|đạt)\s+)?"
    r"(?P<value>\d+(?:,\d+)?)\s*%",
    re.I,
)
_COMPARATORS = {
    **dict.fromkeys(("trên", "hơn"), ">"),
    "dưới": "<",
    **dict.fromkeys(("ít nhất", "tối thiểu", "từ"), ">="),
    **dict.fromkeys(("không quá", "tối đa"), "<="),
    "khoảng": "~",
}
_MODAL = re.compile(r"(?:ph[ấâ]n đấu|(?:bảo|đảm) (?:đảm|bảo))", re.I)
_POPULATION = re.compile(r"\s+([^.;()]+?) (?=(?:có|được) )")

_REPORT = re.compile(
    r"báo cáo[^.;]*? (?:gửi )?về (?P<to>[^.;()]+)|gửi báo cáo[^.;]*? về (?P<to2>[^.;()]+)", re.I
)
_VIA = re.compile(r"\((?:thông )?qua ([^)]+)\)")
_COPY = re.compile(r"\(đồng gửi ([^)]+)\)")
_CITED = re.compile(
    r"(?P<type>Quyết định|Kế hoạch|Nghị quyết|Công văn|Chỉ thị|Thông tư|Nghị định|Luật"
    r"|Thông báo|Chương trình) số "
    r"(?P<number>\d+[^\s,;.]*),? "
    r"ngày (?P<d>\d{1,2})(?:/| tháng )(?P<m>\d{1,2})(?:/| năm )(?P<y>\d{4})",
    re.I,
)


def read_stage(text: str) -> dict[str, str] | None:
    """Read the deadline of a stage; None for other wording.

    >>> read_stage("Giai đoạn 2026 - 2030: mở rộng")
    {'printed': 'Giai đoạn 2026 - 2030', 'start': '2026', 'by': '2030'}
    """
    match = _STAGE.match(text)
    if not match:
        return None
    if match["year"]:
        return {"printed": match[0], "by": match["year"]}
    return {"printed": match[0], "start": match["start"], "by": match["end"]}


def read_deadlines(text: str) -> list[dict[str, str]]:
    """Read every deadline that a text states, exact days first, in the words printed."""
    ranked: list[tuple[int, dict[str, str]]] = []
    for rank, (pattern, form) in enumerate(_DEADLINES):
        for match in pattern.finditer(text):
            ranked.append((rank, {"printed": match[0], **_read_date(match, form)}))
    ranked.sort(key=lambda pair: pair[0])
    if ranked:
        return [due for _, due in ranked]
    if yearly := _YEARLY.search(text):
        return [{"printed": yearly["tail"] or yearly[0], "every": "year"}]
    if ongoing := _ONGOING.search(text):
        return [{"printed": ongoing[0], "ongoing": "true"}]
    return []


def _read_date(match: re.Match[str], form: str) -> dict[str, str]:
    parts = match.groupdict()
    month, day = int(parts.get("m") or 0), int(parts.get("d") or 0)
    if form == "before":
        return {"before": f"{parts['y']}-{month:02}-{day:02}"}
    if form == "before-yearly":
        return {"before": f"{month:02}-{day:02}", "every": "year"}
    if form == "by-month":
        return {"by": f"{parts['y']}-{month:02}"}
    return {"by": parts["y"] or parts["y2"]}


def read_targets(text: str) -> list[dict[str, str]]:
    """Read every percentage that a text promises; the reviewer chooses the measure."""
    targets = []
    figures = list(_FIGURE.finditer(text))
    for order, match in enumerate(figures, 1):
        word = (match["word"] or "").lower()
        target = {"key": f"chi-tieu-{order}"} if len(figures) > 1 else {}
        target |= {"measure": "xem-lai", "printed": match[0]}
        if population := _POPULATION.match(text, match.end()):
            target["population"] = population[1]
        target |= {
            "comparator": _COMPARATORS.get(word, "="),
            "value": match["value"].replace(",", "."),
            "unit": "%",
        }
        sentence = text[: match.start()].rpartition(". ")[2]
        if modal := _MODAL.search(sentence):
            target["modal"] = modal[0]
        targets.append(target)
    return targets


def read_reporting(text: str, roster: Roster) -> dict[str, Any] | None:
    """Read to whom, and through whom, a provision says that results are reported.

    None without an addressee.
    """
    match = _REPORT.search(text)
    if not match:
        return None
    to = list(roster.find_leading(match["to"] or match["to2"]))
    if copy := _COPY.search(text):
        to += roster.find_leading(copy[1])
    if not to:
        return None
    via = _VIA.search(text, match.start())
    through = roster.find_leading(via[1]) if via else ()
    return {"to": list(dict.fromkeys(to)), **({"via": through[0]} if through else {})}


def read_citations(text: str) -> Iterator[tuple[str, str]]:
    """Yield each document that a text names by number: (proposed id, printed words)."""
    for match in _CITED.finditer(text):
        yield f"{slug(match['number'])}-{match['y']}", match[0]
