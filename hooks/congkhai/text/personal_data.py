"""Personal data in a text: numbers, addresses and circumstances that belong to one person.

Comes in: a text as people type it, with its spellings of numbers: in groups, with dots or
brackets, full-width, O for 0, across a line. Goes out: the kinds of data that the text seems to
hold, never the data itself: the output of checks is public. Source: Luật Bảo vệ dữ liệu cá nhân
91/2025/QH15, in force since 01/01/2026; Nghị định 356/2025/NĐ-CP on sensitive data.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from congkhai.text.vietnamese import fold


@dataclass(frozen=True, slots=True)
class PersonalData:
    """A kind of personal data, and how sure it is that a text holds it."""

    name: str
    """Vietnamese: «số điện thoại di động»."""
    is_certain: bool
    """False where only a person can tell: a year of birth, an illness."""
    instead: str
    """Vietnamese: what to write in its place."""


def _number(name: str) -> PersonalData:
    return PersonalData(name, True, "bỏ số đó, chỉ ghi nội dung công việc")


def _circumstance(name: str, instead: str) -> PersonalData:
    return PersonalData(name, False, instead)


IDENTITY_NUMBER: Final = _number("số căn cước công dân")
OLD_IDENTITY_NUMBER: Final = _number("số chứng minh nhân dân")
MOBILE_NUMBER: Final = _number("số điện thoại di động")
FIXED_NUMBER: Final = _number("số điện thoại cố định")
ACCOUNT_NUMBER: Final = _number("số tài khoản")
CARD_NUMBER: Final = _number("số thẻ ngân hàng")
INSURANCE_NUMBER: Final = _number("số thẻ bảo hiểm y tế, mã số bảo hiểm xã hội")
PASSPORT_NUMBER: Final = _number("số hộ chiếu")
MAIL_ADDRESS: Final = PersonalData(
    "địa chỉ thư điện tử cá nhân", True, "bỏ địa chỉ đó, chỉ ghi nội dung công việc"
)
NUMBER_PLATE: Final = _circumstance("biển số xe", "bỏ biển số đó")
BIRTH_DATE: Final = _circumstance("ngày, năm sinh của một người", "bỏ ngày, năm sinh")
HOME_ADDRESS: Final = _circumstance("chỗ ở của một người", "chỉ ghi tên thôn, tổ dân phố")
HEALTH: Final = _circumstance(
    "bệnh, tình trạng sức khỏe của một người", "bỏ tên người, chỉ ghi số người"
)
CHILD: Final = _circumstance("tên một trẻ em", "bỏ tên, chỉ ghi số trẻ em")

_OLD_IDENTITY_DIGITS: Final = 9
_MOST_GROUPS: Final = 20
"""Groups of digits that one number may be written in: nineteen digits, one by one."""


def find_personal_data(text: str) -> list[PersonalData]:
    """Return the kinds of personal data that a text seems to hold, each once, in a fixed order.

    >>> [kind.name for kind in find_personal_data("Liên hệ (0912) 345 678, CCCD 001.099.012.345")]
    ['số căn cước công dân', 'số điện thoại di động']
    >>> find_personal_data("Phát 0987654321 tờ rơi, kinh phí 0912345678 đồng, số 0912345678/UBND")
    []
    """
    return list(_find_kinds(text))


@lru_cache(maxsize=1024)
def _find_kinds(text: str) -> tuple[PersonalData, ...]:
    line = " ".join(_compose(text).split())
    folded = fold(line)
    if len(folded) != len(line):  # a letter that folds to two: places would not agree
        line = folded
    found = set()
    if _MANY_DIGITS.search(folded):
        if _LONG_NUMBER.search(folded):
            found |= set(_find_numbers(folded))
            found |= {kind for kind, pattern in _LABELLED if pattern.search(folded)}
        found |= {kind for kind, pattern in _WRITTEN if pattern.search(line)}
    if _has_mail_sign(folded) and _has_private_mail(folded):
        found.add(MAIL_ADDRESS)
    found |= set(_find_circumstances(line, folded))
    return tuple([kind for kind in _ORDER if kind in found]) if found else ()


_ORDER: Final = (
    *(IDENTITY_NUMBER, OLD_IDENTITY_NUMBER, PASSPORT_NUMBER, MOBILE_NUMBER, FIXED_NUMBER),
    *(MAIL_ADDRESS, ACCOUNT_NUMBER, CARD_NUMBER, INSURANCE_NUMBER, NUMBER_PLATE),
    *(BIRTH_DATE, HOME_ADDRESS, HEALTH, CHILD),
)
_SIGNS: Final = str.maketrans(
    dict.fromkeys("‐‑‒–—−", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None)
    | {"·": ".", "•": ".", "⁄": "/"}
)
_SIGN: Final = re.compile(f"[{re.escape(''.join(map(chr, _SIGNS)))}]")
_MANY_DIGITS: Final = re.compile("[0-9](?:(?:[^0-9]{0,3}[0-9]){5}|[0-9][^0-9]{1,6}[0-9]{3})")
"""As many as the shortest number that belongs to a person: most texts need no more checks."""
_LONG_NUMBER: Final = re.compile(r"[0-9oil](?:[ .()-]{0,3}[0-9oil]){5}")
"""As many in one number, which a date like 15/11/2027 is not."""


def _compose(text: str) -> str:
    """Write full-width digits, dashes of all lengths and signs that are not seen in one way."""
    if text.isascii():
        return text
    composed = (
        text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)
    )
    return composed.translate(_SIGNS) if _SIGN.search(composed) else composed


# ------------------------------------------------------------------- numbers

_GROUP: Final = re.compile(r"(?<![a-z0-9])\+?(?=[oil]*+[0-9]|ooo)[0-9oil]++(?![a-z0-9])")
"""Digits, some of them typed as letters: 09l2 345 678, O912345678."""
_LETTERS_FOR_DIGITS: Final = str.maketrans("oil", "011")
_JOINT: Final = re.compile(r"[ .\-()]{0,3}\Z")
"""What may stand between two groups of one number."""
_COUNTED: Final = re.compile(
    r" ?(?:dong|vnd|d|to|tan|ta|kg|km|m|m2|ha|lit|nguoi|ho|luot|trieu|ty|ti|nghin|ngan|cuon|quyen"
    r"|ban|bo|cai|chiec|suat|can bo|hoc sinh|phu nu|tre em|san pham|san|cay|con|usd|%|van ban|ho so"
    r"|don vi|lan|buoi|phieu|tin|bai|truy cap|luot xem|thue bao|kwh|bao|qua)\b"
)
_MONEY_BEFORE: Final = re.compile(
    r"(?:kinh phi|so luong|so tien|tong tien|du toan|ngan sach|doanh thu|gia tri|ma so thue|mst"
    r"|ma so du an|ma du an|ma goi thau|so hieu|ma ho so|ma thu tuc|isbn|ma van ban)[^0-9]{0,25}\Z"
)
_DOCUMENT_AFTER: Final = re.compile(r" ?/ ?(?:[a-z]|[0-9]{4} ?/)")
_GOES_ON_AFTER: Final = re.compile(r"[.,]?[0-9]")
_GOES_ON_BEFORE: Final = re.compile(r"[0-9][.,/]\Z")
_TREASURY: Final = re.compile(r"kho bac")
_ACCOUNT_BEFORE: Final = re.compile(
    r"\b(?:so tai khoan|stk|so tk|tk|tai khoan|chuyen khoan|ck)\b[^0-9]{0,40}\Z"
)
_BANK_AFTER: Final = re.compile(
    r"[ ,.(:-]{0,4}(?:(?:tai|ngan hang|nh|mo tai) ){0,3}"
    r"(?:vcb|vietcombank|bidv|agribank|vietinbank|ctg|techcombank|tcb|mb|mbbank|acb|sacombank|stb"
    r"|vpbank|tpbank|vib|shb|hdbank|ocb|msb|seabank|lpbank|lienviet|lienvietpostbank"
    r"|eximbank|scb|abbank|namabank|bac a bank|pvcombank|momo|zalopay|viettelpay)\b"
)
_OLD_IDENTITY_BEFORE: Final = re.compile(
    r"\b(?:cmnd|cmt|cmtnd|chung minh (?:nhan dan|thu)|so cm|giay to tuy than|can cuoc|cccd)\b"
    r"[^0-9]{0,15}\Z"
)
_INSURANCE_BEFORE: Final = re.compile(
    r"\b(?:bhyt|bhxh|bao hiem y te|bao hiem xa hoi)\b[^0-9]{0,25}\Z"
)
_MOBILE: Final = re.compile(r"0[35789][0-9]{8}\Z")
_FIXED: Final = re.compile(r"02[0-9]{9}\Z")
_WINDOW: Final = 48
"""Characters around a number that say what it is."""


class _Group(NamedTuple):
    """Digits without a sign between them."""

    start: int
    end: int
    digits: str
    has_plus: bool


def _find_numbers(text: str) -> Iterator[PersonalData]:
    """Yield the kinds of the numbers of a folded text on one line."""
    for chain in _list_chains(text):
        index = 0
        while index < len(chain):
            step = 1
            for size in range(min(_MOST_GROUPS, len(chain) - index), 0, -1):
                groups = chain[index : index + size]
                kind = _classify(text, groups, chain[:index])
                if kind is not None:
                    yield kind
                    step = size
                    break
            index += step


def _list_chains(text: str) -> Iterator[list[_Group]]:
    """Yield runs of groups of digits that may belong together."""
    chain: list[_Group] = []
    for match in _GROUP.finditer(text):
        digits = match[0].lstrip("+").translate(_LETTERS_FOR_DIGITS)
        group = _Group(match.start(), match.end(), digits, match[0][0] == "+")
        if chain and not _is_joint(text[chain[-1].end : group.start]):
            yield chain
            chain = []
        chain.append(group)
    if chain:
        yield chain


def _is_joint(between: str) -> bool:
    return len(between) <= 3 and _JOINT.match(between) is not None


def _classify(text: str, groups: list[_Group], earlier: list[_Group]) -> PersonalData | None:
    """Return the kind of number that groups of digits are; None for a figure of any other kind."""
    digits = "".join(group.digits for group in groups)
    if not 6 <= len(digits) <= 19:
        return None
    before = text[max(0, groups[0].start - _WINDOW) : groups[0].start]
    after = text[groups[-1].end : groups[-1].end + _WINDOW]
    if _GOES_ON_AFTER.match(after) or _GOES_ON_BEFORE.search(before):
        return None
    if _DOCUMENT_AFTER.match(after):
        return None
    kind = _classify_labelled(digits, before, after)
    if kind is not None:
        return kind
    if _COUNTED.match(after) or _MONEY_BEFORE.search(before) or _is_amount(earlier, groups):
        return None
    return _classify_bare(groups, digits)


def _classify_labelled(digits: str, before: str, after: str) -> PersonalData | None:
    """Return the kind that the words around a number name."""
    if _OLD_IDENTITY_BEFORE.search(before) and len(digits) in (9, 12):
        return OLD_IDENTITY_NUMBER if len(digits) == 9 else IDENTITY_NUMBER
    if _INSURANCE_BEFORE.search(before) and len(digits) in (10, 15):
        return INSURANCE_NUMBER
    if _ACCOUNT_BEFORE.search(before) and not _TREASURY.search(before + after):
        return ACCOUNT_NUMBER if not _COUNTED.match(after) else None
    if 8 <= len(digits) <= 16 and _BANK_AFTER.match(after):
        return ACCOUNT_NUMBER
    return None


def _classify_bare(groups: list[_Group], digits: str) -> PersonalData | None:
    """Return the kind that the digits themselves have the form of."""
    sizes = [len(group.digits) for group in groups]
    is_even = max(sizes) == 1 or min(sizes[:-1] or sizes) >= 2 or groups[0].has_plus
    if not is_even and not digits.startswith(("84", "0084", "0")):
        return None
    national = _national_number(groups, digits)
    if _MOBILE.match(national):
        return MOBILE_NUMBER
    if _FIXED.match(national):
        return FIXED_NUMBER
    if sizes in _IDENTITY_SHAPES and _is_identity_number(digits):
        return IDENTITY_NUMBER
    if len(digits) == _OLD_IDENTITY_DIGITS and _is_old_identity_number(digits, sizes):
        return OLD_IDENTITY_NUMBER
    if len(digits) in (16, 19) and digits.startswith("9704"):
        return CARD_NUMBER
    if (
        len(digits) == 16
        and digits[0] in "45"
        and sizes in ([16], [4, 4, 4, 4])
        and _is_luhn(digits)
    ):
        return CARD_NUMBER
    return None


def _national_number(groups: list[_Group], digits: str) -> str:
    """Write a telephone number as it is dialled at home: +84 912…, 0084 912…, (+84) 0912…."""
    is_international = digits.startswith("0084") or groups[0].has_plus
    if is_international or len(digits) == 11 or (len(digits) == 12 and digits.startswith("842")):
        for prefix in ("0084", "84"):
            if digits.startswith(prefix):
                return "0" + digits[len(prefix) :].removeprefix("0")
    return digits


def _is_identity_number(digits: str) -> bool:
    """Return whether twelve digits may be a personal identity number.

    Three of the province (001 to 096), one of sex and century, two of the year of birth:
    Nghị định 70/2024/NĐ-CP.
    """
    century = int(digits[3]) // 2
    year = 1900 + 100 * century + int(digits[4:6])
    return 1 <= int(digits[:3]) <= 96 and year <= _LAST_YEAR_OF_BIRTH


_LAST_YEAR_OF_BIRTH: Final = 2035
_IDENTITY_SHAPES: Final = (
    *([12], [3, 3, 3, 3], [4, 4, 4], [3, 3, 6], [3, 9], [6, 6], [3, 1, 2, 6], [3, 1, 8], [4, 2, 6]),
    *([2, 2, 2, 6], [4, 8], [6, 3, 3], [1] * 12),
)
_OLD_PROVINCES: Final = range(1, 39)


def _is_old_identity_number(digits: str, sizes: list[int]) -> bool:
    """Return whether nine digits may be an identity card of before 2016: 01 to 38 first."""
    if digits[0] == "0":
        return digits[1] != "0" and (
            sizes in ([9], [3, 3, 3], [2, 3, 4], [4, 5]) or max(sizes) == 1
        )
    return sizes == [9] and int(digits[:2]) in _OLD_PROVINCES


def _is_amount(earlier: list[_Group], groups: list[_Group]) -> bool:
    """Return whether groups go on after the first thousands of a figure: 1 012 345 678."""
    if not earlier or any(len(group.digits) != 3 for group in groups):
        return False
    return len(earlier[-1].digits) <= 3


def _is_luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 - index % 2) for index, digit in enumerate(digits)]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


_LABELLED: Final = (
    (INSURANCE_NUMBER, re.compile(r"(?<![a-z0-9])[a-z]{2}[1-5][0-9]{12}(?![0-9])")),
    (
        INSURANCE_NUMBER,
        re.compile(
            r"\b(?:bhyt|bhxh|the|bao hiem)\b[^0-9]{0,20}\b[a-z]{2} ?[1-5][ -]?[0-9]{2}[ -]?"
            r"(?:[0-9][ -]?){9}[0-9](?![0-9])"
        ),
    ),
    (PASSPORT_NUMBER, re.compile(r"\bho chieu\b[^0-9]{0,20}\b[a-z] ?[0-9]{7,8}(?![0-9])")),
)
# What is seldom there comes first, before it is looked at what stands in front of it: a search
# passes over all other letters at once.
_WRITTEN: Final = (
    (
        NUMBER_PLATE,
        re.compile(
            r"[1-9](?<![\w./-].)[0-9] ?-?[A-Z](?:[A-Z]|[1-9])?[ .-]{1,3}"
            r"(?:[0-9]{3}\.[0-9]{2}|[0-9]{5})(?![\w/])"
        ),
    ),
    (
        NUMBER_PLATE,
        re.compile(
            r"[bB](?i:iển(?: kiểm soát| số)?|ks)[^0-9]{0,15}[1-9][0-9] ?-?[A-Z][A-Z1-9]?"
            r"[ .-]{0,3}[0-9]{3}\.?[0-9]{1,2}(?![\w/])"
        ),
    ),
    (PASSPORT_NUMBER, re.compile(r"[BCEKNP](?<![\w./-].)[0-9]{7}(?![\w/-])")),
)

# ---------------------------------------------------------------------- mail

_AT_IN_BRACKETS: Final = re.compile(r"[(\[{] ?(?:a|at) ?[)\]}]")
_MAIL: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} ?(?:@|[(\[{] ?(?:a|at) ?[)\]}]) ?"
    r"(?P<host>[\w-]{1,63}(?: ?(?:\.|[(\[{] ?(?:\.|dot|cham) ?[)\]}]) ?[\w-]{1,63}){1,5})"
)
_SPOKEN_MAIL: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} (?:at|a cong|a moc) [a-z-]{2,30} (?:dot|cham) (?:com|net|vn)\b"
)
_DOT: Final = re.compile(r" ?(?:\.|[(\[{] ?(?:\.|dot|cham) ?[)\]}]) ?")
_OF_BODIES: Final = frozenset(
    [*("gov.vn", "edu.vn", "mil.vn", "org.vn", "ac.vn", "chinhphu.vn", "dcs.vn", "mattran.org.vn")]
)
"""Domains that only organisations get: an address there is of a body or of an official."""


def _has_mail_sign(folded: str) -> bool:
    return "@" in folded or " at " in folded or _AT_IN_BRACKETS.search(folded) is not None


def _has_private_mail(folded: str) -> bool:
    is_private = any(map(_is_private_mail, _MAIL.finditer(folded)))
    return is_private or _SPOKEN_MAIL.search(folded) is not None


def _is_private_mail(match: re.Match[str]) -> bool:
    parts = [part for part in _DOT.split(match["host"]) if part]
    return not any(".".join(parts[-size:]) in _OF_BODIES for size in (2, 3))


# ------------------------------------------------------------- circumstances

_SURNAMES: Final = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Trịnh|Đào|Lưu"
    "|Mai|Lương|Trương|Hà|Tô|Cao|Tạ|Chu|Châu|Quách|Thái|Tăng|Lâm|Phùng|Kiều|Vương|Triệu|Nông|Lò|Vàng"
    "|Giàng|Thào|Sùng|Lầu|Mùa|Vừ|Tao|Lù|Phàn|Tẩn|Chẻo|Hạng|Cứ|Quàng|Tòng|Đèo|Hờ|Ly|Má|Sìn|Khoàng|Điêu"
    "|Vi|Lục|Hứa|Bế|La|Đàm|Nghiêm|Mạc|Thạch|Sơn|Kim|Danh|Siu|Rơ|Ksor|Y|H"
)
_CAPITALIZED: Final = r"[A-ZĐÀ-ỸƯƠĂÂÊÔ][a-zà-ỹđ]*"
_NAME: Final = rf"(?:{_SURNAMES})(?: {_CAPITALIZED}){{1,4}}"
# The capital first: each of the surnames would be tried after each blank of a text.
_NAMED: Final = re.compile(rf" (?=[A-ZĐÀ-ỸƯƠĂÂÊÔ]){_NAME}")
_PERSON: Final = re.compile(
    rf"(?<!\w)(?i:ông|bà|anh|chị|em|cháu|bé|cụ|đồng chí|bệnh nhân|học sinh|công dân|nạn nhân"
    rf"|sản phụ|bị hại)"
    rf"(?: (?:học sinh|bé))? {_NAME}(?!\w)"
)
_CHILD: Final = re.compile(
    rf"(?<!\w)(?i:cháu|bé|em|học sinh|trẻ)(?: (?:học sinh|bé|trai|gái))? {_NAME}(?!\w)"
)
_NOT_A_CHILD: Final = re.compile(r"(?:tre|anh|chi|con|dan|cac|thieu|ba me|cua|danh)\s*\Z")
_ILLNESSES: Final = (
    *(
        "hiv",
        "aids",
        "ung thu",
        "benh lao",
        "viem gan",
        "tam than",
        "tram cam",
        "tu ky",
        "suy than",
    ),
    *("dong kinh", "khuyet tat", "benh hiem", "dot quy", "tai bien", "mac benh", "bi benh"),
    *("nhiem benh", "duong tinh", "nghien ma tuy", "mang thai", "sot xuat huyet", "covid"),
    *("tieu duong", "benh tim", "chat doc da cam", "chat doc hoa hoc"),
)
_ILLNESS: Final = re.compile(rf"\b(?:{'|'.join(_ILLNESSES)})\b")
_BIRTH: Final = re.compile(
    r"\b(?:sinh ngay|ngay sinh|ngay thang nam sinh|sinh nam|nam sinh|sn)\b ?[:(]? ?"
    r"(?:[0-9]{1,2} ?[/.-] ?[0-9]{1,2} ?[/.-] ?)?"
    r"(?:ngay )?(?:[0-9]{1,2} thang [0-9]{1,2} nam )?(?:1[89]|20)[0-9]{2}\b"
)
_BIRTH_DAY: Final = re.compile(
    r"\b(?:sinh ngay|ngay sinh|ngay thang nam sinh)\b ?[:(]? ?"
    r"[0-9]{1,2} ?(?:[/.-]|thang) ?[0-9]{1,2}"
)
_HOME: Final = re.compile(
    r"\b(?:thuong tru|tam tru|ho khau|noi o|cho o|nha o|dia chi nha|nha rieng|tru tai|ngu tai"
    r"|cu tru)\b(?: (?:tai|hien nay|hien tai|o))*[ :,]{0,3}"
    r"(?:so nha|nha so|so|thon|xom|to|ap|ban|khu|ngo|ngach|hem|duong|pho|lo|can ho|can|phong)"
    r" (?:dan pho (?:so )?)?(?:[0-9]|[a-z]{1,12}\b)"
)
_HOUSE: Final = re.compile(
    r"\b(?:so nha|nha so) ?:? ?[0-9]+"
    r"|\b(?:so )?[0-9]{1,5}[a-z]?(?:/[0-9]{1,4}){0,4} (?:ngo|ngach|hem|kiet) [0-9]"
)
_WORDS_OF_HOMES: Final = (
    *("thuong tru", "tam tru", "ho khau", "noi o", "cho o", "nha o", "dia chi nha", "nha rieng"),
    *("tru tai", "ngu tai", "cu tru", "so nha", "nha so", " ngo ", " ngach ", " hem ", " kiet "),
)
_WORDS_OF_BIRTHS: Final = ("sinh n", "ngay sinh", "nam sinh", "sn ")
_NEAR: Final = 70
"""Characters between a name and what is said of that person."""


def _find_circumstances(line: str, folded: str) -> Iterator[PersonalData]:
    """Yield what a text says of one person, looking closer only where a word gives reason to."""
    # Most texts name nobody: one search instead of one for each word that may stand at a name.
    has_name = _NAMED.search(line) is not None
    if _has_any(folded, _WORDS_OF_BIRTHS) and (
        _BIRTH_DAY.search(folded) or (has_name and _is_said_of_person(_BIRTH, line, folded))
    ):
        yield BIRTH_DATE
    if _has_any(folded, _WORDS_OF_HOMES) and (
        _HOUSE.search(folded)
        or any(_names_a_place(line, match) for match in _HOME.finditer(folded))
    ):
        yield HOME_ADDRESS
    if has_name and _has_any(folded, _ILLNESSES) and _is_said_of_person(_ILLNESS, line, folded):
        yield HEALTH
    if has_name and any(
        not _NOT_A_CHILD.search(folded[max(0, match.start() - 12) : match.start()])
        for match in _CHILD.finditer(line)
    ):
        yield CHILD


def _has_any(text: str, words: Iterable[str]) -> bool:
    # No generator, which takes twice as long: every text of a plan is asked for forty words.
    for word in words:  # noqa: SIM110
        if word in text:
            return True
    return False


def _is_said_of_person(pattern: re.Pattern[str], line: str, folded: str) -> bool:
    """Return whether somebody is named close to what a pattern finds in the folded text."""
    people = [match.span() for match in _PERSON.finditer(line)]
    return any(
        -_NEAR <= start - match.end() <= _NEAR or -_NEAR <= match.start() - end <= _NEAR
        for match in pattern.finditer(folded)
        for start, end in people
    )


def _names_a_place(line: str, match: re.Match[str]) -> bool:
    """Return whether the last word of an address is a figure or a name, not a common noun."""
    last = line[match.start() : match.end()].split()[-1]
    return last[0].isdigit() or last[0].isupper()


# ------------------------------------------------------------- in a browser

KINDS: Final[Mapping[str, PersonalData]] = dict(
    zip(
        (
            *("identity", "oldIdentity", "passport", "mobile", "fixed", "mail", "account", "card"),
            *("insurance", "plate", "birth", "home", "health", "child"),
        ),
        _ORDER,
        strict=True,
    )
)
"""All kinds in the order in which they are told, by the names that they have there."""
PATTERNS: Final[Mapping[str, re.Pattern[str]]] = {
    "manyDigits": _MANY_DIGITS,
    "longNumber": _LONG_NUMBER,
    "group": _GROUP,
    "joint": _JOINT,
    "goesOnBefore": _GOES_ON_BEFORE,
    "goesOnAfter": _GOES_ON_AFTER,
    "counted": _COUNTED,
    "moneyBefore": _MONEY_BEFORE,
    "documentAfter": _DOCUMENT_AFTER,
    "treasury": _TREASURY,
    "accountBefore": _ACCOUNT_BEFORE,
    "bankAfter": _BANK_AFTER,
    "oldIdentityBefore": _OLD_IDENTITY_BEFORE,
    "insuranceBefore": _INSURANCE_BEFORE,
    "mobile": _MOBILE,
    "fixed": _FIXED,
    "atInBrackets": _AT_IN_BRACKETS,
    "mail": _MAIL,
    "spokenMail": _SPOKEN_MAIL,
    "dot": _DOT,
    "named": _NAMED,
    "person": _PERSON,
    "child": _CHILD,
    "notAChild": _NOT_A_CHILD,
    "illness": _ILLNESS,
    "birth": _BIRTH,
    "birthDay": _BIRTH_DAY,
    "home": _HOME,
    "house": _HOUSE,
}
"""What `theme/assets/reporting/personal-data.js` looks for, by the names that it has there."""
LABELLED: Final = _LABELLED
"""Numbers that are told by their label, with their kinds; those of the next are by their form."""
WRITTEN: Final = _WRITTEN
LISTS: Final = {
    "signs": [[chr(code), sign or ""] for code, sign in _SIGNS.items()],
    "identityShapes": _IDENTITY_SHAPES,
    "bodies": sorted(_OF_BODIES),
    "wordsOfHomes": _WORDS_OF_HOMES,
    "wordsOfBirths": _WORDS_OF_BIRTHS,
}
NUMBERS: Final = {
    "mostGroups": _MOST_GROUPS,
    "window": _WINDOW,
    "near": _NEAR,
    "lastYearOfBirth": _LAST_YEAR_OF_BIRTH,
    "lastOldProvince": _OLD_PROVINCES.stop - 1,
}
