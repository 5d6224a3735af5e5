"""Figures that a provision sets: counts, sums, shares, ranges, growth.

Comes in: the words of a provision and the spans that are dates or names. Goes out:
`Figure`s in the order of the text, each with its comparator, value and unit; numbers
that are no figure (ordinals, ages, marks, parts of names) and numbers in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from congkhai.reading.baselines import baseline_spans, doubtful_baseline_spans
from congkhai.reading.facts import Figure, Span, TakenSpans
from congkhai.reading.tokens import search_before

# «1 500 ha»: thousands apart by a space, as some offices print them.
_SPACED = r"(?<![\d/.,])\d{1,3}(?:[ \u00a0]\d{3}){1,5}(?![\d/.,])"
_NUM = (
    rf"{_SPACED}|\d{{1,3}}(?:\.\d{{3}}){{1,5}}(?:,\d{{1,15}})?|\d{{1,15}},\d{{1,15}}"
    r"|\d{1,15}(?:\.\d{1,2}(?=\s*[%‰]))?"
)
_PERCENT = r"%|‰|phần trăm|điểm phần trăm|điểm %"
_SCALE = r"(?:(?:nghìn|ngàn|triệu|tỷ|tỉ|trăm)\s+)*"
_FILLER = (
    r"(?:\s+(?:có|đạt|là|được|bằng|từ|thêm|mức|số|hoàn thành|xây dựng|tổ chức|thành lập"
    r"|bố trí|duy trì|hỗ trợ|chọn|giảm|tăng|đạt từ|khoảng|trồng|mở|phát triển))?"
)
_COMPARATORS: tuple[tuple[str, str], ...] = (
    (
        r"không (?:vượt )?quá|không nhiều hơn|tối đa(?: là)?|nhiều nhất|không cao hơn"
        r"|không lớn hơn",
        "<=",
    ),
    (
        r"không dưới|không thấp hơn|không ít hơn|không nhỏ hơn|ít nhất(?: là)?|tối thiểu(?: là)?",
        ">=",
    ),
    (r"dưới|thấp hơn|nhỏ hơn|ít hơn|chưa đến", "<"),
    (r"trên|hơn|vượt|cao hơn|lớn hơn", ">"),
    (r"khoảng|gần|xấp xỉ|ước đạt|ước|chừng", "~"),
)
_COMPARATOR = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<c{i}>{words})" for i, (words, _) in enumerate(_COMPARATORS))
    + rf"){_FILLER}\s+$",
    re.I,
)
_OR_MORE = re.compile(
    r"(?:\s*/\s*[^\W\d_]+)*\s*(?:[^\W\d_]+(?:\s*/\s*[^\W\d_]+)*\s+){0,3}?"
    r"(?:(?P<more>trở lên)|(?P<less>trở xuống))",
    re.I,
)
_FROM = re.compile(r"(?<!\w)từ\s+$", re.I)
_SIGN = re.compile(r"([≥≤]|[<>]=?)\s*$")
_SIGNS = {"≥": ">=", "≤": "<="}
# «cồn 70%», «nồng độ 5%»: how strong something is, not how much is to be reached.
_STRENGTH = re.compile(r"(?:nồng độ|cồn|dung dịch|hàm lượng|độ ẩm|chlor\w*|clor\w*)\s*$", re.I)
_TIMES = re.compile(r"(?<!\w)gấp\s+(?:khoảng\s+|hơn\s+)?$", re.I)
_ENCOURAGES = re.compile(
    r"(?<!\w)(?:khuyến khích|động viên|kêu gọi)(?!\w)"
    r"(?:(?!phấn đấu|bảo đảm|đảm bảo)[^.;])*$",
    re.I,
)
_SHEETS = ("bản tin", "bản đồ", "bản cam kết", "lần kiểm tra", "nội dung tuyên truyền")
_LIFE = re.compile(r"tuổi thọ[^.;]*$", re.I)
_GROWTH = re.compile(r"(?<!\w)(?:gấp|tăng|giảm|cao hơn|thấp hơn)\s[^,.;]{0,30}$", re.I)

_LEFT_OVER = re.compile(r"(?<!\w)(?:còn|bằng)\s+$", re.I)
_RATE = r"(?:\s*/\s*(?!\d)[^\W\d_]+)*"
_SHARE_BASE = (
    r"(?:\s+(?:GDP|GRDP|doanh thu|lãi suất|tổng [^\W\d_]+(?: [^\W\d_]+)?|kế hoạch|dự toán))?"
)
_SIGN_WORDS = "|".join(words for words, _ in _COMPARATORS)
_CHANGE = re.compile(
    rf"(?:từ\s+)(?P<a>{_NUM})\s*(?P<u1>{_PERCENT})?(?:\s*\([^()]*\))?\s+(?:[^\d.;,]{{0,"
    rf"20}}?)(?P<to>lên|xuống)(?:\s+(?:còn|đến|mức|thành|{_SIGN_WORDS}))*\s+(?P<b>{_NUM})\s*(?P<u2>{_PERCENT}"
    rf"|{_SCALE}[^\W\d_]+(?:\s*/\s*[^\W\d_]+)*)",
    re.I,
)
# «từ 23 ca/1.000 phụ nữ xuống 18 ca/1.000 phụ nữ»: the unit stands by both numbers.
_PER = r"[^\W\d_]+(?:\s+[^\W\d_]+){0,3}(?:\s*/\s*[\d.]+\s+[^\W\d_]+(?:\s+[^\W\d_]+)?)?"
_CHANGE_OF_UNITS = re.compile(
    rf"từ\s+(?P<a>{_NUM})\s+(?P<u1>{_PER}?)\s+(?P<to>lên|xuống)(?:\s+(?:còn|đến|mức|thành"
    rf"|{_SIGN_WORDS}))*\s+(?P<b>{_NUM})\s+(?P<u2>{_PER})",
    re.I,
)
_RANGE = re.compile(
    rf"(?:từ\s+)?(?P<a>{_NUM})\s*(?P<u1>{_PERCENT})?\s*(?:[-–—]|đến"
    rf"|tới)\s*(?P<b>{_NUM})\s*(?P<u2>(?:{_PERCENT}){_RATE}{_SHARE_BASE}"
    rf"|{_SCALE}[^\W\d_]+(?:\d(?!\d))?(?:\s*/\s*[^\W\d_]+)*)",
    re.I,
)
_SHARE = re.compile(rf"(?P<v>{_NUM})\s*(?P<u>(?:{_PERCENT})(?!\w){_RATE}{_SHARE_BASE})", re.I)
_FRACTION = re.compile(
    r"(?<![\d/,])(?P<v>\d{1,15}(?:,\d{1,15})?)\s*/\s*(?P<of>\d{1,15})\s+(?P<u>[^\W\d_]+(?:\s+[^\W\d_]+)*)",
    re.I,
)
_MEASURE = re.compile(
    rf"(?P<v>{_NUM})\s*(?P<u>(?:m2|m3|m²|m³|km2|km²|km|ha|kg|tấn|MW|KW|kWh|lít|Mbps|Gbps"
    rf"|m)(?![\w]){_RATE})",
    re.I,
)
_COUNT = re.compile(
    # «01 (một) hồ sơ»: a number is often printed again in words.
    rf"(?P<v>{_NUM})(?:\s+\([^\W\d_]+(?: [^\W\d_]+){{0,5}}\))?\s+"
    rf"(?P<u>{_SCALE}[^\W\d_]+(?:\s*/\s*[^\W\d_]+)*(?:,?\s+[^\W\d_]+)*)"
)
_EACH = re.compile(
    r"(?<!\w)mỗi\s+(?P<each>[^\W\d_]+(?:\s+(?!gắn|với|do|của|theo)[^\W\d_]+){0,3}?)\s+(?:(?P<verb>có|chọn"
    r"|xây dựng|thành lập|bố trí|tổ chức|đạt|duy trì|phải có|được)\s+)?(?P<cmp>ít nhất\s+"
    r"|tối thiểu\s+(?:có\s+)?|từ\s+)?(?P<v>\d+|một|hai"
    r"|ba)\s+(?P<u>[^\W\d_]+(?:\s+[^\W\d_]+)*)",
    re.I,
)
_NUMERALS = {"một": "1", "hai": "2", "ba": "3", "bốn": "4", "năm": "5"}
_NUMERAL = re.compile(
    r"(?<!\w)(?:ít nhất|tối thiểu)\s+(?:có\s+|là\s+)?(?P<v>một|hai|ba|bốn|năm)\s+"
    r"(?P<u>[^\W\d_]+(?:\s+[^\W\d_]+)*)",
    re.I,
)

# A number after these is an ordinal, a mark or a part of a name.
_REFERENCE = re.compile(
    r"(?<!\w)(?:Điều|khoản|điểm|mục|tiểu mục|số|thứ|lần|khóa|khoá|kỳ|kì|mẫu|phụ lục|biểu"
    r"|bảng|hình|chương|phần|cấp|mức độ|mức|hạng|loại|nhóm|lớp|tập|quyển|trang"
    r"|Đề án|Chương trình|Dự án|Quyết định|Nghị quyết|Chỉ thị|Nghị định|Thông tư|Kết luận"
    r"|Quy định|Luật|Kế hoạch|Công văn|quốc lộ|đường|tổ|khu phố|thôn|khu|khu vực|vùng|quận"
    r"|ấp|phiên|vòng"
    r"|giai đoạn|năm|tháng|ngày|quý|quí|thời kỳ|covid|ISO|TCVN|Internet|Industry"
    r"|cách mạng công nghiệp|lần thứ|khối|tiêu chí|tuổi|Luật số|hộp|điện thoại|fax|VNeID"
    r"|ủy ban nhân dân|uỷ ban nhân dân|ubnd|hđnd|ban chỉ đạo|ban chỉ đạo quốc gia"
    r"|đồng bằng|ký hiệu|trụ cột|tiểu dự án|nội dung)\s*$",
    re.I,
)
_MASK = "\0"
_NEVER_OF_A_UNIT = frozenset(
    [
        "ngày",
        "tháng",
        "năm",
        "quý",
        "giai",
        "và",
        "của",
        "là",
        "trong",
        "đến",
        "theo",
        "với",
        "có",
        "cho",
        "từ",
        "được",
        "cùng",
        "tại",
        "thì",
        "các",
        "vào",
        "trên",
        "dưới",
        "về",
        "do",
        "bằng",
        "để",
        "như",
        "hoặc",
        "nhất",
        "sẽ",
        "đã",
        "đang",
        "không",
        "ở",
    ]
)
"""Words that neither begin a unit nor stand in one."""
_NO_UNIT = _NEVER_OF_A_UNIT | frozenset(
    [
        "giờ",
        "phút",
        "giây",
        "tuổi",
        "tuần",
        "thế",
        "cấp",
        "bước",
        "phần",
        "mục",
        "khoản",
        "chiều",
        "mặt",
        "vấn",
        "nguyên",
        "bên",
        "mức",
        "bản",
        "trụ",
        "khâu",
        "nội",
        "nhóm",
        "nhưng",
        "ký",
        "lần",
        "chính",
        "loại",
        "thành",
        "nhiệm",
        "quốc",
        "hình",
        "dòng",
        "chữ",
        "trang",
        "khối",
        "lĩnh",
        "đột",
        "này",
        "đó",
    ]
)
_UNIT_ENDS = _NEVER_OF_A_UNIT | frozenset(
    [
        "những",
        "trở",
        "đạt",
        "chuẩn",
        "trực",
        "thuộc",
        "tham",
        "gia",
        "phục",
        "gồm",
        "mỗi",
        "triển",
        "hoàn",
        "đối",
        "xây",
        "hỗ",
        "so",
        "đủ",
        "bị",
        "gắn",
        "bảo",
        "cần",
        "phải",
        "làm",
    ]
)
# «ít nhất 4 loại bệnh» counts; «4 loại bệnh» only lists.
_KINDS = frozenset({"loại", "nhóm", "hình", "lĩnh", "nội", "chiều"})
_UNIT_MOST = 4
"""Words of a unit."""
_UNIT_LENGTH = 80
"""Characters after a number in which its unit stands."""
_PLACE_WORDS = frozenset(
    {"xã", "phường", "huyện", "quận", "thị", "thành", "tỉnh", "thôn", "bản", "ấp", "đặc", "khu"}
)
_SCALES = frozenset({"nghìn", "ngàn", "triệu", "tỷ", "tỉ", "trăm"})


@dataclass(frozen=True, slots=True)
class Reading:
    """Figures of a text, numbers that are none, and numbers that stay in doubt."""

    figures: tuple[Figure, ...] = ()
    decoys: tuple[Span, ...] = ()
    doubts: tuple[Span, ...] = ()


def read_figures(text: str, taken: Sequence[Span] = ()) -> Reading:
    """Read the figures that a text sets. `taken`: spans of dates and names in it.

    >>> [one.norm for one in read_figures("tối thiểu đạt 25%; từ 40% lên 60%").figures]
    ['>=25 %', '40->60 %']
    """
    figures: list[Figure] = []
    decoys: list[Span] = []
    used = TakenSpans(len(text))
    # A unit ends where a date begins: «02 cơ sở trước ngày 30/6».
    # What is so today or was so is no figure that is set.
    masked = _mask(text, (*taken, *baseline_spans(text)))
    states = doubtful_baseline_spans(text)
    for read in (
        _read_each,
        _read_changes,
        _read_changes_of_units,
        _read_ranges,
        _read_shares,
        _read_fractions,
        _read_numerals,
        _read_counts,
    ):
        for figure, span in read(masked):
            if not used.is_free(span.start, span.end):
                continue
            used.take(span)
            if figure:
                figures.append(figure)
            else:
                decoys.append(span)
    unread = [span for span in _numbers(masked) if used.is_free(span.start, span.end)]
    # «Khuyến khích mỗi thôn xây dựng 01 mô hình» holds nobody to it: a person decides.
    wished = {
        figure.span: None
        for figure in figures
        if search_before(_ENCOURAGES, masked, figure.span.start)
    }
    stated = {
        figure.span: None for figure in figures if any(figure.span.overlaps(one) for one in states)
    }
    doubts = tuple(sorted({**dict.fromkeys(unread), **wished, **stated}, key=lambda one: one.start))
    left = {**wished, **stated}
    figures = [figure for figure in figures if figure.span not in left]
    ordered = sorted(figures, key=lambda one: one.span.start)
    printed = (
        Figure(_span(text, one.span.start, one.span.end), one.norm.replace(_MASK, ""))
        for one in ordered
    )
    return Reading(tuple(printed), tuple(decoys), doubts)


def _mask(text: str, taken: Sequence[Span]) -> str:
    characters = list(text)
    for span in taken:
        characters[span.start : span.end] = _MASK * (span.end - span.start)
    return "".join(characters)


_Read = tuple[Figure | None, Span]


def _span(text: str, start: int, end: int) -> Span:
    return Span(start, end, text[start:end])


def read_value(printed: str) -> str:
    """Bring a printed number to digits with a decimal point.

    >>> read_value("1.250"), read_value("2,87"), read_value("05")
    ('1250', '2.87', '5')
    """
    if re.fullmatch(r"\d{1,3}(?:[. \u00a0]\d{3})+(?:,\d+)?", printed):
        printed = re.sub(r"[. \u00a0]", "", printed)
    whole, _, fraction = printed.replace(",", ".").partition(".")
    return str(int(whole)) + (f".{fraction}" if fraction else "")


def _unit(printed: str) -> str:
    return re.sub(r"\s*/\s*", "/", " ".join(printed.split()))


def _compare(text: str, start: int, end: int) -> tuple[int, int, str]:
    """Start and end widened by the words of comparison, and the comparator."""
    after = _OR_MORE.match(text, end)
    if after:
        begin = search_before(_FROM, text, start)
        return (begin.start() if begin else start), after.end(), ">=" if after["more"] else "<="
    if sign := search_before(_SIGN, text, start):
        return sign.start(), end, _SIGNS.get(sign[1], sign[1])
    match = search_before(_COMPARATOR, text, start)
    if match:
        index = next(i for i in range(len(_COMPARATORS)) if match[f"c{i}"])
        return match.start(), end, _COMPARATORS[index][1]
    if begin := search_before(_TIMES, text, start):
        return begin.start(), end, "="
    return start, end, "="


def read_comparator(text: str, start: int, end: int) -> str:
    """Read what compares the number `text[start:end]`, printed with its unit or without.

    >>> read_comparator("đạt từ 80% trở lên", 7, 10), read_comparator("không quá 5 ngày", 10, 11)
    ('>=', '<=')
    """
    sign = _compare(text, start, end)[2]
    return ">=" if sign == "=" and search_before(_FROM, text, start) else sign


def find_comparison(text: str, start: int, end: int) -> int:
    """Return where the words that compare the number `text[start:end]` begin.

    >>> find_comparison("hao hụt không quá 20%", 18, 21)
    8
    """
    return _compare(text, start, end)[0]


def _read_each(text: str) -> Iterator[_Read]:
    """«mỗi tỉnh chọn 01 huyện»: a count for each of a kind."""
    for match in _EACH.finditer(text):
        unit = _noun(match["u"])
        if not unit or unit.split()[0].lower() in _NO_UNIT:
            continue
        sign = ">=" if match["cmp"] else "="
        value = read_value(_NUMERALS.get(match["v"].lower(), match["v"]))
        span = _span(text, match.start(), match.start("u") + len(unit))
        yield Figure(span, f"{sign}{value} {unit}/{match['each']}"), span


def _read_changes(text: str) -> Iterator[_Read]:
    for match in _CHANGE.finditer(text):
        span = _span(text, *match.span())
        yield Figure(span, f"{_change(text, match)} {_unit(match['u2'])}"), span


def _read_changes_of_units(text: str) -> Iterator[_Read]:
    for match in _CHANGE_OF_UNITS.finditer(text):
        first = match["u2"].split()[0]
        if match["u1"].split()[0].lower() != first.lower() or first.lower() in _NO_UNIT:
            continue
        span = _span(text, *match.span())
        yield Figure(span, f"{_change(text, match)} {_unit(match['u2'])}"), span


def _change(text: str, match: re.Match[str]) -> str:
    """«từ 6,8% xuống còn dưới 5%»: from which value to which, and how that is compared."""
    sign = _compare(text, *match.span("b"))[2]
    return f"{read_value(match['a'])}->{'' if sign == '=' else sign}{read_value(match['b'])}"


def _read_numerals(text: str) -> Iterator[_Read]:
    """«ít nhất một cơ sở y tế»: a small number in words counts only after a comparator."""
    for match in _NUMERAL.finditer(text):
        unit = _noun(match["u"])
        if not unit or unit.split()[0].lower() in (*_NO_UNIT, *_UNIT_ENDS, "số", "vài"):
            continue
        span = _span(text, match.start(), match.start("u") + len(unit))
        yield Figure(span, f">={_NUMERALS[match['v'].lower()]} {_unit(unit)}"), span


def _read_ranges(text: str) -> Iterator[_Read]:
    for match in _RANGE.finditer(text):
        span = _span(text, *match.span())
        unit = match["u2"]
        is_word = unit.split()[0].split("/")[0].lower()
        if is_word in _NO_UNIT or search_before(_REFERENCE, text, match.start()):
            yield None, span
            continue
        first, last = read_value(match["a"]), read_value(match["b"])
        if float(first) >= float(last):
            continue
        if unit[0].isalpha():
            unit = _noun(unit + text[match.end() : match.end() + _UNIT_LENGTH])
            span = _span(text, match.start(), match.start("u2") + len(unit))
        yield Figure(span, f"{first}..{last} {_unit(unit)}"), span


def _read_shares(text: str) -> Iterator[_Read]:
    for match in _SHARE.finditer(text):
        start, end, sign = _compare(text, *match.span())
        if sign == "=" and (begin := search_before(_FROM, text, match.start())):
            start, sign = begin.start(), ">="
        span = _span(text, start, end)
        if search_before(_STRENGTH, text, start):
            yield None, span
            continue
        yield Figure(span, f"{sign}{read_value(match['v'])} {_unit(match['u'])}"), span


def _read_fractions(text: str) -> Iterator[_Read]:
    """«5/7 thôn»: so many of so many."""
    for match in _FRACTION.finditer(text):
        unit = _noun(match["u"])
        if (
            not unit
            or float(read_value(match["v"])) > int(match["of"])
            or unit.split()[0].lower() in _NO_UNIT
        ):
            continue
        if search_before(_REFERENCE, text, match.start()):
            continue
        start, end, sign = _compare(text, match.start(), match.start("u") + len(unit))
        span = _span(text, start, end)
        yield (
            Figure(span, f"{sign}{read_value(match['v'])} {unit} / {read_value(match['of'])}"),
            span,
        )


def _read_counts(text: str) -> Iterator[_Read]:
    for pattern in (_MEASURE, _COUNT):
        for match in pattern.finditer(text):
            if text[match.start() - 1 : match.start()].isalnum() or text[
                match.start() - 1 : match.start()
            ] in tuple("/.,-("):
                continue
            span = _span(text, match.start("v"), match.end("v"))
            unit = match["u"] if pattern is _MEASURE else _noun(match["u"])
            first = unit.split("/")[0].split()[0].lower() if unit else ""
            at = match.start()
            if first == "trở":
                # «đạt từ 3,8 trở lên»: a number without a unit is asked.
                continue
            is_times = first == "lần" and any(
                search_before(one, text, at) for one in (_GROWTH, _COMPARATOR, _LEFT_OVER)
            )
            is_age = first == "tuổi" and search_before(_LIFE, text, match.start())
            is_sheet = bool(unit) and unit.lower().startswith(_SHEETS)
            is_kind = first in _KINDS and bool(search_before(_COMPARATOR, text, at))
            # «không quá 15 phút/lượt»; «trước 16 giờ» has no comparator.
            is_limit = first in ("phút", "giờ") and bool(search_before(_COMPARATOR, text, at))
            is_counted = is_times or is_age or is_sheet or is_kind or is_limit
            is_none = first in _NO_UNIT and not is_counted
            if search_before(_REFERENCE, text, match.start()) or not unit or is_none:
                yield None, span
                continue
            start, end, sign = _compare(text, match.start(), match.start("u") + len(unit))
            if (
                sign == "="
                and (begin := search_before(_FROM, text, match.start()))
                and "trở lên" in text[end : end + 30]
            ):
                start, sign = begin.start(), ">="
            yield (
                Figure(_span(text, start, end), f"{sign}{read_value(match['v'])} {_unit(unit)}"),
                _span(text, start, end),
            )


def _noun(words: str) -> str:
    """Read the unit at the start of the words after a number: «dự án, chương trình»."""
    taken = 0
    end = 0
    for match in re.finditer(r"[^\W\d_]+(?:\s*/\s*[^\W\d_]+)*|,", words):
        if match[0] == ",":
            following = words[match.end() : match.end() + _UNIT_LENGTH].split()[:1]
            if taken < 2 and not (following and _is_place(words[:end]) and _is_place(following[0])):
                break
            continue
        word = match[0].lower()
        if (taken and word in _UNIT_ENDS) or (not taken and len(word) == 1 and word != "m"):
            break
        end = match.end()
        taken += word not in _SCALES
        if taken == _UNIT_MOST:
            break
    return words[:end]


def _is_place(words: str) -> bool:
    """«14 huyện, thành phố»: kinds of places counted together."""
    return words.lower() in _PLACE_WORDS


def _numbers(text: str) -> Iterator[Span]:
    """Numbers that look like a figure: with a percent sign, a comparator or a leading zero."""
    pattern = re.compile(
        rf"(?:{_NUM})\s*(?:{_PERCENT})|(?:ít nhất|tối thiểu|trên|dưới|khoảng"
        rf"|gấp)\s+\d+(?:[.,]\d+)*|(?<![\w/.,])\d+(?:[.,]\d+)*\s+trở (?:lên|xuống)"
        r"|(?<![\w/.,])0\d(?![\w/.])",
        re.I,
    )
    for match in pattern.finditer(text):
        # «Đề án 06», «Mẫu biểu số 01, 02»: a part of a name.
        if not search_before(_REFERENCE, text, match.start()):
            yield _span(text, *match.span())
