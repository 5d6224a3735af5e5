"""The rule that links lead to `https` addresses, nowhere else.

Comes in: a `Dataset`, or one address. Goes out: problems. A link to `javascript:…` runs
when it is clicked, however well it is escaped; one to `file:` or `http:` may not be trusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Final, Literal

from congkhai.checks.context import PlanContext
from congkhai.data import registers
from congkhai.data.load import Dataset
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import Loc

_HOST = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,10}[a-z][a-z0-9-]{1,62}"
SHORTENERS = frozenset(
    [
        *(
            "bit.ly",
            "bitly.com",
            "tinyurl.com",
            "goo.gl",
            "t.co",
            "is.gd",
            "v.gd",
            "ow.ly",
            "cutt.ly",
        ),
        *(
            "rebrand.ly",
            "shorturl.at",
            "shorturl.asia",
            "s.id",
            "rb.gy",
            "bom.so",
            "t.ly",
            "tiny.cc",
        ),
        *(
            "buff.ly",
            "lnkd.in",
            "fb.me",
            "by.com.vn",
            "ln.run",
            "urlvn.net",
            "short.gy",
            "shorte.st",
        ),
        *("adf.ly", "bl.ink", "qr.page", "qrco.de", "linktr.ee", "me2.do", "u.nu"),
        *("clck.ru", "x.co", "snip.ly", "soo.gd", "tr.im", "yourls.org", "zpr.io"),
    ]
)
"""Hosts whose addresses say nothing of where they lead, and can lead elsewhere tomorrow."""
_WRONG = "địa chỉ tài liệu chưa đúng"
_RIGHT_FORM = (
    "địa chỉ phải bắt đầu bằng https://; dạng đúng: https://namsach.haiphong.gov.vn/bao-cao.pdf"
)


@dataclass(frozen=True, slots=True)
class LinkRule:
    """What a part of an address has to be like, or may not have."""

    part: Literal["url", "authority", "host", "port"]
    """The authority is what stands between `https://` and the path; `port` has its colon."""
    pattern: re.Pattern[str]
    is_required: bool
    """The part has to match; else it may not."""
    message: str
    """`{part}` is the part."""
    hint: str


_PLAIN_HOST = "chép địa chỉ từ cổng thông tin, tên miền chỉ có chữ không dấu, chữ số và dấu chấm"
LINK_RULES: Final = (
    # In small letters only: other code tells addresses from file names by this prefix.
    LinkRule("url", re.compile("^https://"), True, _WRONG, _RIGHT_FORM),
    LinkRule(
        "url",
        re.compile(r"[\s\\<>\"'`{}|^]"),
        False,
        "địa chỉ tài liệu có khoảng trắng hoặc dấu không được dùng",
        "mở tài liệu, chép lại địa chỉ trên thanh địa chỉ của trình duyệt, chỉ phần địa chỉ",
    ),
    LinkRule("authority", re.compile("@"), False, _WRONG, _RIGHT_FORM),
    LinkRule(
        "host",
        re.compile(rf"^(?!.*xn--){_HOST}\Z"),
        True,
        "tên miền «{part}» không phải tên thường",
        _PLAIN_HOST,
    ),
    LinkRule(
        "port",
        re.compile("."),
        False,
        "địa chỉ có cổng {part}",
        "chép địa chỉ công khai, không có {part}",
    ),
    LinkRule(
        "host",
        re.compile(rf"^(?:www\.)?(?:{'|'.join(map(re.escape, sorted(SHORTENERS)))})\Z"),
        False,
        "địa chỉ rút gọn ({part}): không biết dẫn đến đâu",
        "mở địa chỉ ấy, chép địa chỉ đầy đủ hiện ra trên trình duyệt",
    ),
)
"""In this order; the first that is broken is told."""
AUTHORITY: Final = re.compile(r"^[a-z]*://([^/?#]*)", re.IGNORECASE)
_PORT = re.compile(r":([0-9]*)\Z")


def find_fault_of_link(url: str) -> tuple[str, str] | None:
    """Return what is wrong with an address that a link leads to, and what to do; None when good.

    >>> find_fault_of_link("https://bit.ly/x")[0]
    'địa chỉ rút gọn (bit.ly): không biết dẫn đến đâu'
    >>> find_fault_of_link("https://laichau.gov.vn:8443/x")[0]
    'địa chỉ có cổng :8443'
    >>> find_fault_of_link("https://namsach.haiphong.gov.vn/lop")
    """
    parts = _split(url)
    for rule in LINK_RULES:
        part = parts[rule.part]
        if (rule.pattern.search(part) is None) == rule.is_required:
            shown = part[:60]
            return rule.message.format(part=shown), rule.hint.format(part=shown)
    return None


def _split(url: str) -> Mapping[str, str]:
    found = AUTHORITY.match(url)
    authority = found[1] if found else ""
    port = _PORT.search(authority)
    host = authority[: port.start()] if port else authority
    return {
        "url": url,
        "authority": authority,
        "host": host.lower(),
        "port": port[0] if port else "",
    }


def is_https(url: str) -> bool:
    """Return whether a link may lead to this address: https, a host by name, nothing hidden."""
    return find_fault_of_link(url) is None


def require_https_original(context: PlanContext) -> Iterator[Problem]:
    """Require that the address of the office's file, where it is published, is a plain one."""
    original = context.plan.original
    fault = find_fault_of_link(original.url) if original and original.url else None
    if fault is not None:
        yield context.loaded.problem(("original", "url"), *fault)


def require_https_sources(dataset: Dataset) -> Iterator[Problem]:
    """Require that the address of a register's source, where it has one, begins with `https`."""
    for loaded in dataset.registers.values():
        for loc, source in _sources(loaded.value, ()):
            if source.url is not None and not is_https(source.url):
                yield loaded.problem(
                    (*loc, "url"),
                    "địa chỉ của nguồn chưa đúng",
                    "địa chỉ phải bắt đầu bằng https://; bỏ dòng url nếu nguồn không có trên mạng",
                )


def _sources(value: object, loc: Loc) -> Iterator[tuple[Loc, registers.Source]]:
    """Yield every source anywhere in a register, with its place."""
    if isinstance(value, registers.Source):
        yield loc, value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _sources(getattr(value, field.name), (*loc, field.name))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _sources(part, (*loc, key))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _sources(part, (*loc, index))
