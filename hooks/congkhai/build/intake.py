"""Files that an office put into folders of plans, drafted where they lie.

Comes in: a data folder. Goes out: for each office's file without a `plan.yml` beside it the
draft, or why there is none; and the questions of all drafts as a checklist in Markdown. One
file that cannot be read keeps no other waiting.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from congkhai.data.files import explain_os_error
from congkhai.data.folder import OLD_UPLOADS, PROPOSALS, awaits_plan, is_upload
from congkhai.data.load import Dataset, schema_line
from congkhai.drafting.draft_file import FileDraft, draft_file
from congkhai.drafting.plan_draft import REVIEW
from congkhai.model.codes import locality_of_folder
from congkhai.model.places import build_places


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one file."""

    source: str
    """Relative to the data folder's parent, with `/`."""
    plan: str = ""
    """The draft, likewise; empty when there is none."""
    questions: tuple[str, ...] = ()
    proposals: int = 0
    fault: str = ""
    """Why there is no draft (Vietnamese)."""


def issuer_of_folder(folder: Path, dataset: Dataset) -> tuple[str, str]:
    """Return the codes of locality and issuing unit that a plan's folder tells; empty for none.

    The unit is empty for a People's Committee.
    """
    above = folder.parent
    if not above.is_relative_to(dataset.root):
        return "", ""
    places = build_places(dataset.localities, ())
    name = above.relative_to(dataset.root).as_posix()
    if found := locality_of_folder(name, places):
        return found, ""
    rest, _, unit = name.rpartition("/")
    if unit in dataset.units:
        return locality_of_folder(rest, places) or "", unit
    return "", ""


def find_uploads(root: Path) -> list[Path]:
    """List the offices' files in folders of plans that have no plan yet; one of a folder.

    A file that has to be saved anew is listed where there is no other, so that its office is told.
    """
    found: dict[Path, Path] = {}
    files = (file for file in root.rglob("*") if is_upload(file.name) and file.is_file())
    for file in sorted(files, key=lambda file: (file.suffix.lower() in OLD_UPLOADS, file)):
        depth = len(file.parent.relative_to(root).parts)
        if file.parent not in found and awaits_plan(file.parent.iterdir(), depth):
            found[file.parent] = file
    return sorted(found.values())


def find_drafted(
    uploads: Iterable[tuple[Path, str]], root: Path, branches: Mapping[str, Mapping[str, str]]
) -> dict[Path, str]:
    """Return the files of which a branch has the draft already, with its name.

    `uploads`: each with the id of its content; another content is drafted anew.
    `branches`: by name, the ids of contents by path below the data folder.
    """
    found = {}
    for file, content in uploads:
        folder = f"{file.parent.relative_to(root).as_posix()}/"
        for branch, contents in branches.items():
            inside = {path: held for path, held in contents.items() if path.startswith(folder)}
            if f"{folder}plan.yml" in inside and content in inside.values():
                found[file] = branch
    return found


def draft_uploads(dataset: Dataset, drafted: Collection[Path] = ()) -> Iterator[Intake]:
    """Draft every file that waits for it, and write the drafts beside the files.

    `drafted`: files of which a branch has the draft already.
    """
    for source in find_uploads(dataset.root):
        if source in drafted:
            continue
        try:
            yield from _draft_upload(source, dataset)
        except OSError as error:
            yield Intake(_name(source, dataset), fault=explain_os_error(error))
        except ValueError as error:
            yield Intake(_name(source, dataset), fault=str(error))


def _draft_upload(source: Path, dataset: Dataset) -> Iterator[Intake]:
    folder = source.parent
    locality, issuer = issuer_of_folder(folder, dataset)
    drafted = draft_file(source, dataset, locality=locality, issuer=issuer, folder=folder.name)
    name = _name(source, dataset)
    kept = source
    if drafted.kept_name and drafted.kept_name != source.name:
        kept = source.rename(folder / drafted.kept_name)
    yield _write_draft(drafted, folder, name, dataset)
    for other in drafted.others:
        beside = folder.parent / other.folder
        if (beside / "plan.yml").exists():
            fault = f"văn bản khác trong tệp này: thư mục {other.folder} đã có kế hoạch; tách tệp"
            yield Intake(name, fault=fault)
            continue
        beside.mkdir(exist_ok=True)
        if other.kept_name:
            shutil.copyfile(kept, beside / other.kept_name)
        yield _write_draft(other, beside, name, dataset)


def _write_draft(drafted: FileDraft, folder: Path, name: str, dataset: Dataset) -> Intake:
    """Write a draft into its folder; return its questions."""
    place = folder.relative_to(dataset.root).as_posix()
    plan = schema_line("plan", place) + drafted.draft.yaml
    texts = {
        "plan.yml": plan,
        "source.txt": drafted.text,
        PROPOSALS: drafted.draft.entries.write(),
    }
    for file, text in texts.items():
        if text and not (folder / file).exists():
            (folder / file).write_text(text, encoding="utf-8", newline="\n")
    lines = plan.splitlines()
    questions = [
        f"dòng {number}: {line.partition(REVIEW)[2]}"
        for number, line in enumerate(lines, 1)
        if REVIEW in line
    ]
    return Intake(
        name,
        _name(folder / "plan.yml", dataset),
        tuple(questions),
        len(drafted.draft.entries),
    )


def _name(file: Path, dataset: Dataset) -> str:
    return file.relative_to(dataset.root.parent).as_posix()


def write_checklist(intakes: Iterable[Intake]) -> str:
    """Write what a merge request is told: a box for each question, and what to do with it."""
    return "\n".join(line for intake in intakes for line in _list_questions(intake))


def _list_questions(intake: Intake) -> Iterator[str]:
    yield f"### `{intake.source}`"
    yield ""
    if intake.fault:
        yield f"Chưa lập được bản nháp: {intake.fault}."
    else:
        yield (
            f"Máy đã lập `{intake.plan}`. Mở tệp ấy, đọc văn bản, trả lời từng câu bằng cách"
            " sửa dòng ngay bên dưới rồi xóa dòng XEM LẠI. Đừng gõ lại câu chữ của văn bản."
        )
        yield ""
        for question in intake.questions:
            yield f"- [ ] {question}"
        if intake.proposals:
            yield f"- [ ] xem {intake.proposals} đề xuất cho danh mục trong `{PROPOSALS}` cạnh đó"
    yield ""
