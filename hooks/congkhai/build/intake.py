"""Files that an office put into folders of plans, drafted where they lie.

Comes in: a data folder. Goes out: for each office's file without a `plan.yml` beside it the
draft, or why there is none; and the questions of each folder as a checklist in Markdown. One
file that cannot be read, or draft that is not finished, keeps no other waiting.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from types import MappingProxyType

import yaml

from congkhai.data.files import explain_os_error
from congkhai.data.folder import OLD_UPLOADS, PROPOSALS, awaits_plan, is_upload
from congkhai.data.load import Dataset, schema_line
from congkhai.drafting.draft_file import (
    FileDraft,
    draft_file,
    find_signed,
    hash_file,
    name_original,
)
from congkhai.drafting.plan_draft import REVIEW
from congkhai.drafting.register_entries import shorten
from congkhai.model.codes import locality_of_folder
from congkhai.model.places import build_places
from congkhai.text.vietnamese import slug

BRANCHES = "ban-nhap"
"""Branches of drafts are named so, a slash, and the folder of the plan."""
_COMMITTED = "Lập bản nháp: "
"""How the message of a draft's commit begins."""


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

    A PDF is listed where there is no file of words: it may be its signed copy; a workbook, or what
    is named an appendix, where there is no document. One that has to be
    saved anew is listed where there is no other, so that its office is told.
    """
    found: dict[Path, Path] = {}
    files = (file for file in root.rglob("*") if is_upload(file.name) and file.is_file())
    for file in sorted(files, key=_rank):
        depth = len(file.parent.relative_to(root).parts)
        if file.parent not in found and awaits_plan(file.parent.iterdir(), depth):
            found[file.parent] = file
    return sorted(found.values())


def _rank(file: Path) -> tuple[bool, bool, bool, bool, Path]:
    """Put the file of a plan before what may come with it: its signed copy, its tables."""
    ending = file.suffix.lower()
    is_appendix = slug(file.stem).startswith(("phu-luc", "kem-theo", "bieu-"))
    return ending in OLD_UPLOADS, ending == ".pdf", is_appendix, ending == ".xlsx", file


def find_uncommitted(data: Path, committed: Path) -> tuple[str, ...]:
    """List the files that wait in the data folder and are not in the folder of the last commit."""
    missing = (
        file.relative_to(data.parent).as_posix()
        for file in find_uploads(data)
        if not (committed / file.relative_to(data)).exists()
    )
    return tuple(missing)


def find_left_over(dataset: Dataset) -> Iterator[tuple[Path, str]]:
    """Find the offices' files that no draft is made of; with what to do (Vietnamese).

    They lie beside the one that is drafted, beside a plan that does not name them, or in no folder
    of a plan.
    """
    root = dataset.root
    chosen = {file.parent: file for file in find_uploads(root)}
    used = {*chosen.values(), *map(find_signed, chosen.values())}
    for file in sorted(root.rglob("*")):
        if not (is_upload(file.name) and file.is_file()) or file in used:
            continue
        first = chosen.get(file.parent)
        if first is not None:
            is_pdf = file.suffix.lower() == ".pdf" and first.suffix.lower() != ".pdf"
            signed = f" là bản đã ký thì đặt tên {first.stem}.pdf;" if is_pdf else ""
            yield (
                file,
                f"mỗi thư mục một văn bản, máy đã đọc {first.name}; tệp này chưa được đọc. Là kế"
                " hoạch khác thì chuyển sang thư mục riêng bên cạnh;" + signed + " là phụ lục thì"
                f" chép vào cuối {first.name} rồi tải lên lại",
            )
        elif (file.parent / "plan.yml").exists():
            if not _is_named(file, dataset):
                yield (
                    file,
                    "thư mục này đã có kế hoạch, tệp này chưa được đọc. Là kế hoạch mới, hoặc bản"
                    " sửa của kế hoạch, thì để vào một thư mục riêng bên cạnh, máy lập bản nháp mới"
                    " ở đó; là bản đã ký hoặc tài liệu của một báo cáo thì chạy congkhai check, máy"
                    " chỉ dòng phải thêm",
                )
        else:
            yield (
                file,
                "tệp chưa ở trong thư mục của một kế hoạch; chuyển vào thư mục riêng, ví dụ"
                " plans/lai-chau/xa-bum-to/chuyen-doi-so-2026-2030/",
            )


def _is_named(file: Path, dataset: Dataset) -> bool:
    """Say whether a plan or its reports name a file beside it, as it is: not another in its place.

    What is wrong with a plan that cannot be read, check tells.
    """
    plan_id = file.parent.relative_to(dataset.root).as_posix()
    if plan_id not in dataset.plans:
        return True
    original = dataset.plans[plan_id].value.original
    if original is not None and file.name in original.files:
        return original.files[file.name] == hash_file(file)
    reports = [loaded.value for loaded in dataset.reports.get(plan_id, {}).values()]
    responses = [loaded.value for loaded in dataset.responses.get(plan_id, {}).values()]
    evidence = [one for report in reports for entry in report.entries for one in entry.evidence]
    evidence += [report.source for report in reports if report.source]
    evidence += [one for response in responses for one in response.evidence]
    return file.name in {one.url for one in evidence}


def find_drafted(
    uploads: Iterable[tuple[Path, Collection[str]]],
    root: Path,
    branches: Mapping[str, Mapping[str, str]],
) -> dict[Path, str]:
    """Return the files of which a branch has the draft already, with its name.

    `uploads`: each with the ids of its contents, the signed file's among them; others are drafted
    anew.
    `branches`: by name, the ids of contents by path below the data folder.
    """
    found = {}
    for file, needed in uploads:
        folder = f"{file.parent.relative_to(root).as_posix()}/"
        for branch, contents in branches.items():
            inside = {path: held for path, held in contents.items() if path.startswith(folder)}
            if f"{folder}plan.yml" in inside and {*needed} <= {*inside.values()}:
                found[file] = branch
    return found


def name_branch(place: str, taken: Mapping[str, str] = MappingProxyType({})) -> str:
    """Name the branch on which a folder of plans is drafted; `place` is below the data folder.

    `taken`: by branch, what its last commit says. One that is as the machine left it is drafted
    anew; one on which a person has worked stays, and the next has a number.

    >>> name_branch("hai-phong/xa-nam-sach/ascc-2026-2030")
    'ban-nhap/hai-phong/xa-nam-sach/ascc-2026-2030'
    """
    first = "/".join([BRANCHES, *(slug(part) or "thu-muc" for part in place.split("/"))])
    for branch in chain([first], (f"{first}-{number}" for number in count(2))):
        if taken.get(branch, _COMMITTED).startswith(_COMMITTED):
            return branch
    raise AssertionError("numbers do not end")


def describe_commit(intakes: Iterable[Intake]) -> str:
    """Write the message of the commit that has these drafts."""
    return f"{_COMMITTED}{', '.join(intake.plan for intake in intakes if intake.plan)}"


def draft_uploads(
    dataset: Dataset, drafted: Collection[Path] = ()
) -> Iterator[tuple[Path | None, tuple[Intake, ...]]]:
    """Draft every file that waits for it, and write the drafts beside the files.

    Yields each file with what became of it and of those beside it; at last, with None, what
    became of files in no folder of a plan. `drafted`: files of which a branch has the draft
    already.
    """
    uploads = find_uploads(dataset.root)
    beside: dict[Path | None, list[Intake]] = {}
    chosen = {file.parent: file for file in uploads}
    for file, fault in list(find_left_over(dataset)):
        beside.setdefault(chosen.get(file.parent), []).append(
            Intake(_name(file, dataset), fault=fault)
        )
    for source in uploads:
        if source not in drafted:
            yield source, (*_draft_or_explain(source, dataset), *beside.get(source, ()))
    if None in beside:
        yield None, tuple(beside[None])


def _draft_or_explain(source: Path, dataset: Dataset) -> tuple[Intake, ...]:
    fault = _explain_folder(source, dataset)
    if not fault:
        try:
            return tuple(_draft_upload(source, dataset))
        except OSError as error:
            fault = explain_os_error(error)
        except ValueError as error:
            fault = str(error)
    return (Intake(_name(source, dataset), fault=fault),)


def ask_again(source: Path, dataset: Dataset, plan: str, proposals: str) -> Intake:
    """List the questions of a draft that waits on a branch, as it is there now.

    `plan`, `proposals`: the texts of `plan.yml` and of the proposals; the latter may be empty.
    """
    sections = (yaml.load(proposals, yaml.CSafeLoader) if proposals else None) or {}
    return Intake(
        _name(source, dataset),
        _name(source.parent / "plan.yml", dataset),
        tuple(_list_reviews(plan)),
        sum(len(entries or ()) for entries in sections.values()),
    )


def _list_reviews(plan: str) -> Iterator[str]:
    for number, line in enumerate(plan.splitlines(), 1):
        if REVIEW in line:
            yield f"dòng {number}: {line.partition(REVIEW)[2]}"


def _explain_folder(source: Path, dataset: Dataset) -> str:
    """Say why a file may not be drafted where it lies: its plan would have no address there."""
    folder = source.parent
    place = folder.relative_to(dataset.root).as_posix()
    places = build_places(dataset.localities, ())
    if code := locality_of_folder(place, places):
        return (
            f"{place}/ là thư mục của {places[code].name}, chưa phải của một kế hoạch; chuyển tệp"
            f" vào một thư mục bên trong, ví dụ {place}/{shorten(slug(source.stem)) or 'ke-hoach'}/"
        )
    for name in place.split("/"):
        if name != slug(name):
            return (
                f"tên thư mục «{name}» có dấu, chữ hoa hoặc dấu cách, không làm địa chỉ được;"
                f" đổi tên thành {shorten(slug(name)) or 'ke-hoach'}"
            )
    return ""


def _draft_upload(source: Path, dataset: Dataset) -> Iterator[Intake]:
    folder = source.parent
    locality, issuer = issuer_of_folder(folder, dataset)
    signed = find_signed(source)
    drafted = draft_file(
        source, dataset, locality=locality, issuer=issuer, folder=folder.name, signed=signed
    )
    name = _name(source, dataset)
    kept = source
    if drafted.kept_name and drafted.kept_name != source.name:
        kept = source.rename(folder / drafted.kept_name)
    if signed is not None:
        signed.rename(folder / (name_original(signed) or signed.name))
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
    return Intake(
        name,
        _name(folder / "plan.yml", dataset),
        tuple(_list_reviews(plan)),
        len(drafted.draft.entries),
    )


def _name(file: Path, dataset: Dataset) -> str:
    return file.relative_to(dataset.root.parent).as_posix()


def write_request(intakes: Iterable[Intake], contents: Iterable[str]) -> str:
    """Write what the merge request of a folder is told; `contents`: ids of its files' contents.

    The last line tells the recipe whether a request has these questions already: boxes may have
    been ticked since.
    """
    return f"{write_checklist(intakes)}\n<!-- congkhai: {' '.join(contents)} -->\n"


def write_checklist(intakes: Iterable[Intake]) -> str:
    """Write a box for each question, and what to do with it; or why there is no draft."""
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
