"""The parts of an official document: letterhead, type, title, body, signature, attachments.

Comes in: blocks of one file. Goes out: `SourceDocument`. Sources of the layout: Decree
30/2020/NĐ-CP, annex I (state bodies); Guideline 36-HD/VPTW of 2018 (Party bodies). Every
word is in exactly one part, in order; what no part claims is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeGuard

from congkhai.sources.blocks import Block, Blocks, Paragraph, Table
from congkhai.sources.document import Line, Question, SourceDocument
from congkhai.sources.lines import is_spaced, join_lines
from congkhai.sources.marks import STRUCTURAL, Mark, read_automatic, read_marks
from congkhai.sources.outline import Outline, build_outline, is_caps, is_caps_heading
from congkhai.sources.tables import find_header, split_table
from congkhai.text.vietnamese import fold

TYPES: Final = frozenset(
    (
        "ke hoach", "ke hoach hanh dong", "ke hoach trien khai", "ke hoach thuc hien",
        "chuong trinh", "chuong trinh hanh dong", "chuong trinh cong tac", "de an", "phuong an",
        "quyet dinh", "nghi quyet", "chi thi", "thong bao", "ket luan", "thong bao ket luan",
        "huong dan", "bao cao", "quy che", "quy dinh", "chien luoc", "cong dien", "to trinh",
        "danh muc", "du an", "lo trinh", "thong tri", "thong tu", "nghi dinh",
    )
)  # fmt: skip
"""Types of document as folded words."""

_APPENDIX: Final = re.compile(
    r"^(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu|BIỂU MẪU|BIỂU)"
    r"(?:\s+(?:SỐ|Số|số)?\s*[:.]?\s*(?:[IVXL]+|\d+|[A-Z])(?:[.-]\d+)?)?\s*[:.]?$"
)
_APPENDIX_TITLED: Final = re.compile(r"^(?:PHỤ LỤC|Phụ lục)\b.{0,140}$")
_ATTACHED: Final = re.compile(r"^[([]?\s*(?:Ban hành\s+)?[Kk]èm theo\b|^[([]?\s*Đính kèm\b")
_RECIPIENTS: Final = re.compile(r"^\W*(?:Nơi nhận|NƠI NHẬN)\b")
_ON_BEHALF: Final = re.compile(r"^(?:TM|T/M|KT|K/T|TL|T/L|TUQ|Q)\b\.?\s*(?=[^\W\d_])")
_POSITION: Final = re.compile(
    r"^(?:(?:PHÓ|QUYỀN|TỔNG|THƯỜNG TRỰC)\s+)*(?:CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|BỘ TRƯỞNG|THỦ TƯỚNG"
    r"|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|TRƯỞNG BAN|TRƯỞNG PHÒNG|CỤC TRƯỞNG|CHI CỤC TRƯỞNG"
    r"|VỤ TRƯỞNG|HIỆU TRƯỞNG|VIỆN TRƯỞNG|CHỦ NHIỆM|TỔNG THANH TRA|CHỈ HUY TRƯỞNG|TRƯỞNG CÔNG AN"
    r"|CHỦ NHIỆM ỦY BAN)(?:\s+(?:THƯỜNG TRỰC|UBND|SỞ|BAN|ỦY BAN NHÂN DÂN).{0,40})?$"
)
_MAKER: Final = re.compile(r"^(?:Người|NGƯỜI) (?:lập|LẬP)(?: (?:biểu|BIỂU|bảng|BẢNG))?$")
_SIGNED: Final = re.compile(r"^\W*(?:đã ký|Đã ký|ký tên)\b")
_CLOSING: Final = re.compile(
    r"^Trên đây là\b|^(?:Kế hoạch|Chương trình(?: hành động)?|Chỉ thị|Nghị quyết|Quyết định"
    r"|Thông báo|Đề án|Hướng dẫn) này (?:được |đã được )?(?:phổ biến|có hiệu lực|thông qua"
    r"|thay thế|[^.;]{0,60} thông qua)"
)
_NATIONAL: Final = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM|^\W*Độc lập\s*[-–]\s*Tự do"
)
_PREAMBLE: Final = re.compile(
    r"^(?:Căn cứ|Thực hiện|Theo|Triển khai|Nhằm|Để|Xét|Ủy ban nhân dân|Uỷ ban nhân dân|UBND"
    r"|Kính gửi)\b"
)
_NUMBER: Final = re.compile(
    r"^(?P<label>Số\s*[:.]?)?\s*(?P<number>\d*)\s*[-/–]\s*"
    r"(?P<symbol>(?:\d{4}\s*/\s*)?[A-ZĐ][A-ZĐa-z&]*\d*(?:\s?[-/–]\s?[A-ZĐ][A-Za-zĐđ\d&]*)*)"
)
_NUMBER_LINE: Final = re.compile(r"^Số\s*[:.]?\s*(?:[\d./…_-]|$)")
_BLANK: Final = r"\s*[.…_]*\s*"
_DATE: Final = re.compile(
    rf"ngày{_BLANK}(?P<d>\d{{0,2}}){_BLANK}tháng{_BLANK}(?P<m>\d{{0,2}}){_BLANK}"
    r"năm\s*(?P<y>\d{4})"
)
_SAYS_DAY: Final = re.compile(r"\b(?:ngày|tháng)\b|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", re.I)
_BODY_NAMES: Final = re.compile(
    r"^(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|SỞ|PHÒNG|BAN|BỘ|CHÍNH PHỦ|THỦ TƯỚNG|ĐẢNG"
    r"|TỈNH ỦY|TỈNH UỶ|THÀNH ỦY|HUYỆN ỦY|ĐẢNG ỦY|CÔNG AN|HỘI|ĐOÀN|TRUNG TÂM|TRƯỜNG|CỤC"
    r"|CHI CỤC|VĂN PHÒNG|MẶT TRẬN|LIÊN|VIỆN|TỔNG|THANH TRA|QUỐC HỘI)\b"
)
_CUT_NAME: Final = re.compile(
    r"^(?:[ỦU][YỶ](?: BAN)?|(?:[ỦU][YỶ] BAN|HỘI ĐỒNG) NHÂN|HỘI ĐỒNG|HỘI|TỈNH|THÀNH|THÀNH PHỐ|XÃ"
    r"|PHƯỜNG|HUYỆN)$"
)
"""Lines of a letterhead that cannot end there."""
_CUT_DATE: Final = re.compile(r"(?:,|\bngày(?:\s*\d{1,2})?|\btháng(?:\s*\d{1,2})?|\bnăm)$")
_REST_OF_DATE: Final = re.compile(r"^(?:ngày|\d{1,2}\s+tháng|tháng|\d{1,2}\s+năm|năm|\d{4})\b")
_SITTING: Final = re.compile(r"^(?:KH(?:ÓA|OÁ)\b|KỲ HỌP|NHIỆM KỲ|QUYẾT NGHỊ)")
"""What a council prints before the articles of a resolution: «KHÓA II, KỲ HỌP THỨ 2»."""
_PLACE: Final = re.compile(r"^(?:XÃ|PHƯỜNG|ĐẶC KHU|TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|THỊ TRẤN)\b")
_TWO_COLUMNS: Final = tuple(
    re.compile(rf"^(?P<left>{left})(?<=\S)\s+(?P<right>{right})$")
    for left, right in (
        (r".*", r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA.*"),
        (r".*", r"ĐẢNG CỘNG SẢN VIỆT NAM"),
        (r".*", r"Độc lập\s*[-–]\s*Tự do.*"),
        (r"(?:Số\b.*|\d+)[-/]\S*", r"[A-ZĐ][^,;/]{1,30}, ngày\b.*tháng\b.*năm\b.*"),
        (r".*", r"(?:TM|T/M|KT|TL|TUQ)\.\s?[A-ZĐ][^a-z]*"),
        (
            r"(?!(?:KT|TM|TL|TUQ)\.\s).*[;:.,]",
            r"(?:PHÓ |QUYỀN )?(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|TRƯỞNG PHÒNG)",
        ),
    )
)
"""Right columns that a copy without tabs prints behind the left one on the same line."""
LONGEST_TITLE_LINE: Final = 400
LONGEST_SECOND_LINE: Final = 100
_GOES_ON: Final = re.compile(
    r"^(?:Của|Và|Về việc|Đến (?:hết )?năm|Năm \d{4}|Giai đoạn|Trên địa bàn|Đối với|Định hướng"
    r"|Tầm nhìn|Gắn với|Tại|Thuộc)\b"
)
"""What cannot begin a preamble, and may begin the second line of a title that is typed in lines."""
_LOOK_AHEAD: Final = 8


def split_documents(blocks: Blocks) -> list[Blocks]:
    """Cut a file that holds several documents, each with a number of its own, into its documents.

    Decree 30/2020/NĐ-CP, annex I: each document has its own number; what is attached to one has
    none, or says to which it belongs.
    """
    segments = _split(_flatten(blocks.items))
    groups = [segments[0]]
    for segment in segments[1:]:
        if _has_own_number(segment, groups[-1]):
            groups.append(segment)
        else:
            groups[-1] = [*groups[-1], *segment]
    if len(groups) == 1:
        return [blocks]
    starts = [next((line for item in group for line in _lines_of(item)), 0) for group in groups]
    parts = [Blocks(group) for group in groups]
    for question in blocks.questions:
        _part_of_line(question.line, starts, parts).questions.append(question)
    for paragraph in blocks.left_out:
        _part_of_line(paragraph.line, starts, parts).left_out.append(paragraph)
    return parts


def _part_of_line(line: int, starts: Sequence[int], parts: Sequence[Blocks]) -> Blocks:
    at = max((at for at, start in enumerate(starts) if start <= line), default=0)
    return parts[at]


def _lines_of(item: Block) -> Iterator[int]:
    yield from [item.line] if isinstance(item, Paragraph) else [row.line for row in item.rows]


def _has_own_number(segment: list[Block], above: list[Block]) -> bool:
    """Whether a segment has a letterhead with another number, and is attached to nothing."""
    at = _find_type(segment)
    if at is None:
        return False
    kind = segment[at]
    assert isinstance(kind, Paragraph)
    after = [item.words.strip() for item in segment[at + 1 :][:_LOOK_AHEAD] if _is_text(item)]
    if _APPENDIX.match(kind.words.strip()) or any(map(_ATTACHED.match, after)):
        return False
    number = _number_above_type(segment)
    return number[1] is not None and number != _number_above_type(above)


def _number_above_type(segment: Sequence[Block]) -> tuple[str | None, str | None]:
    head = [item for item in segment[: _find_type(segment) or 0] if isinstance(item, Paragraph)]
    return _read_number(_join_cut_names(_lines(_unfold_columns(head))))


def _is_text(item: Block) -> TypeGuard[Paragraph]:
    return isinstance(item, Paragraph)


def _flatten(blocks: Iterable[Block]) -> list[Block]:
    """List paragraphs and tables of data: those tables that only place paragraphs are undone."""
    items: list[Block] = []
    for item in blocks:
        if isinstance(item, Table):
            items.extend(split_table(item))
        else:
            items.append(item)
    return items


def read_layout(blocks: Blocks) -> SourceDocument:
    """One file as a document; what stands after its signature are its attachments."""
    items = _flatten(blocks.items)
    documents = [_read_segment(segment, is_main=not at) for at, segment in enumerate(_split(items))]
    main = documents[0]
    questions = sorted((*blocks.questions, *main.questions), key=lambda question: question.line)
    left_out = [Line(line=one.line, words=one.whole) for one in blocks.left_out]
    return replace(
        main,
        attachments=tuple(documents[1:]),
        questions=tuple(questions),
        left_out=(*left_out, *main.left_out),
    )


def _split(items: list[Block]) -> list[list[Block]]:
    """Cut the file where an attached document begins."""
    starts = [0]
    has_content = has_body = has_ended = False
    for at, item in enumerate(items):
        if at and _starts_attachment(items, at, has_content, has_ended):
            starts.append(at)
            has_content = has_body = has_ended = False
        elif (isinstance(item, Paragraph) and _ends(item, has_body)) or (
            isinstance(item, Paragraph) and item.words.rstrip().endswith("./.")
        ):
            has_ended = True
        has_body = has_body or _is_counted(item)
        has_content = (
            has_content or has_body or (isinstance(item, Paragraph) and _is_type(item.words))
        )
    return [items[at:after] for at, after in zip(starts, [*starts[1:], len(items)], strict=True)]


def _starts_attachment(items: Sequence[Block], at: int, has_content: bool, has_ended: bool) -> bool:
    item = items[at]
    if isinstance(item, Table):
        is_data = find_header(item.rows, limit=3) is not None
        return has_ended and is_data
    words = item.words.strip()
    if item.number:
        return False
    if _APPENDIX.match(words) and has_content:
        return has_ended or item.starts_page or _is_announced(items, at)
    if not has_ended:
        return has_content and _opens_letterhead(items, at)
    if _ends(item, has_body=True):
        return False
    if _is_type(words) or _NATIONAL.search(words) or _APPENDIX_TITLED.match(words):
        return True
    if _opens_body(item):
        return True
    return is_caps(words) and _is_announced(items, at)


def _opens_letterhead(items: Sequence[Block], at: int) -> bool:
    """Whether a whole letterhead begins here: a body's name, number, the nation's, and a type."""
    first = items[at]
    if not _is_text(first) or not _BODY_NAMES.match(first.words.strip()):
        return False
    head: list[str] = []
    for item in items[at : at + 2 * _LOOK_AHEAD]:
        if not _is_text(item) or _is_type(item.words.strip()):
            break
        head += [piece.strip() for piece in _split_columns(item.words)]
    else:
        return False
    return any(map(_NATIONAL.search, head)) and any(map(_NUMBER_LINE.match, head))


def _is_announced(items: Sequence[Block], at: int) -> bool:
    """Whether the lines that follow show that a document begins here."""
    for item in items[at + 1 : at + 1 + _LOOK_AHEAD]:
        if isinstance(item, Table):
            return True
        words = item.words.strip()
        if _ATTACHED.match(words) or _NATIONAL.search(words) or _is_type(words):
            return True
        if _ends(item, has_body=True):
            return False
        if _opens_body(item):
            return True
    return False


def _opens_body(item: Paragraph) -> bool:
    marks = _marks_of(item)
    return any(mark.kind in STRUCTURAL and mark.is_first for mark in marks)


def _marks_of(item: Paragraph) -> list[Mark]:
    """Read the mark of a paragraph, computed or typed, in every way it can be read."""
    return read_automatic(item.number) if item.number else read_marks(item.words.strip())


def _is_counted(item: Block) -> bool:
    """Whether a block is of a body: a table, or a paragraph with a counted mark."""
    if isinstance(item, Table):
        return True
    marks = _marks_of(item)
    return any(not mark.is_bullet for mark in marks)


def _ends(item: Paragraph, has_body: bool) -> bool:
    """Whether a line begins the recipients or the signature.

    «CHỦ TỊCH ỦY BAN NHÂN DÂN» stands over the body of a decision too: then it ends nothing.
    """
    words = item.words.strip()
    if _RECIPIENTS.match(words):
        return True
    if item.number or not has_body:
        return False
    if _MAKER.match(words):
        return True
    if not (_ON_BEHALF.match(words) or _POSITION.match(words)):
        return False
    return words.isupper() or not words.endswith((".", ";", ":"))


def _is_type(words: str) -> bool:
    """Whether a line is the type of a document: `KẾ HOẠCH`, `Kế hoạch`, `… CỦA CHÍNH PHỦ`."""
    plain = words.strip(" .:*")
    folded = " ".join(fold(plain).split())
    if folded in TYPES:
        return plain[:1].isupper()
    kind, of, _ = folded.partition(" cua ")
    return bool(of) and kind in TYPES and plain.isupper() and len(plain) <= 80


def _split_type(words: str) -> str:
    """Find the type with which a longer line in capitals begins, empty when none."""
    if not is_caps(words):
        return ""
    printed = words.split()
    for count in range(min(4, len(printed)), 1, -1):
        if fold(" ".join(printed[:count])) in TYPES:
            return " ".join(printed[:count])
    return ""


@dataclass(slots=True)
class _Parts:
    """The blocks of each part of one document."""

    letterhead: list[Paragraph]
    type_lines: list[Paragraph]
    title: list[Paragraph]
    rest: list[Block]
    end: list[Paragraph]
    type: str


def _read_segment(items: list[Block], is_main: bool) -> SourceDocument:
    questions: list[Question] = []
    parts = _cut_parts(items, is_main, questions)
    preamble, body, closing = _cut_body(join_lines(parts.rest), questions, is_main)
    outline = build_outline(body)
    recipients, signature = _read_end(parts.end)
    letterhead = _lines(_unfold_columns(parts.letterhead))
    heads = _join_cut_names(letterhead)
    number, symbol = _read_number(heads)
    issuer = _read_issuer(heads, parts.type_lines, symbol, questions)
    date = _read_date(heads)
    return SourceDocument(
        letterhead=letterhead,
        type_lines=_lines(parts.type_lines),
        title_lines=_lines(parts.title),
        preamble=_lines(preamble),
        closing=_lines(closing),
        recipients=recipients,
        signature=signature,
        type=parts.type,
        title=" ".join(" ".join(line.words.split()) for line in parts.title),
        number=number,
        symbol=symbol,
        date=date,
        issuer=issuer,
        body=outline.provisions,
        left_out=outline.left_out,
        questions=(
            *questions,
            *_question_layout(parts, outline, signature, is_main, number or symbol, date),
        ),
    )


def _question_layout(
    parts: _Parts,
    outline: Outline,
    signature: tuple[Line, ...],
    is_main: bool,
    number: str | None,
    date: str | None,
) -> Iterator[Question]:
    yield from outline.questions
    if is_main and parts.letterhead and not number:
        yield Question(
            line=parts.letterhead[0].line,
            message="không đọc được số, ký hiệu văn bản ở phần đầu",
            hint='ghi number và symbol, ví dụ number: "45", symbol: KH-UBND',
        )
    dated = next((line for line in parts.letterhead if _SAYS_DAY.search(line.words)), None)
    if is_main and dated and not date:
        yield Question(
            line=dated.line,
            message="không đọc được ngày ban hành ở phần đầu",
            hint='ghi date, ví dụ date: "2026-06-12", hoặc "2026-06", "2026" khi chỉ in tháng, năm',
        )
    longest = 10
    if len(signature) > longest:
        yield Question(
            line=signature[0].line,
            message=f"phần ký có {len(signature)} dòng",
            hint="nếu có phụ lục lẫn vào thì tách thành phần riêng",
        )


def _cut_parts(items: list[Block], is_main: bool, questions: list[Question]) -> _Parts:
    at = _find_type(items)
    kind = ""
    type_lines: list[Paragraph] = []
    start = 0
    if at is not None:
        line = items[at]
        assert isinstance(line, Paragraph)
        type_lines = [line]
        kind = " ".join(line.words.split()).strip(" .:")
        start = at + 1
        after = items[start] if start < len(items) else None
        if (
            isinstance(after, Paragraph)
            and after.words.startswith("CỦA ")
            and after.words.isupper()
        ):
            type_lines.append(after)
            start += 1
    else:
        at = 0
        if is_main:
            at = start = _skip_letterhead(items)
            if start < len(items) and isinstance(first := items[start], Paragraph):
                kind = _split_type(first.words)
            if not kind:
                questions.append(
                    Question(
                        line=items[0].line if items and isinstance(items[0], Paragraph) else 1,
                        message="không thấy tên loại văn bản viết hoa, đứng riêng một dòng",
                        hint="xuống dòng trước và sau chữ ấy (ví dụ KẾ HOẠCH) rồi chạy lại",
                    )
                )
    letterhead = [item for item in items[:at] if isinstance(item, Paragraph)]
    tables = [item for item in items[:at] if isinstance(item, Table)]
    title, start = _take_title(items, start, type_lines, bool(kind))
    end = _find_end(items, start)
    rest = [*tables, *(_without_columns(item) for item in items[start:end])]
    ending = [item for item in items[end:] if isinstance(item, Paragraph)]
    rest += [item for item in items[end:] if isinstance(item, Table)]
    return _Parts(letterhead, type_lines, title, rest, ending, kind)


def _without_columns(item: Block) -> Block:
    if isinstance(item, Table):
        return item
    return replace(item, words=" ".join(item.words.split()))


def _find_end(items: Sequence[Block], start: int) -> int:
    """Where the recipients or the signature begin."""
    has_body = False
    for at in range(start, len(items)):
        item = items[at]
        if isinstance(item, Paragraph) and _ends(item, has_body):
            return at
        has_body = has_body or _is_counted(item)
    return len(items)


def _find_type(items: Sequence[Block]) -> int | None:
    """Where the type of the document stands, before its first division."""
    for at, item in enumerate(items):
        if isinstance(item, Table) or _RECIPIENTS.match(item.words.strip()):
            return None
        words = item.words.strip()
        if not item.number and (_is_type(words) or _APPENDIX.match(words)):
            return at
        if _opens_body(item):
            return None
    return None


def _skip_letterhead(items: Sequence[Block]) -> int:
    """Where the letterhead ends in a document without a line for its type."""
    last = 0
    for at, item in enumerate(items[:_LOOK_AHEAD]):
        if not isinstance(item, Paragraph) or _opens_body(item):
            break
        words = item.words.strip()
        if (
            _NATIONAL.search(words)
            or _NUMBER_LINE.match(words)
            or (_DATE.search(words) and len(words) < 80)
        ):
            last = at + 1
    return last


def _take_title(
    items: Sequence[Block], start: int, type_lines: Sequence[Paragraph], has_type: bool
) -> tuple[list[Paragraph], int]:
    """Take the title lines after the type, and find where the preamble starts."""
    title: list[Paragraph] = []
    if not has_type and not type_lines and not _is_caps_line(items, start):
        return title, start
    spaced = is_spaced(items[start:])
    at = start
    while at < len(items):
        item = items[at]
        if not isinstance(item, Paragraph) or _stops_title(item, bool(title)):
            break
        if title and not _goes_on_title(title[-1], item, spaced):
            break
        if not title and len(item.words) > LONGEST_TITLE_LINE:
            break
        title.append(item)
        at += 1
    return title, at


def _is_caps_line(items: Sequence[Block], at: int) -> bool:
    item = items[at] if at < len(items) else None
    return isinstance(item, Paragraph) and is_caps(item.words)


def _stops_title(item: Paragraph, has_title: bool) -> bool:
    words = item.words.strip()
    if item.number or _ATTACHED.match(words) or _ends(item, has_body=True):
        return True
    if read_marks(words) and not words.startswith(("-", "*")):
        return True
    return has_title and bool(_PREAMBLE.match(words)) and not item.is_bold


def _goes_on_title(previous: Paragraph, item: Paragraph, spaced: bool) -> bool:
    words = item.words.strip()
    if words[:1].islower() or words[:1].isdigit():
        return True
    if words.endswith((".", ":", ";")) and not words.isupper():
        return False
    if is_caps(words) and is_caps(previous.words):
        return True
    if (item.is_bold and previous.is_bold) or (item.is_centered and previous.is_centered):
        return True
    if _GOES_ON.match(words) and len(words) < LONGEST_SECOND_LINE:
        return True
    return item.is_hard_line and spaced and not item.after_blank


def _cut_body(
    blocks: list[Block], questions: list[Question], is_main: bool
) -> tuple[list[Paragraph], list[Block], list[Paragraph]]:
    """Cut what follows the title into preamble, body and closing."""
    top = _find_body(blocks)
    if top is None:
        top = _after_preamble(blocks)
        if is_main and blocks:
            first = blocks[top] if top < len(blocks) else blocks[-1]
            questions.append(
                Question(
                    line=first.line if isinstance(first, Paragraph) else 0,
                    message="không thấy phần đánh số đầu tiên sau trích yếu",
                    hint="ví dụ «I. MỤC ĐÍCH» hoặc «1. …»",
                )
            )
    last = next((at for at in range(top, len(blocks)) if _closes(blocks, at)), len(blocks))
    preamble = [block for block in blocks[:top] if isinstance(block, Paragraph)]
    closing = [block for block in blocks[last:] if isinstance(block, Paragraph)]
    body = [*blocks[top:last], *(block for block in blocks[last:] if isinstance(block, Table))]
    return preamble, body, closing


def _find_body(blocks: Sequence[Block]) -> int | None:
    """Where the first division stands: a table, a division, else a number, else a letter."""
    first_number = None
    for at, block in enumerate(blocks):
        if isinstance(block, Table):
            return at if first_number is None else first_number
        marks = _marks_of(block)
        if any(mark.kind in STRUCTURAL and _is_division(mark) for mark in marks):
            return at if first_number is None else first_number
        if not marks and is_caps_heading(block) and not _is_authority(block):
            return at if first_number is None else first_number
        if first_number is None and any(not mark.is_bullet for mark in marks):
            first_number = at
    if first_number is not None:
        return first_number
    return next((at for at, block in enumerate(blocks) if _has_bullet(block)), None)


def _is_division(mark: Mark) -> bool:
    """Whether a mark opens a division: a single capital only when it is the first one."""
    return mark.is_first or mark.kind != "upper.letter"


def _is_authority(block: Paragraph) -> bool:
    """Whether a line in capitals names who decides, or says «QUYẾT ĐỊNH:» before the articles."""
    words = block.words.strip()
    names = (_POSITION, _BODY_NAMES, _SITTING)
    return any(name.match(words) for name in names) or _is_type(words)


def _has_bullet(block: Block) -> bool:
    if not isinstance(block, Paragraph) or _PREAMBLE.match(block.words.lstrip("-–+ ")):
        return False
    return bool(_marks_of(block))


def _after_preamble(blocks: Sequence[Block]) -> int:
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if not isinstance(block, Paragraph) or not (
            _PREAMBLE.match(block.words) or _ATTACHED.match(block.words)
        ):
            return at
        at += 1
    return at


def _closes(blocks: Sequence[Block], at: int) -> bool:
    """Tell where the closing begins: «Trên đây là …», else a last unmarked «… ./.»."""
    block = blocks[at]
    if not isinstance(block, Paragraph) or block.number or read_marks(block.words):
        return False
    if _CLOSING.match(block.words):
        return not any(_opens_body(one) for one in blocks[at:] if isinstance(one, Paragraph))
    is_last = at == len(blocks) - 1 and at > 0 and block.words.rstrip().endswith("./.")
    return is_last and not _heads_next(blocks[at - 1])


def _heads_next(block: Block) -> bool:
    """Whether a marked line ends like a title, so that the next line is its content."""
    if not isinstance(block, Paragraph) or not (block.number or read_marks(block.words)):
        return False
    return not block.words.rstrip().endswith((".", ";", ","))


def _read_end(lines: Sequence[Paragraph]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Recipients (with their heading) and signature, in whichever order they stand."""
    recipients: list[Line] = []
    signature: list[Line] = []
    for paragraph in _unfold_columns(lines):
        line = Line(line=paragraph.line, words=" ".join(paragraph.whole.split()))
        if _RECIPIENTS.match(line.words):
            recipients.append(line)
        elif (
            not recipients
            or _is_signature(paragraph)
            or (signature and signature[-1].line > recipients[-1].line)
        ):
            signature.append(line)
        elif line.words[:1].islower() and recipients:
            recipients[-1] = replace(recipients[-1], words=f"{recipients[-1].words} {line.words}")
        elif (
            paragraph.number
            or read_marks(line.words)
            or line.words.endswith((";", ","))
            or fold(line.words).startswith("luu")
        ):
            recipients.append(line)
        else:
            signature.append(line)
    return tuple(recipients), tuple(signature)


def _is_signature(paragraph: Paragraph) -> bool:
    words = paragraph.words.strip()
    return bool(_ON_BEHALF.match(words) or _POSITION.match(words) or _SIGNED.match(words))


def _unfold_columns(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """Lines whose columns are parted by tabs, column by column."""
    columns: dict[int, list[Paragraph]] = {}
    for line in lines:
        pieces = _split_columns(line.words)
        for column, piece in enumerate(pieces):
            if re.search(r"\w", piece):
                number = line.number if column == 0 else ""
                part = replace(line, words=piece.strip(), number=number)
                columns.setdefault(min(column, 1), []).append(part)
    return [line for column in sorted(columns) for line in columns[column]]


def _split_columns(words: str) -> list[str]:
    if "\t" in words:
        return words.split("\t")
    if "|" in words:  # the cells of a table, as a copy from a page of the web prints them
        return [cell for part in words.split("|") if (cell := part.strip())]
    for pattern in _TWO_COLUMNS:
        if match := pattern.match(words):
            return [match["left"], match["right"]]
    return [words]


def _lines(paragraphs: Sequence[Paragraph]) -> tuple[Line, ...]:
    return tuple(Line(line=one.line, words=" ".join(one.whole.split())) for one in paragraphs)


def _join_cut_names(letterhead: Sequence[Line]) -> tuple[Line, ...]:
    """Join the lines of a letterhead that a narrow column cut: «ỦY» and «BAN NHÂN DÂN».

    So it is with «Vĩnh Long, ngày» and «06 tháng 6 năm 2022».
    """
    joined: list[Line] = []
    for line in letterhead:
        if joined and (
            _CUT_NAME.search(joined[-1].words)
            or (_CUT_DATE.search(joined[-1].words) and _REST_OF_DATE.match(line.words))
        ):
            joined[-1] = replace(line, words=f"{joined[-1].words} {line.words}")
        else:
            joined.append(line)
    return tuple(joined)


def _read_number(letterhead: Sequence[Line]) -> tuple[str | None, str | None]:
    """Read number and symbol: `45/KH-UBND`, `32-KH/ĐU`, `/KH - UBND` (blank number).

    A symbol keeps its own signs and loses the blanks around them.
    """
    for line in letterhead:
        match = _NUMBER.match(line.words)
        if match and (match["label"] or match["number"]):
            return match["number"] or None, "".join(match["symbol"].split())
    return None, None


def _read_date(letterhead: Sequence[Line]) -> str | None:
    match = next((match for line in letterhead if (match := _DATE.search(line.words))), None)
    if match is None:
        return None
    month = f"-{int(match['m']):02}" if match["m"] else ""
    day = f"-{int(match['d']):02}" if match["d"] and month else ""
    return f"{match['y']}{month}{day}"


def _read_issuer(
    letterhead: Sequence[Line],
    type_lines: Sequence[Paragraph],
    symbol: str | None,
    questions: list[Question],
) -> str | None:
    """Find who issues, as printed: the last name in the letterhead, or `CỦA …`."""
    for type_line in type_lines:
        _, of, name = " ".join(type_line.words.split()).partition("CỦA ")
        if of and name:
            return name
    names: list[Line] = []
    for line in letterhead:
        if names and _PLACE.match(line.words) and line.line == names[-1].line + 1:
            # «ỦY BAN NHÂN DÂN» and the name of its place on the line below are one name.
            names[-1] = Line(line=line.line, words=f"{names[-1].words} {line.words}")
        elif _BODY_NAMES.match(line.words) and not _NATIONAL.search(line.words):
            names.append(line)
    if not names:
        return None
    own = names[-1]
    committee = next(
        (name for name in names if re.match(r"U\w?BND|[ỦU]\w* BAN NHÂN DÂN|UBND", name.words)), None
    )
    if committee and committee is not own and symbol and symbol.endswith("UBND"):
        questions.append(
            Question(
                line=own.line,
                message=f"ký hiệu {symbol} là của Ủy ban nhân dân, phần đầu lại ghi «{own.words}»",
                hint=f"cơ quan ban hành tạm ghi «{committee.words}»; so với phần ký",
            )
        )
        return committee.words
    return own.words
