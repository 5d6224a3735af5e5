r"""Bytes of a data file to clean Vietnamese text, or the faults that no reader would see.

Comes in: the bytes of one file. Goes out: text in composed form (NFC) with `\n` at line
ends, and problems: another encoding than UTF-8, text pasted from TCVN3 or VNI fonts,
invisible characters, letters that only look like Latin ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from congkhai.data.problem import Problem
from congkhai.text.old_fonts import TCVN3, convert_tcvn3
from congkhai.text.vietnamese import fold, nfc

MAX_BYTES = 1024 * 1024
"""Most bytes of a data file; the longest of the sources has 40 KB."""

_SAVE_AS = (
    "mở tệp bằng Notepad, chọn Lưu dưới dạng (Save As), ô Mã hóa (Encoding) chọn UTF-8; "
    "tệp Word thì mở bằng Word, lưu loại Plain Text"
)
_VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
_TONE_MARKS = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_VIETNAMESE = nfc("".join(vowel + tone for vowel in _VOWELS for tone in _TONE_MARKS)) + "đĐ"
_STRANGE = re.compile(f"[^ -~\n\t“”‘’«»–—…•{_VIETNAMESE}]")
"""Characters that Vietnamese texts do not have: most files have none and need no more checks."""

_TCVN3_WORD = re.compile(f"[A-Za-z{re.escape(''.join(TCVN3))}]{{2,}}")
_TCVN3_CERTAIN = re.compile("[A-Za-z][¸¹¶¾¼¨©ª¬®µ][A-Za-z]")
_TCVN3_SIGNS = frozenset(TCVN3) - set(_VIETNAMESE) - set("«»·")
_SYLLABLE = re.compile(
    r"(?:b|ch?|d|gh?|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
    r"(?:a[iouy]?|e[ou]?|i(?:a|u|eu?)?|o(?:[ioe]|a[ioy]?|eo)?"
    r"|u(?:[eu]|a[y]?|i|o[iu]?|y(?:[au]|eu?)?)?|y(?:a|eu?)?)"
    r"(?:ch?|m|ng?h?|p|t)?",
)
_TONES = frozenset(_TONE_MARKS[1:])

# VNI fonts write a letter and its marks as two Latin-1 letters: hoaïch, phaùt, ñieän.
_VNI_SIGNS = frozenset("øûïåäüëñöæîØÛÏÅÄÜËÑÖÆÎ")
_VNI_LETTER = re.compile("a[ùøûõïâêáàåãäéèúüë]|e[ùøûõïâáàåãä]|o[øûïåä]|[uyôö][øûï]", re.IGNORECASE)
_WORD = re.compile(r"\w+")

# UTF-8 read as Windows-1252 or Latin-1: á → Ã¡, ế → áº¿, đ → Ä‘, ư → Æ°, “ → â€œ.
_MOJIBAKE = re.compile(
    "Ã[\x80-\xa0¡-º¼-¿ƒ‚„€…†‡ˆ‰Š‹Œ™š›œžŸ]|áº[\x80-\xbf‚-›€ƒŠŒŽšœžŸˆ˜™]"
    "|á»[\x80-\x9f¡-¿€‚ƒ„†‡ˆ‰Š‹ŒŽ‘’•˜™š›œžŸ]"
    "|Ä[\x91\x90‘\x83ƒ‚]|Æ[°¯¡\xa0]|â€[œ\x9d“”˜™¦\x9c\x93\x94]|\ufffd"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_INVISIBLE = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\U000e0000-\U000e0fff]"
)
_NO_CHARACTER = re.compile(
    "[\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
"""Code points that stand for no character, and never will (Unicode 16, section 23.7)."""
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
"""Signs that each font draws as it likes: the bullets of Symbol and Wingdings. A plan goes without
those that its source has."""
_STACKED_MARKS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{8,}"
)
"""Marks on one letter that cover the lines around it. A Vietnamese letter leaves none; a few are
shown as they are, as in phonetic writing."""
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LOOK_ALIKES = "аеорсухіјѕһԁԛԝАВЕКМНОРСТХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαρυν"
_LATIN_OR_ALIKE_WORD = re.compile(f"[A-Za-z0-9{_VIETNAMESE}{_LOOK_ALIKES}-]+")
_LOOK_ALIKE = re.compile(f"[{_LOOK_ALIKES}]")
_LATIN = re.compile(f"[A-Za-z{_VIETNAMESE}]")
_BLANK = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INDENT = re.compile(rf"^[ \t]*({_BLANK.pattern})", re.MULTILINE)
_SPACE_OR_END = re.compile(r"\s|$")
_COMMON_WORDS = (
    *("của", "và", "các", "kế", "hoạch", "thực", "hiện", "nhân"),
    *("dân", "triển", "phát", "tỉnh", "nội", "đơn", "vị", "sở"),
)
_ETH = re.compile("[ÐðƉ]")
_LETTERS_FOR_ETH = str.maketrans("ÐðƉ", "ĐđĐ")
_LINE_END = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")


def decode(raw: bytes, path: str) -> tuple[str | None, list[Problem]]:
    r"""Decode a file: its text and the problems of its characters; or None and the reason.

    A byte order mark, `\r\n` and decomposed letters (macOS) are no fault of the editor
    and are corrected without a problem.
    """
    if len(raw) > MAX_BYTES:
        return None, [
            Problem(
                path,
                0,
                0,
                "tệp dài quá 1 MB",
                "mỗi tệp chỉ một văn bản; kiểm tra có dán nhầm không",
            )
        ]
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or _looks_utf16(raw):
        return None, [Problem(path, 1, 0, "tệp lưu bằng mã UTF-16, không phải UTF-8", _SAVE_AS)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return None, [
            Problem(path, line, 0, f"tệp không lưu bằng mã UTF-8{_guess_encoding(raw)}", _SAVE_AS)
        ]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if is_usual(text):  # in composed form as well: decomposed letters are not usual
        return text, []
    text = nfc(text)
    return text, list(inspect(text, path))


def is_usual(text: str) -> bool:
    """Return whether a text has only letters, digits and signs of Vietnamese texts."""
    return not _STRANGE.search(text)


def inspect(text: str, path: str) -> Iterator[Problem]:
    """Yield problems of characters: each kind once, at its first place, with their number.

    A text in a wrong encoding or font has that problem only: the others follow from it.
    """
    if is_usual(text):
        return
    strange = frozenset(_STRANGE.findall(text))
    fault = _find_mojibake(text) or _find_old_font(text, strange)
    if fault:
        yield _describe(text, path, fault)
        return
    for find in (
        _find_control,
        _find_invisible,
        _find_no_character,
        _find_stacked_marks,
        _find_blank_indent,
        _find_look_alike,
        _find_eth,
    ):
        fault = find(text, strange)
        if fault:
            yield _describe(text, path, fault)


class _Fault(NamedTuple):
    """A kind of wrong character, and every place that has it."""

    places: list[re.Match[str]]
    message: str
    hint: str


def _describe(text: str, path: str, fault: _Fault) -> Problem:
    """Return a fault at its first place, with the number of the others."""
    more = f" (và {len(fault.places) - 1} chỗ nữa)" if len(fault.places) > 1 else ""
    line, column = position(text, fault.places[0].start())
    return Problem(path, line, column, fault.message + more, fault.hint)


def _find_mojibake(text: str) -> _Fault | None:
    places = list(_MOJIBAKE.finditer(text))
    if not places:
        return None
    return _Fault(
        places,
        f"chữ bị lỗi phông: «{_word_at(text, places[0].start())}»",
        "chép lại từ văn bản gốc và lưu bằng mã UTF-8",
    )


def guess_old_font(text: str) -> str:
    """Guess the old font a text was typed in: `VNI`, `TCVN3 (ABC, .VnTime)`, or `""` for none."""
    return _places_of_old_font(text, frozenset(_STRANGE.findall(text)))[1]


def _places_of_old_font(text: str, strange: frozenset[str]) -> tuple[list[re.Match[str]], str]:
    vni = _find_vni(text) if strange & _VNI_SIGNS else []
    tcvn3 = _find_tcvn3(text) if strange & _TCVN3_SIGNS else []
    if not vni and not tcvn3:
        return [], ""
    return (vni, "VNI") if len(vni) >= len(tcvn3) else (tcvn3, "TCVN3 (ABC, .VnTime)")


def _find_old_font(text: str, strange: frozenset[str]) -> _Fault | None:
    places, font = _places_of_old_font(text, strange)
    if not places:
        return None
    return _Fault(
        places,
        f"chữ gõ bằng phông {font}: «{places[0][0]}»",
        "chuyển sang Unicode bằng Unikey (Ctrl+Shift+F6) rồi dán lại",
    )


def _find_control(text: str, strange: frozenset[str]) -> _Fault | None:
    if not _CONTROL.search("".join(strange)):
        return None
    places = list(_CONTROL.finditer(text))
    return _Fault(
        places,
        f"có ký tự ẩn U+{ord(places[0][0]):04X}",
        "xóa rồi gõ lại chỗ này; thường do dán từ phần mềm khác",
    )


def _find_invisible(text: str, strange: frozenset[str]) -> _Fault | None:
    if not _INVISIBLE.search("".join(strange)):
        return None
    places = list(_INVISIBLE.finditer(text))
    char = places[0][0]
    kind = "ký tự đảo chiều chữ" if char in _DIRECTION else "ký tự vô hình"
    return _Fault(
        places,
        f"{kind} U+{ord(char):04X} trong «{_word_at(text, places[0].start())}»",
        "xóa và gõ lại từ này",
    )


def _find_no_character(text: str, strange: frozenset[str]) -> _Fault | None:
    signs = "".join(strange)
    for pattern, kind in (
        (_NO_CHARACTER, "mã không phải là chữ"),
        (PRIVATE_USE, "ký hiệu riêng của một phông chữ"),
    ):
        if pattern.search(signs):
            places = list(pattern.finditer(text))
            word = _word_at(text, places[0].start())
            where = f", cạnh «{word}»" if word else ""
            return _Fault(
                places,
                f"{kind} U+{ord(places[0][0]):04X}{where}: người đọc không thấy chữ gì",
                "thay bằng dấu nhìn thấy trong văn bản, ví dụ • hoặc -; không thấy gì thì xóa",
            )
    return None


def _find_stacked_marks(text: str, strange: frozenset[str]) -> _Fault | None:
    places = list(_STACKED_MARKS.finditer(text))
    if not places:
        return None
    word = _word_at(text, places[0].start())
    return _Fault(
        places,
        f"{len(places[0][0])} dấu chồng lên một chữ trong «{word}»",
        "xóa và gõ lại từ này",
    )


def _find_blank_indent(text: str, strange: frozenset[str]) -> _Fault | None:
    places = list(_INDENT.finditer(text)) if _BLANK.search("".join(strange)) else []
    if not places:
        return None
    return _Fault(
        places,
        f"đầu dòng có dấu cách lạ U+{ord(places[0][1]):04X}",
        "thụt dòng bằng dấu cách thường (phím cách)",
    )


def _find_look_alike(text: str, strange: frozenset[str]) -> _Fault | None:
    if strange.isdisjoint(_LOOK_ALIKES):
        return None
    places = [
        match
        for match in _LATIN_OR_ALIKE_WORD.finditer(text)
        if _LOOK_ALIKE.search(match[0]) and _LATIN.search(match[0])
    ]
    if not places:
        return None
    word = places[0][0]
    letter = next(char for char in word if char in _LOOK_ALIKES)
    script = "Hy Lạp" if letter < "\u0400" else "Kirin (Nga)"
    return _Fault(
        places,
        f"chữ «{letter}» trong «{word}» là chữ {script}, chỉ giống chữ Latin",
        "gõ lại từ này bằng bàn phím Việt hoặc Anh",
    )


def _find_eth(text: str, strange: frozenset[str]) -> _Fault | None:
    places = list(_ETH.finditer(text))
    if not places:
        return None
    letter = places[0][0]
    return _Fault(
        places,
        f"chữ «{letter}» (U+{ord(letter):04X}) trong «{_word_at(text, places[0].start())}»"
        " không phải chữ Đ tiếng Việt",
        "gõ lại là Đ hoặc đ",
    )


def position(text: str, index: int) -> tuple[int, int]:
    """Return line and column of a place in the text, both from 1."""
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


def _word_at(text: str, index: int) -> str:
    """Return the word around an index, without characters that are not seen."""
    start = max(text.rfind(" ", 0, index), text.rfind("\n", 0, index)) + 1
    end = _SPACE_OR_END.search(text, index)
    word = text[start : end.start() if end else index + 1]
    for unseen in (_CONTROL, _INVISIBLE, _NO_CHARACTER, PRIVATE_USE, _STACKED_MARKS):
        word = unseen.sub("", word)
    return word[:40]


def _looks_utf16(raw: bytes) -> bool:
    head = raw[:2000]
    return len(head) >= 8 and max(head[::2].count(0), head[1::2].count(0)) > len(head) // 4


def _guess_encoding(raw: bytes) -> str:
    """Name the old Vietnamese encoding in which common words appear; empty when none does."""
    readings = {
        "Windows-1258": nfc(raw.decode("cp1258", "ignore")),
        "TCVN3 (ABC)": convert_tcvn3(raw.decode("latin-1")),
    }
    scores = {}
    for name, text in readings.items():
        words = re.findall(r"\w+", text.lower())
        scores[name] = sum(words.count(word) for word in _COMMON_WORDS)
    best = max(scores, key=lambda name: scores[name])
    return f"; có vẻ là {best}" if scores[best] else ""


def _find_vni(text: str) -> list[re.Match[str]]:
    words = [match for match in _WORD.finditer(text) if _VNI_LETTER.search(match[0])]
    return words if len({match[0].lower() for match in words}) > 1 else []


def _find_tcvn3(text: str) -> list[re.Match[str]]:
    """Find words that are no Vietnamese as they stand, and are Vietnamese read as TCVN3.

    One such word can be a foreign name; two, or a sign such as ¹ inside a word, cannot.
    """
    words = []
    for match in _TCVN3_WORD.finditer(text):
        if not _TCVN3_SIGNS.isdisjoint(match[0]) and match[0][0] != "µ":
            word = convert_tcvn3(match[0])
            tones = sum(char in _TONES for char in unicodedata.normalize("NFD", word))
            if tones <= 1 and _SYLLABLE.fullmatch(fold(word)):
                words.append(match)
    certain = any(_TCVN3_CERTAIN.search(match[0]) for match in words)
    return words if certain or len(words) > 1 else []


def clean(text: str) -> str:
    r"""Take out what nobody can have meant: signs that are not seen, other blanks, Ð for Đ.

    For what people paste into a form or a workbook; `theme/assets/reporting/text.js` does the same.
    A file is left as it is, and its faults are told.

    >>> clean("\ufeffÐã\xa0mở\u200b 3 lớp")
    'Đã mở 3 lớp'
    """
    if is_usual(text):
        return text
    text = _LINE_END.sub("\n", nfc(text))
    for unseen in (_CONTROL, _INVISIBLE, _NO_CHARACTER):
        text = unseen.sub("", text)
    return _BLANK.sub(" ", PRIVATE_USE.sub("•", text)).translate(_LETTERS_FOR_ETH)


# ---------------------------------------------------------------- in a browser

PATTERNS: Final[Mapping[str, re.Pattern[str]]] = {
    "control": _CONTROL,
    "invisible": _INVISIBLE,
    "noCharacter": _NO_CHARACTER,
    "privateUse": PRIVATE_USE,
    "blank": _BLANK,
    "stackedMarks": _STACKED_MARKS,
    "mojibake": _MOJIBAKE,
    "latinOrAlikeWord": _LATIN_OR_ALIKE_WORD,
    "lookAlike": _LOOK_ALIKE,
    "latin": _LATIN,
    "word": _WORD,
    "vniLetter": _VNI_LETTER,
    "tcvn3Word": _TCVN3_WORD,
    "tcvn3Certain": _TCVN3_CERTAIN,
    "syllable": _SYLLABLE,
}
"""What `theme/assets/reporting/text.js` looks for, by the names that it has there."""
SIGNS_OF_FONTS: Final = {
    "vni": "".join(sorted(_VNI_SIGNS)),
    "tcvn3": "".join(sorted(_TCVN3_SIGNS)),
}
