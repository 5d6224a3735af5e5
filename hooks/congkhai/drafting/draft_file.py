"""A draft from the file that an office gave, with all that is kept beside it.

Comes in: the path of the file, and the registers. Goes out: `FileDraft`: `plan.yml` to
review, the text of the document, the file's name and SHA-256, and a summary for the clerk.
Nothing is written to disk here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from congkhai.data.load import Dataset
from congkhai.drafting.document_tree import walk
from congkhai.drafting.plan_draft import Draft, draft_document
from congkhai.drafting.register_entries import FILE
from congkhai.sources.document import Question, SourceDocument
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


def draft_file(
    path: Path,
    dataset: Dataset,
    *,
    locality: str = "",
    issuer: str = "",
    programme: str = "",
    folder: str = "",
    tell: Callable[[str], None] | None = None,
) -> FileDraft:
    """Draft a plan from any file that `sources` reads.

    `folder`: the name of the folder in which the plan is to be. `tell` is given Vietnamese
    sentences on how far the reading is. Raises ValueError (Vietnamese) when the file cannot be
    read or holds no plan.
    """
    tell = tell or _keep_silent
    tell(f"Đang đọc {path.name} …")
    blocks = read_file(path)
    document = read_layout(blocks)
    tell(f"Đã đọc {len(blocks.items)} đoạn; đang tìm cơ quan, thời hạn, con số …")
    lost, added = compare_words([*blocks.items, *blocks.left_out], document)
    if lost or added:
        document = _ask_about_words(document, lost, added)
    is_text = path.name == "source.txt"
    kept_name = name_original(path)
    original = {"file": kept_name, "sha256": hash_file(path)} if kept_name else None
    draft = draft_document(
        document,
        dataset,
        locality=locality,
        issuer=issuer,
        programme=programme,
        folder=folder,
        original=original,
        tell=tell,
    )
    return FileDraft(draft, None if is_text else draft.text, kept_name)


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


def summarize(draft: Draft, place: Path) -> Iterator[str]:
    """Tell in Vietnamese how much was read, how much is asked, and what to do next.

    `place`: where the draft was written.
    """
    nodes = [node for node, _ in walk([*draft.outline.body, *draft.outline.attachments])]
    proposals = [draft.proposals[node.id] for node in nodes]
    tasks = sum("lead" in proposal.roles for proposal in proposals)
    named = sum(bool(proposal.roles) for proposal in proposals)
    deadlines = sum(len(proposal.due) for proposal in proposals)
    figures = sum(len(proposal.targets) for proposal in proposals)
    yield (
        f"Đã đọc {len(nodes)} mục: {tasks} mục có cơ quan chủ trì ({named} mục có cơ quan"
        f" được nêu), {deadlines} thời hạn, {figures} chỉ tiêu có con số."
    )
    yield f"Còn {draft.questions} câu hỏi. Việc tiếp theo:"
    steps = [f"mở {place}, tìm «XEM LẠI», trả lời rồi xóa từng dòng"]
    if len(draft.entries):
        file = place.parent / FILE
        steps.append(
            f"xem {len(draft.entries)} đề xuất cho danh mục trong {file},"
            f" rồi chạy: congkhai draft --accept {file}"
        )
    steps.append("chạy: make check (hoặc congkhai check)")
    yield from (f"  {number}. {step}." for number, step in enumerate(steps, 1))


def _keep_silent(stage: str) -> None:
    """Tell nobody how far the reading is."""


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
