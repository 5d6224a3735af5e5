"""Where a line may break: not inside a word of several syllables, not before a dash.

Vietnamese is written with a blank between syllables, so a browser breaks «Văn / hóa» and begins
lines with «- Xã hội». Words of this site come in; the same letters go out, with blanks that hold.
Words of a document keep their blanks, whoever copies them: what holds is put between two marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_NO_BREAK = "\u00a0"
COMPOUNDS = (
    *(
        "an sinh",
        "báo cáo",
        "bảo vệ",
        "biến đổi",
        "chính phủ",
        "chính quyền",
        "chính sách",
        "chính trị",
    ),
    *("chuyển đổi số", "công an", "công nghệ", "cộng đồng", "cơ quan", "dân tộc", "di sản"),
    *("doanh nghiệp", "du lịch", "đào tạo", "địa phương", "đoàn thể", "đổi mới", "đơn vị"),
    *("giai đoạn", "giáo dục", "hội đồng", "hợp tác", "kế hoạch", "khí hậu", "khoa học"),
    *("kinh tế", "lao động", "mặt trận", "môi trường", "nhân dân", "nội vụ", "nông nghiệp"),
    *("nông thôn", "phát triển", "phụ nữ", "quốc tế", "sáng tạo", "tài chính", "thanh niên"),
    *("thành phố", "thể thao", "thông tin", "tổ chức", "tổ quốc", "trẻ em", "truyền thông"),
    *("tư pháp", "UBND huyện", "UBND phường", "UBND tỉnh", "UBND xã", "ủy ban", "văn hóa"),
    *("việt nam", "xã hội", "xây dựng", "y tế"),
)
"""Words that names of programmes and bodies are made of; none of them too long for a line of the
narrowest screen whose letters are twice as large."""
_CAPITALS = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
_LETTERS = "a-zà-öø-ýăđĩũơư" + "".join(map(chr, range(0x1EA1, 0x1EFA, 2)))


def _match_any(words: Iterable[str]) -> str:
    r"""Return a pattern for any of the words, in which what they begin with stands once.

    A hundred alternatives one after the other take twice the time.

    >>> _match_any(["xã hội", "xây dựng"])
    'x(?:ã\\ hội|ây\\ dựng)'
    """
    by_letter: dict[str, list[str]] = {}
    for word in words:
        by_letter.setdefault(word[:1], []).append(word[1:])
    branches = [
        re.escape(letter) + (_match_any(rests) if len(rests) > 1 else re.escape(rests[0]))
        for letter, rests in by_letter.items()
    ]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


_FORMS = dict.fromkeys(
    form
    for word in COMPOUNDS
    for form in (word, word[0].upper() + word[1:], word.title(), word.upper())
)
_MARKS_AFTER = r"(?!\w)[^\s<]*(?: [-–](?= ))?"
_COMPOUND = re.compile(rf"(?<![^\s>])(?:&#\d\d;|[^\w\s<>&])*{_match_any(_FORMS)}{_MARKS_AFTER}")
"""A word with the marks around it: whoever reads a page's text piece by piece gets whole words."""
_PLACE = re.compile(
    r"([XxPpTtHhk](?:(?<=[Xx])ã|(?<=[Pp])hường|(?<=[Tt])ỉnh|(?<=p)hố|(?<=[Hh])uyện|(?<=k)hu) )"
    rf"([{_CAPITALS}][{_LETTERS}]+(?: [{_CAPITALS}][{_LETTERS}]+){{1,2}}{_MARKS_AFTER})"
)
"""What kind of place, and its name, which may stand on another line. Its first letter is one class,
for which `re` looks through a text in half the time of as many alternatives."""
_TAG = re.compile(r"(<[^<>]*>)")
_CODE_STARTS, _CODE_ENDS = ("<pre", "<code"), ("</pre", "</code")
_TEMPLATE_CODE = re.compile(r"(\{%.*?(?:%\}|\Z)|\{\{.*?(?:\}\}|\Z)|\{#.*?(?:#\}|\Z))", re.DOTALL)
"""What is not closed goes to the end, or each opening would be sought an end for in vain."""
_TEMPLATE_COMPOUND = re.compile(_COMPOUND.pattern.replace(r"\ ", r"\s+"))
"""The same in the source of a template, where lines break anywhere."""
_TEXT_ALONE = frozenset(
    ("code", "desc", "option", "pre", "script", "style", "svg", "textarea", "title")
)
"""Elements that hold no other elements, or whose text is not set in lines."""
_ELEMENT = re.compile(r"(/?)(\w*)")


def mark_whole_words(text: str, before: str, after: str) -> str:
    """Put two marks around what no line may break within; the blanks stay what they are.

    `text` is plain or escaped.

    >>> mark_whole_words("về (Văn hóa) - Xã hội ở xã Nam Sách.", "[", "]")
    'về [(Văn hóa) -] [Xã hội] ở xã [Nam Sách.]'
    """
    # `re` reads a template of what to put for each match anew, which takes longer than a function.
    marked = _PLACE.sub(lambda match: f"{match[1]}{before}{match[2]}{after}", text)
    return _COMPOUND.sub(lambda match: f"{before}{match[0]}{after}", marked)


def mark_whole_words_of_html(html: str, before: str, after: str) -> str:
    """Do the same to the text of HTML, outside code, which is copied to be run.

    >>> mark_whole_words_of_html('<b title="y tế">y tế</b> <code>y tế</code>', "[", "]")
    '<b title="y tế">[y tế]</b> <code>y tế</code>'
    """
    marked = []
    depth = 0
    for part in _TAG.split(html):
        depth += part.startswith(_CODE_STARTS) - part.startswith(_CODE_ENDS)
        is_text = not depth and not part.startswith("<")
        marked.append(mark_whole_words(part, before, after) if is_text else part)
    return "".join(marked)


def mark_whole_words_of_template(source: str, mark: Callable[[str], str]) -> str:
    r"""Do the same to what a template says in its own words, not to what it is told to say.

    >>> mark_whole_words_of_template('<p title="y tế">Về y\n tế {{ "y tế" }}</p>', "[{}]".format)
    '<p title="y tế">Về [y\n tế] {{ "y tế" }}</p>'
    """
    marked = []
    in_tag = False
    depth = 0
    for number, piece in enumerate(_TEMPLATE_CODE.split(source)):
        if number % 2:
            marked.append(piece)
            continue
        for part in re.split("([<>])", piece):
            if part == ">":
                in_tag = False
            elif in_tag and marked[-1] == "<" and (tag := _ELEMENT.match(part)):
                depth += (tag[2] in _TEXT_ALONE) * (-1 if tag[1] else 1)
            elif not in_tag and not depth:
                part = _TEMPLATE_COMPOUND.sub(lambda match: mark(match[0]), part)
            in_tag = in_tag or part == "<"
            marked.append(part)
    return "".join(marked)


def keep_words_whole(text: str) -> str:
    r"""Return a heading that breaks between words only, and after a dash, not before it.

    >>> keep_words_whole("Văn hóa - Xã hội ở xã Nam Sách").split(" ")
    ['Văn\xa0hóa\xa0-', 'Xã\xa0hội', 'ở', 'xã', 'Nam\xa0Sách']
    """
    whole = _COMPOUND.sub(lambda match: match[0].replace(" ", _NO_BREAK), text)
    whole = _PLACE.sub(lambda match: match[1] + match[2].replace(" ", _NO_BREAK), whole)
    for dash in "-–":
        whole = whole.replace(f" {dash} ", f"{_NO_BREAK}{dash} ")
    return whole
