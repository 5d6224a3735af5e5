"""Text typed in the old Vietnamese fonts, to Unicode.

Comes in: text as TCVN3 (ABC, `.VnTime`) or VNI fonts keep it, in the places of Latin-1
letters. Goes out: the same text in Unicode. Sources: TCVN 5712:1993; the VNI font tables.
"""

from __future__ import annotations

import re
from typing import Final

from congkhai.text.vietnamese import nfc

TCVN3: Final = dict(
    zip(
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñóô\xadõö÷øùúûüýþ¡¢£¤¥¦§ò",
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐũ",
        strict=True,
    )
)
_TCVN3_TABLE: Final = str.maketrans(TCVN3)

_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HATS = {"â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309"}
_HATS |= {"ã": "\u0302\u0303", "ä": "\u0302\u0323"}
_BREVES = {"ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309"}
_BREVES |= {"ü": "\u0306\u0303", "ë": "\u0306\u0323"}
_VNI_SINGLE = {"ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư"}


def _vni_pairs() -> dict[str, str]:
    pairs: dict[str, str] = {}
    for base, marks in (
        ("a", _TONES | _HATS | _BREVES),
        ("e", _TONES | _HATS),
        ("o", _TONES | _HATS),
        ("u", _TONES),
        ("y", _TONES),
        ("ô", _TONES),
        ("ö", _TONES),
    ):
        for sign, mark in marks.items():
            letter = nfc(_VNI_SINGLE.get(base, base) + mark)
            pairs[base + sign] = letter
            pairs[(base + sign).upper()] = letter.upper()
            pairs[base.upper() + sign] = letter.upper()
    for sign, letter in _VNI_SINGLE.items():
        pairs[sign] = letter
        pairs[sign.upper()] = letter.upper()
    return pairs


_VNI: Final = _vni_pairs()
_VNI_PATTERN: Final = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def convert_tcvn3(text: str) -> str:
    """Convert TCVN3 text to Unicode.

    >>> convert_tcvn3("KÕ ho¹ch hµnh ®éng")
    'Kế hoạch hành động'
    """
    return text.translate(_TCVN3_TABLE)


def convert_vni(text: str) -> str:
    """Convert VNI text to Unicode.

    >>> convert_vni("Keá hoaïch phaùt trieån, ñôn vò ÑÒNH HÖÔÙNG")
    'Kế hoạch phát triển, đơn vị ĐỊNH HƯỚNG'
    """
    return _VNI_PATTERN.sub(lambda match: _VNI[match[0]], text)


def convert_by_font(text: str, font: str) -> str:
    """Convert text of an old Vietnamese font to Unicode; leave any other as it is.

    Fonts of TCVN3 whose name ends in H draw small letters as capitals.

    >>> convert_by_font("KÕ ho¹ch", ".VnTimeH"), convert_by_font("Kế hoạch", "Arial")
    ('KẾ HOẠCH', 'Kế hoạch')
    """
    if font.startswith(".Vn"):
        converted = convert_tcvn3(text)
        return converted.upper() if font.endswith("H") else converted
    return convert_vni(text) if font.upper().startswith("VNI-") else text
