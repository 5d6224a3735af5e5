"""A host that leads on from former addresses by its rules serves the right files."""

from __future__ import annotations

import hashlib

from congkhai.build.verify import _check_files, _hashes_led_to


class LeadingHost:
    """A site on a host whose rules lead from one file to another."""

    def __init__(self, files: dict[str, bytes], rules: dict[str, str]) -> None:
        self._files, self._rules = files, rules

    def read(self, name: str) -> bytes | None:
        """Return the content of the file that the rules lead to."""
        return self._files.get(self._rules.get(name, name))


FILES = {"cu/index.html": b"moved", "moi/index.html": b"plan", "khac/index.html": b"other"}
MANIFEST = {
    "files": {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()},
    "redirects": {"cu/index.html": "moi/index.html"},
}


def faults(rules: dict[str, str]) -> list[str]:
    led_to = _hashes_led_to(MANIFEST)
    site = LeadingHost(FILES, rules)
    return list(_check_files(site, MANIFEST["files"], lambda answer: None, led_to))


def test_a_former_address_may_be_served_or_led_on():
    assert faults({}) == faults({"cu/index.html": "moi/index.html"}) == []


def test_leading_on_to_another_page_is_told():
    (fault,) = faults({"cu/index.html": "khac/index.html"})
    assert fault.startswith("cu/index.html: nội dung khác mã băm")
    (fault,) = faults({"moi/index.html": "cu/index.html"})
    assert fault.startswith("moi/index.html: nội dung khác mã băm")
