"""Documents that a text cites, and the words that are a document's name.

Comes in: the words of a provision. Goes out: `Citation`s with number, symbol, date,
issuer and title as far as the sentence prints them, and the spans inside which a date or
a figure belongs to a name: a citation, a quotation, «Đề án … giai đoạn 2021 - 2030».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from congkhai.reading.facts import Citation, Span

DOCUMENT_TYPES = (
    "Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Chỉ thị|Thông tư liên tịch"
    "|Thông tư|Kết luận|Quy định"
    "|Hướng dẫn|Kế hoạch|Chương trình hành động|Chương trình|Đề án|Công văn|Thông báo"
    "|Báo cáo|Tờ trình|Công điện"
    "|Quy chế|Văn bản|Công ước|Thông tri|Chiến lược|Giấy mời|Biên bản|Hiệp định"
    "|Kết luận thanh tra|Lệnh"
)
# A blank beside a sign, «99- TB/TW», «QĐ- TTg», is a slip of the copy.
_SYMBOL = (
    r"(?:\s?/\s?|-\s?)(?-i:(?=[A-ZĐ\d]))[^\s,;.()]+(?:(?<=[-/])\s(?-i:(?=[A-ZĐ]))[^\s,;.()]+)?"
)
# A number alone («báo cáo 6 tháng») is no citation: it needs «số» or a symbol.
_NUMBER = (
    rf"(?:số\s*:?\s*(?P<number>\d+[A-Za-z]?)(?P<symbol>(?:{_SYMBOL})?)"
    r"|(?P<number2>\d+[A-Za-z]?)(?P<symbol2>[/-][^\s,;.()]*[A-ZĐ][^\s,;.()]*))"
)
_DATE = r"(?P<d>\d{1,2})(?:[/.-]| tháng )(?P<m>\d{1,2})(?:[/.-]| năm )(?P<y>(?:19|20)\d{2})"
_CITATION = re.compile(
    rf"\b(?P<type>{DOCUMENT_TYPES})\s+{_NUMBER}(?:,?\s*(?:ban hành\s+)?(?:ngày\s+)?{_DATE})?"
    rf"|\b(?P<law>Bộ luật|Luật|Pháp lệnh)\s+(?P<title>[^,;.()]{{3,80}}?)\s+(?:năm\s+"
    rf"(?P<ly>(?:19|20)\d{{2}})|\((?P<ly2>(?:19|20)\d{{2}})\))",
    re.I,
)
# «tại các Quyết định: số 36/QĐ-TTg ngày 11/01/2024; số 1569/QĐ-TTg ngày 12/12/2024».
_NUMBER_AND_DATE = re.compile(rf"\bsố\s*:?\s*\d+[A-Za-z]?{_SYMBOL},?\s*ngày\s+{_DATE}", re.I)
_ISSUER = re.compile(
    r"\s*(?:,\s*)?(?:của|do)\s+(?P<issuer>[A-ZĐƯÔÂÊƠÁÀẢÃẠẤỨỬỦỤĂ][^,;.()]*?)(?=\s+(?:về"
    r"|phê duyệt|ban hành|quy định|v/v|thực hiện|triển khai|đã|được|trên)\b|[,;.()]|$)"
)
_TITLE = re.compile(r"\s*(?:về(?: việc)?|phê duyệt|ban hành|quy định)\s+(?P<title>[^;.()]+)")
_QUOTED = re.compile(r"[“\"«][^”\"»]{0,1000}[”\"»]")


def read_citations(text: str) -> tuple[Citation, ...]:
    """Read every document that a text names by number, in order.

    >>> read_citations("Quyết định số 155/QĐ-TTg ngày 20/01/2026 của Thủ tướng Chính phủ")[0].symbol
    'QĐ-TTg'
    """
    return tuple(_read(text, match) for match in _CITATION.finditer(text))


def name_spans(text: str) -> Iterator[Span]:
    """Yield the spans whose dates and figures belong to the name of a document."""
    for match in _CITATION.finditer(text):
        yield Span(match.start(), match.end(), match[0])
    for match in _NUMBER_AND_DATE.finditer(text):
        yield Span(match.start(), match.end(), match[0])
    for match in _QUOTED.finditer(text):
        yield Span(match.start(), match.end(), match[0])


def _read(text: str, match: re.Match[str]) -> Citation:
    end = match.end()
    if match["law"]:
        span = Span(match.start(), end, match[0])
        return Citation(
            span, match["law"], "", None, match["ly"] or match["ly2"], None, match["title"]
        )
    issuer = _ISSUER.match(text, end)
    title = _TITLE.match(text, issuer.end() if issuer else end)
    date = f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}" if match["y"] else None
    return Citation(
        Span(match.start(), end, match[0]),
        match["type"],
        match["number"] or match["number2"],
        "".join((match["symbol"] or match["symbol2"] or "").split()).lstrip("/-") or None,
        date,
        issuer["issuer"].strip() if issuer else None,
        title["title"].strip() if title else None,
    )
