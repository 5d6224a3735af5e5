"""A draft from the file that an office gave, with all that is kept beside it.

Comes in: the path of the file, and the registers. Goes out: `FileDraft`: `plan.yml` to
review, the text of the document, the file's name and SHA-256, and a summary for the clerk.
Nothing is written to disk here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from congkhai.data import registers
from congkhai.drafting.document_tree import walk
from congkhai.drafting.plan_draft import Draft, draft_document
from congkhai.sources import Question, SourceDocument
from congkhai.sources.fidelity import compare_words
from congkhai.sources.layout import read_layout
from congkhai.sources.reader import read_file
from congkhai.text.vietnamese import slug

KEPT_SUFFIXES = (".docx", ".xlsx", ".odt", ".pdf")
MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class FileDraft:
    """The draft of one file.

    `text` is the document's text in the order of the draft, for `source.txt`; None when the
    file is that text itself. `kept_name` is the name under which the file stays beside the
    plan; None for a text file, whose text is all it holds.
    """

    draft: Draft
    text: str | None
    kept_name: str | None
    summary: tuple[str, ...]


def draft_file(
    path: Path,
    units: Mapping[str, registers.Unit],
    *,
    locality: str = "",
    issuer: str = "",
    programme: str = "",
    documents: Mapping[str, registers.Document] | None = None,
) -> FileDraft:
    """Draft a plan from any file that `sources` reads.

    Raises ValueError (Vietnamese) when the file cannot be read or holds no plan.
    """
    blocks = read_file(path)
    document = read_layout(blocks)
    lost, added = compare_words([*blocks.items, *blocks.left_out], document)
    if lost or added:
        document = _ask_about_words(document, lost, added)
    is_text = path.name == "source.txt"
    kept_name = name_original(path)
    original = {"file": kept_name, "sha256": hash_file(path)} if kept_name else None
    draft = draft_document(
        document,
        units,
        locality=locality,
        issuer=issuer,
        programme=programme,
        documents=documents,
        original=original,
    )
    text = None if is_text else draft.text
    return FileDraft(draft, text, kept_name, tuple(summarize(draft)))


def name_original(path: Path) -> str | None:
    """Name an office's file so that it may stand beside a plan: no blanks, no accents.

    A web page is not kept: opened from the site it could run scripts.

    >>> name_original(Path("Kế hoạch CĐS 2026.docx")), name_original(Path("a.html"))
    ('ke-hoach-cds-2026.docx', None)
    """
    suffix = path.suffix.lower()
    return f"{slug(path.stem)}{suffix}" if suffix in KEPT_SUFFIXES else None


def hash_file(path: Path) -> str:
    """Compute the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def summarize(draft: Draft) -> list[str]:
    """Tell in Vietnamese how much was read, how much is asked, and what to do next."""
    nodes = [node for node, _ in walk([*draft.outline.body, *draft.outline.attachments])]
    proposals = [draft.proposals[node.id] for node in nodes]
    tasks = sum("lead" in proposal.roles for proposal in proposals)
    deadlines = sum(len(proposal.due) for proposal in proposals)
    figures = sum(len(proposal.targets) for proposal in proposals)
    return [
        f"Đã đọc {len(nodes)} mục: {tasks} mục có cơ quan chủ trì, {deadlines} thời hạn,"
        f" {figures} con số.",
        f"Còn {draft.questions} câu hỏi: tìm «XEM LẠI» trong plan.yml, trả lời rồi xóa từng dòng.",
        "Xong thì chạy: make check",
    ]


def _ask_about_words(document: SourceDocument, lost: list[str], added: list[str]) -> SourceDocument:
    """Say at the head of the draft which words differ from the file's."""
    questions = [
        Question(
            line=0,
            message=f"{what} {len(words)} chữ: {', '.join(words[:MOST_SHOWN])}",
            hint="so từng đoạn với văn bản gốc",
        )
        for what, words in (("bản nháp thiếu", lost), ("bản nháp thừa", added))
        if words
    ]
    return replace(document, questions=(*questions, *document.questions))
