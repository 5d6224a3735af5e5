"""Which units of the register stand for several bodies of one place, whatever their nature is.

A unit of the register and the level of a plan's place come in; whether a report in the unit's
name can tell of a part of those bodies only goes out. «Các thôn» are residents, «Các trường học»
schools, «Các doanh nghiệp» neither: the nature says what they are, not how many.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from congkhai.data import registers
from congkhai.text.vietnamese import nfc

_MANY: Final = frozenset({"group", "residents"})
"""A commune has several of each: hamlets, their heads, groups of residents."""
_RANKS: Final[Mapping[registers.Level, int]] = {
    "central": 0,
    "province": 1,
    "district": 2,
    "commune": 3,
}
_TYPE: Final = (
    r"(?:cơ quan|đơn vị|tổ chức|địa phương|bộ|sở|ban|phòng|ngành|tỉnh|thành phố|huyện|quận"
    r"|thị xã|xã|phường|đặc khu|thôn|bản|làng|ấp|khóm|buôn|khu phố|khu dân cư|tổ dân phố|tổ dân cư"
    r"|hội|đoàn thể|đoàn|chi hội|chi đoàn|chi bộ|đảng bộ|trường|trường học|nhà trường"
    r"|cơ sở giáo dục|cơ sở y tế|cơ sở kinh doanh|cơ sở sản xuất|doanh nghiệp|hợp tác xã|hộ"
    r"|hộ gia đình|hộ kinh doanh|cá nhân|gia đình|người dân|nhân dân)"
    r"(?: chuyên môn| sự nghiệp| chức năng| chính trị - xã hội| chính trị xã hội| xã hội| hội"
    r"| đoàn thể)?"
)
"""A kind of body that a place has several of; alone it names none of them."""
_WHERE: Final = r"(?:liên quan|có liên quan|trực thuộc|trên địa bàn|thuộc|cấp|của|khác|ở)\b"
_SEVERAL: Final = re.compile(
    r"(?:các|những|mọi|mỗi|từng|toàn thể|tất cả|một số)\b"
    rf"|{_TYPE}(?:(?:\s*[,;/]\s*|\s+-\s+|\s+và\s+){_TYPE}\b|\s+{_WHERE}|$)"
)
"""How a name begins that is of several: «Các trường», «Sở, ban, ngành», «Đơn vị liên quan»."""
_OF_SEVERAL_PLACES: Final = re.compile(
    r"\b(?:các|từng|mỗi) (?:xã|phường|đặc khu|thôn|bản|làng|ấp|khu phố|tổ dân phố|huyện|quận|thị xã"
    r"|tỉnh|thành phố|địa phương|đơn vị|cơ quan|sở|trường|chi bộ)\b"
    r"|\bliên quan$"
)
"""«UBND các xã», «Công an các xã, phường», «Trưởng các thôn»."""
_IS_ONE: Final = re.compile(
    r"(?:liên hiệp|liên đoàn|liên minh|hiệp hội|hội đồng(?! nhân dân)|câu lạc bộ|quỹ|cụm|khối)\b"
    r"|(?:ban quản lý|ban chỉ đạo|ban điều phối|văn phòng)\b"
    r"(?!.*\bcác (?:xã|phường|đặc khu|thôn|huyện|tỉnh))"
)
"""One body that is over several: «Ban Quản lý các khu công nghiệp», «Cụm thi đua các xã»."""
_OF_THE_COUNTRY: Final = re.compile(r"\s+(?:Việt Nam|VN)$")


def stands_for_several(unit: registers.Unit, level: registers.Level) -> bool:
    """Tell whether a unit stands for several bodies in a plan of a place of that level.

    It does by its nature, by its name, or as a kind of body of a lower level: a province has many
    «Công an xã», and one «UBND phường Hải Dương».
    """
    if unit.nature in _MANY or is_name_of_several(unit.name):
        return True
    return all(_RANKS[one] > _RANKS[level] for one in unit.level) and not _is_named(unit.name)


def _is_named(name: str) -> bool:
    """Tell whether a name ends as that of one body does: with a name of a place, or a number."""
    last = _OF_THE_COUNTRY.sub("", nfc(name).strip()).replace(".", " ").split()[-1]
    return last.isdigit() or last == last.capitalize() != last.lower()


@lru_cache(maxsize=4096)
def is_name_of_several(name: str) -> bool:
    """Tell whether a name is that of several bodies.

    >>> [is_name_of_several(name) for name in ("Các thôn", "Phòng, ban chuyên môn", "UBND các xã")]
    [True, True, True]
    >>> is_name_of_several("Ban Quản lý các khu công nghiệp"), is_name_of_several("Phòng Kinh tế")
    (False, False)
    """
    words = nfc(name).lower().strip()
    if _IS_ONE.match(words):
        return False
    return bool(_SEVERAL.match(words) or _OF_SEVERAL_PLACES.search(words))
