"""A draft from the file that an office gave, with all that is kept beside it.

Comes in: the path of the file, and the registers. Goes out: `FileDraft`: `plan.yml` to
review, the text of the document, the file's name and SHA-256, and a summary for the clerk.
Nothing is written to disk here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from congkhai.data.folder import is_upload
from congkhai.data.load import Dataset
from congkhai.drafting.document_tree import walk
from congkhai.drafting.plan_draft import Draft, draft_document
from congkhai.drafting.register_entries import FILE, shorten
from congkhai.sources.blocks import Blocks
from congkhai.sources.document import Question, SourceDocument
from congkhai.sources.fidelity import compare_words
from congkhai.sources.layout import read_layout, split_documents
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
    folder: str = ""
    """Name of the folder in which the plan is to be."""
    others: tuple[FileDraft, ...] = ()
    """Drafts of the other documents in the same file, each for a folder beside."""


def draft_file(
    path: Path,
    dataset: Dataset,
    *,
    locality: str = "",
    issuer: str = "",
    programme: str = "",
    folder: str = "",
    signed: Path | None = None,
    tell: Callable[[str], None] | None = None,
) -> FileDraft:
    """Draft a plan from any file that `sources` reads.

    `folder`: the name of the folder in which the plan is to be. `signed`: the signed file of the
    first document, which is not read. `tell` is given Vietnamese sentences on how far the reading
    is. Raises ValueError (Vietnamese) when the file cannot be read or holds no plan.
    """
    tell = tell or _keep_silent
    tell(f"Đang đọc {path.name} …")
    blocks = read_file(path)
    tell(f"Đã đọc {len(blocks.items)} đoạn; đang tìm cơ quan, thời hạn, con số …")
    documents = [_read_whole(part) for part in split_documents(blocks)]
    folders = _name_folders(documents, folder)
    if len(documents) > 1:
        documents = _ask_about_documents(documents, folders)
    kept_name = name_original(path)
    original = _describe_file(path)
    drafts = [
        draft_document(
            document,
            dataset,
            locality=locality,
            issuer=issuer,
            programme="" if at else programme,
            folder=name,
            original=original,
            signed=_describe_file(signed) if signed and not at else None,
            tell=tell,
        )
        for at, (document, name) in enumerate(zip(documents, folders, strict=True))
    ]
    first, *others = [
        FileDraft(draft, draft.text, kept_name, name)
        for draft, name in zip(drafts, folders, strict=True)
    ]
    is_text = path.name == "source.txt" and not others
    return replace(first, text=None if is_text else first.text, others=tuple(others))


def find_signed(path: Path) -> Path | None:
    """Find the signed PDF beside an office's file of words: of its name, or else the only one.

    Whether it is that, the draft asks. None where there is none, or several of other names.
    """
    if path.suffix.lower() not in KEPT_SUFFIXES or path.suffix.lower() == ".pdf":
        return None
    beside = sorted(file for file in path.parent.iterdir() if is_upload(file.name))
    found = [file for file in beside if file.suffix.lower() == ".pdf" and file.is_file()]
    same = [file for file in found if slug(file.stem) == slug(path.stem)]
    if len(same) == 1:
        return same[0]
    return found[0] if len(found) == 1 else None


def _describe_file(path: Path) -> dict[str, str] | None:
    name = name_original(path)
    return {"file": name, "sha256": hash_file(path)} if name else None


def _read_whole(blocks: Blocks) -> SourceDocument:
    """Read one document, and ask about every word that was lost on the way."""
    document = read_layout(blocks)
    lost, added = compare_words([*blocks.items, *blocks.left_out], document)
    return _ask_about_words(document, lost, added) if lost or added else document


def _name_folders(documents: Sequence[SourceDocument], folder: str) -> list[str]:
    """Name the folder of each document: the first has its own, the others' are as their titles."""
    names = [folder]
    for document in documents[1:]:
        name = shorten(slug(document.title)) or "van-ban"
        order = 2
        while name in names:
            name, order = f"{name.removesuffix(f'-{order - 1}')}-{order}", order + 1
        names.append(name)
    return names


def _ask_about_documents(
    documents: Sequence[SourceDocument], folders: Sequence[str]
) -> list[SourceDocument]:
    """Say at the head of each draft which other documents the file holds, and where they are."""
    asked = []
    for at, document in enumerate(documents):
        others = "; ".join(
            f"số {other.number or '(để trống)'}/{other.symbol} «{other.title[:80]}» ở thư mục"
            f" {name or '(thư mục này)'}"
            for other, name in zip(documents, folders, strict=True)
            if other is not document
        )
        own = documents[0]
        question = Question(
            line=0,
            message=f"tệp có {len(documents)} văn bản; đây là văn bản thứ {at + 1}, bản nháp của"
            f" văn bản kia: {others}. Máy tách đúng chỗ chưa?",
            hint="nếu là phần kèm theo của một văn bản thì trong Word ghi dưới tên của nó"
            f" «(Kèm theo {own.type.capitalize()} số {own.number or '…'}/{own.symbol})», xóa bản"
            " nháp ở các thư mục này rồi tải tệp lên lại",
        )
        asked.append(replace(document, questions=(question, *document.questions)))
    return asked


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
