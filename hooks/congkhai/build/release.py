"""What must be filled in before a site is published.

Comes in: the settings that tell readers where the site is and who runs it. Goes out: what is
still missing, in Vietnamese, each with its place and a right form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

_RESERVED_DOMAINS = ("example", "invalid", "localhost", "test")
"""Top-level names that belong to nobody (RFC 2606)."""


_ADDRESS = re.compile(
    r"https://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z][a-z0-9-]{0,61}[a-z0-9](?::[0-9]{2,5})?"
    r"(?:/[A-Za-z0-9_~][A-Za-z0-9._~-]{0,99}){0,8}/?"
)
"""`https`, a host by name, and a path that means itself wherever it is written: in the sample of
a configuration, in `_headers`, in robots.txt."""


RULE_OF_ADDRESSES = "sau tên miền chỉ có chữ không dấu, chữ số, dấu chấm, gạch nối và dấu /"


def is_plain_address(url: str) -> bool:
    """Say whether a site may be published at an address.

    >>> is_plain_address("https://kehoach.tinh.gov.vn/cong-khai/")
    True
    >>> any(map(is_plain_address, ["http://tinh.gov.vn/", "https://a.vn/x;}#{", "https://a.vn/../"]))
    False
    """
    return _ADDRESS.fullmatch(url) is not None


def refuse_site_url(url: str) -> str:
    """Say in Vietnamese what is wrong with the address of a site."""
    return (
        f"địa chỉ trang «{url}» không dùng được; dạng đúng: https://kehoach.tinh.gov.vn/,"
        f" {RULE_OF_ADDRESSES}"
    )


def missing_settings(
    config_file: Path | None, site_url: str, operator: str, contact: str
) -> Iterator[str]:
    """Yield what keeps a site from being published.

    >>> url = "https://congkhai.example/"
    >>> list(missing_settings(None, url, "UBND tỉnh", "góp ý tại trụ sở"))
    ['mkdocs.yml: site_url chưa phải địa chỉ thật (https://congkhai.example/); \
điền site_url: "https://kehoach.tinh.gov.vn/", hoặc đặt SITE_URL=https://kehoach.tinh.gov.vn/']
    >>> list(missing_settings(None, "https://kehoach.tinh.gov.vn/", "UBND tỉnh", "góp ý"))
    []
    """
    if not is_public(site_url):
        yield (
            f"{_place(config_file, 'site_url')}: site_url chưa phải địa chỉ thật "
            f"({site_url or 'còn trống'}); "
            'điền site_url: "https://kehoach.tinh.gov.vn/", '
            "hoặc đặt SITE_URL=https://kehoach.tinh.gov.vn/"
        )
    if not operator.strip():
        yield (
            f"{_place(config_file, 'operator')}: extra.operator còn trống: nơi vận hành trang; "
            'điền dưới extra:   operator: "Sở Nội vụ tỉnh …"'
        )
    if not contact.strip():
        yield (
            f"{_place(config_file, 'contact')}: extra.contact còn trống: cách gửi góp ý, "
            'đính chính; điền dưới extra:   contact: "thư điện tử …, điện thoại …"'
        )


def is_public(site_url: str) -> bool:
    """Say whether an address may be that of a site which readers reach."""
    parts = urlsplit(site_url)
    host = parts.hostname or ""
    is_reserved = host.rpartition(".")[2] in _RESERVED_DOMAINS or host.startswith("127.")
    return parts.scheme in ("http", "https") and host != "" and not is_reserved


def _place(config_file: Path | None, key: str) -> str:
    """Return the settings' file, and the line of a key where it has one."""
    if config_file is None:
        return "mkdocs.yml"
    lines = config_file.read_text("utf-8", "replace").splitlines()
    for number, line in enumerate(lines, 1):
        if line.strip().startswith(f"{key}:"):
            return f"{config_file.name}:{number}"
    return config_file.name
