"""Hand-written pages: what is a list in their Markdown is one for readers."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
import pytest

from conftest import ROOT

PAGES = sorted((ROOT / "content").glob("*.md"))
# Those of mkdocs.yml that change what is a block, and MkDocs' own.
EXTENSIONS = ["admonition", "attr_list", "fenced_code", "footnotes", "tables"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_step_runs_on_in_the_paragraph_before_it(page: Path):
    """After a code block or a paragraph of a step, the next step needs an empty line."""
    made = markdown.markdown(page.read_text("utf-8"), extensions=EXTENSIONS)
    paragraphs = re.findall(r"<p>(.*?)</p>", made, re.DOTALL)
    assert paragraphs
    assert [text for text in paragraphs if re.search(r"^\s*(?:\d+\.|[-*]) ", text, re.M)] == []
