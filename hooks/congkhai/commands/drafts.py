"""`congkhai draft`, `intake` and `read`: an office's file as a draft of a plan, with its questions.

Comes in: files of offices, the registers. Goes out: `plan.yml` with what is kept beside it, on a
branch of the forge for `intake`.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from congkhai.build.branch import (
    BranchError,
    commit_and_push,
    drop_changes,
    hash_content,
    list_branches,
    open_last_commit,
    read_head,
    read_on_branch,
    read_subject,
)
from congkhai.build.intake import (
    BRANCHES,
    Intake,
    ask_again,
    describe_commit,
    draft_uploads,
    find_drafted,
    find_uncommitted,
    find_uploads,
    issuer_of_folder,
    name_branch,
    write_checklist,
    write_request,
)
from congkhai.commands.dataset import (
    find_data,
    print_problems,
    read_data,
    tell_progress,
    write_new,
)
from congkhai.commands.parser import BAD_DATA, GOOD, Commands, UsageError
from congkhai.data.files import explain_os_error
from congkhai.data.folder import PROPOSALS
from congkhai.data.load import Dataset, load_dataset, schema_line
from congkhai.drafting.accept import read_proposals
from congkhai.drafting.draft_file import (
    FileDraft,
    draft_file,
    find_signed,
    name_original,
    summarize,
)
from congkhai.model.codes import find_localities, find_names, find_units
from congkhai.model.places import build_places
from congkhai.model.views import Place
from congkhai.reading.document import read_entries, write_tsv
from congkhai.sources.blocks import UnreadableSource
from congkhai.sources.reader import read_document
from congkhai.text.nearest import hint_nearest
from congkhai.text.vietnamese import fold

MOST_SUGGESTED = 5
"""Codes that one message suggests."""
NOT_DRAFTED = "chua-doc.md"
"""Beside the requests: which files have no draft, and why."""


def describe_draft(commands: Commands) -> None:
    """Add `draft` to the parser."""
    command = commands.add_parser(
        "draft",
        help="lập bản nháp plan.yml từ tệp của cơ quan",
        description=(
            "Lập bản nháp plan.yml từ tệp của cơ quan: .docx, .xlsx, .odt, .html, .md, .txt hoặc"
            " .pdf có lớp chữ. Chữ là nguyên văn, dữ liệu là đề xuất phải xem lại. Tệp gốc và"
            " source.txt được để cạnh plan.yml."
        ),
    )
    command.add_argument(
        "source",
        metavar="VĂN-BẢN",
        type=Path,
        help="tệp văn bản gốc, ví dụ plans/lai-chau/ascc-2026-2030/ke-hoach.docx",
    )
    command.add_argument(
        "--locality",
        metavar="MÃ",
        default="",
        help="mã hoặc tên địa phương, ví dụ 10606 hoặc «xã Nam Sách, Hải Phòng»;"
        " để trống thì theo thư mục của bản nháp",
    )
    command.add_argument(
        "--issuer",
        metavar="MÃ",
        default="",
        help="mã hoặc tên cơ quan ban hành, khi không phải Ủy ban nhân dân, ví dụ chinh-phu",
    )
    command.add_argument(
        "--programme",
        metavar="MÃ",
        default="",
        help="mã hoặc tên chương trình, ví dụ ascc-2026-2035; để trống thì máy đề xuất",
    )
    command.add_argument(
        "--output",
        metavar="TỆP",
        type=Path,
        help=(
            "ghi vào tệp này, không ghi đè; mặc định là plan.yml cạnh tệp Word, Excel, PDF,"
            " còn tệp chữ thì in ra màn hình"
        ),
    )
    command.add_argument(
        "--accept",
        action="store_true",
        help=f"VĂN-BẢN là tệp {PROPOSALS} đã xem: chép các mục của tệp vào danh mục rồi xóa tệp",
    )
    command.set_defaults(run=_draft)


def describe_intake(commands: Commands) -> None:
    """Add `intake` to the parser."""
    command = commands.add_parser(
        "intake",
        help="lập bản nháp từ tệp đã tải lên kho, mỗi kế hoạch một nhánh",
        description="Tìm tệp Word, Excel, PDF trong thư mục kế hoạch chưa có plan.yml, lập bản"
        f" nháp, mỗi thư mục\nmột nhánh {BRANCHES}/<thư mục>, gửi các nhánh lên kho và ghi các câu"
        " hỏi thành danh sách.\nTệp phải được lưu vào git trước. Thay tệp thì bản nháp được lập"
        " lại; đã có người sửa bản nháp\nthì bản mới ở nhánh có thêm số.",
    )
    command.add_argument(
        "--remote", metavar="KHO", default="origin", help="nơi gửi lên; mặc định origin"
    )
    command.add_argument(
        "--markdown", metavar="TỆP", type=Path, help="ghi danh sách câu hỏi vào tệp này"
    )
    command.add_argument(
        "--requests",
        metavar="THƯ-MỤC",
        type=Path,
        help="ghi vào thư mục này lời của mỗi đề nghị gộp, <nhánh>.md, và"
        f" {NOT_DRAFTED}: tệp nào chưa đọc được, vì sao",
    )
    command.set_defaults(run=_intake)


def describe_read(commands: Commands) -> None:
    """Add `read` to the parser."""
    command = commands.add_parser(
        "read",
        help="in những điều đọc được trong một văn bản",
        description="Đọc một văn bản và in, mỗi mục một dòng: cơ quan và vai trò, thời hạn, "
        "con số, và câu hỏi ở cột note\n(bắt đầu bằng «?»). Các cột cách nhau bằng dấu tab.",
    )
    command.add_argument(
        "source",
        metavar="VĂN-BẢN",
        type=Path,
        help="tệp của cơ quan: .docx, .xlsx, .odt, .html, .md, .txt hoặc .pdf có chữ",
    )
    command.set_defaults(run=_read_facts)


def _draft(chosen: argparse.Namespace) -> int:
    dataset, problems, _ = read_data()
    if not dataset.units:
        print_problems(problems)
        return BAD_DATA
    if chosen.accept:
        return _accept(chosen.source, dataset)
    output = _choose_output(chosen)
    locality, issuer = _choose_issuer(chosen, (output or chosen.source).resolve(), dataset)
    programme = _find_programme(chosen.programme, dataset)
    is_beside = output is not None and output.parent.resolve() == chosen.source.parent.resolve()
    signed = find_signed(chosen.source) if is_beside and chosen.source.is_file() else None
    try:
        drafted = draft_file(
            chosen.source,
            dataset,
            locality=locality,
            issuer=issuer,
            programme=programme,
            folder=(output or chosen.source).resolve().parent.name,
            signed=signed,
            tell=tell_progress,
        )
    except OSError as error:
        raise UsageError(f"không mở được {chosen.source}: {explain_os_error(error)}") from error
    except ValueError as error:
        raise UsageError(str(error)) from error
    if output is None:
        if drafted.others:
            raise UsageError(
                f"tệp có {1 + len(drafted.others)} văn bản; thêm --output …/plan.yml để mỗi văn bản"
                " có bản nháp ở một thư mục"
            )
        print(drafted.draft.yaml, end="")
        return GOOD
    _write_draft(drafted, chosen.source, output, dataset)
    if signed is not None:
        _keep_original(signed, output.parent, name_original(signed))
    kept = output.parent / (drafted.kept_name or "")
    source = kept if drafted.kept_name and not chosen.source.exists() else chosen.source
    for other in drafted.others:
        beside = output.resolve().parent.parent / other.folder
        beside.mkdir(exist_ok=True)
        _write_draft(other, source, beside / "plan.yml", dataset)
    return GOOD


def _write_draft(drafted: FileDraft, source: Path, output: Path, dataset: Dataset) -> None:
    """Write a draft with all that is kept beside it, and tell what to do next."""
    folder = output.resolve().parent
    is_below = folder.is_relative_to(dataset.root)
    place = folder.relative_to(dataset.root).as_posix() if is_below else ""
    write_new(output, (schema_line("plan", place) if is_below else "") + drafted.draft.yaml)
    _keep_original(source, output.parent, drafted.kept_name)
    if drafted.text is not None:
        _keep_text(output.parent / "source.txt", drafted.text)
    proposals = drafted.draft.entries.write()
    if proposals:
        _write_again(output.parent / PROPOSALS, proposals)
    for line in summarize(drafted.draft, output):
        print(line)


@dataclass
class _Requests:
    """What `intake` has to say: by branch, and of files that have none."""

    by_branch: dict[str, tuple[list[Intake], list[str]]] = field(default_factory=dict)
    """With the ids of the contents that the draft was made from."""
    without: list[Intake] = field(default_factory=list)

    def has_faults(self) -> bool:
        """Say whether a file was not drafted, wherever it is told."""
        drafted = (intakes for intakes, _ in self.by_branch.values())
        return any(intake.fault for intake in chain(self.without, *drafted))

    def write(self, folder: Path) -> None:
        """Write what each merge request is told, and what no request tells."""
        for branch, (intakes, contents) in self.by_branch.items():
            file = folder / f"{branch}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(write_request(intakes, contents), encoding="utf-8")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NOT_DRAFTED).write_text(write_checklist(self.without), encoding="utf-8")


def _intake(chosen: argparse.Namespace) -> int:
    data = find_data(Path.cwd())
    sent, new = _Requests(), _Requests()
    try:
        with open_last_commit(data) as folder:
            dataset, problems = load_dataset(folder)
            if not dataset.units:
                print_problems(problems)
                return BAD_DATA
            waiting = find_uncommitted(data, folder)
            _draft_each(data, dataset, chosen.remote, sent, new)
    except BranchError as error:
        raise UsageError(str(error)) from error
    finally:
        if chosen.requests:
            _Requests(sent.by_branch | new.by_branch, new.without).write(chosen.requests)
    told = chain(*(intakes for intakes, _ in new.by_branch.values()), new.without)
    checklist = write_checklist(told)
    if chosen.markdown:
        chosen.markdown.write_text(checklist, encoding="utf-8")
    if checklist or not waiting:
        print(checklist or "Không có tệp nào chờ lập bản nháp.")
    for branch in new.by_branch:
        print(f"Đã gửi nhánh {branch} lên {chosen.remote}.")
    if waiting:
        print(f"Chưa lưu vào git nên chưa đọc: {', '.join(waiting)}.")
        print('Gõ: git add plans, rồi git commit -m "Tải văn bản lên", rồi chạy lại.')
    return BAD_DATA if new.has_faults() or waiting else GOOD


def _draft_each(data: Path, dataset: Dataset, remote: str, sent: _Requests, new: _Requests) -> None:
    """Draft each folder that waits on a branch of its own, and push it; fill `sent` and `new`.

    `sent`: drafts that wait on a branch already; nobody is asked twice. Raises BranchError.
    """
    folder = dataset.root
    start = read_head(folder)
    branches = list_branches(data, remote, BRANCHES)
    contents = {
        file: [hash_content(data, one) for one in (file, find_signed(file)) if one is not None]
        for file in find_uploads(folder)
    }
    drafted = find_drafted(contents.items(), folder, branches)
    for file, branch in drafted.items():
        print(f"{file.relative_to(folder.parent).as_posix()}: đã có bản nháp ở nhánh {branch}.")
        place = file.parent.relative_to(folder).as_posix()
        if branch.startswith(name_branch(place)):
            plan, proposals = (
                read_on_branch(data, remote, branch, f"{place}/{text}")
                if f"{place}/{text}" in branches[branch]
                else ""
                for text in ("plan.yml", PROPOSALS)
            )
            sent.by_branch[branch] = ([ask_again(file, dataset, plan, proposals)], contents[file])
    subjects = {branch: read_subject(data, remote, branch) for branch in branches}
    for source, intakes in draft_uploads(dataset, drafted):
        if source is None or not any(intake.plan for intake in intakes):
            new.without += intakes
        else:
            branch = name_branch(source.parent.relative_to(folder).as_posix(), subjects)
            commit_and_push(folder, describe_commit(intakes), data, remote, branch)
            asked = _ask_about_former(intakes, source, folder, branch)
            new.by_branch[branch] = (asked, contents[source])
        drop_changes(folder, start)


def _ask_about_former(
    intakes: Sequence[Intake], source: Path, folder: Path, branch: str
) -> list[Intake]:
    """Ask to close the draft of an earlier file, on which a person has worked."""
    former = name_branch(source.parent.relative_to(folder).as_posix())
    if branch == former:
        return list(intakes)
    question = (
        f"tệp được tải lên lại sau khi có người sửa bản nháp ở nhánh {former}: chép những chỗ đã"
        " trả lời ở đó sang đây, rồi đóng đề nghị cũ"
    )
    first, *others = intakes
    return [replace(first, questions=(question, *first.questions)), *others]


def _choose_output(chosen: argparse.Namespace) -> Path | None:
    """Return where the draft goes; None for a text, which is drafted to standard output."""
    output: Path | None = chosen.output
    is_text = chosen.source.suffix.lower() in (".txt", ".md")
    return output or (None if is_text else chosen.source.parent / "plan.yml")


def _choose_issuer(chosen: argparse.Namespace, output: Path, dataset: Dataset) -> tuple[str, str]:
    """Return the codes of locality and issuing unit that were typed, or that the folder tells."""
    if chosen.locality:
        places = build_places(dataset.localities, ())
        return _find_locality(chosen.locality, places), _find_issuer(chosen.issuer, dataset)
    locality, unit = issuer_of_folder(output.parent, dataset)
    return locality, _find_issuer(chosen.issuer, dataset) or unit


def _find_programme(typed: str, dataset: Dataset) -> str:
    """Return the id of the programme that was typed; empty for none."""
    names = {code: programme.name for code, programme in dataset.programmes.items()}
    found = find_names(typed, {code: (name,) for code, name in names.items()}) if typed else ()
    if len(found) != 1:
        _require_code(typed, "chương trình", names)
    return found[0] if found else ""


def _find_issuer(typed: str, dataset: Dataset) -> str:
    """Return the id of the unit that was typed; empty for none."""
    units = find_units(typed, dataset.units) if typed else ()
    if len(units) != 1:
        _require_code(typed, "cơ quan", {code: u.name for code, u in dataset.units.items()})
    return units[0] if units else ""


def _find_locality(typed: str, places: Mapping[str, Place]) -> str:
    """Return the code of the one locality that was typed; raise UsageError for none or several."""
    codes = find_localities(typed, places)
    if len(codes) == 1:
        return codes[0]
    if codes:
        shown = "; ".join(_name_place(places[code], places) for code in codes[:MOST_SUGGESTED])
        more = len(codes) - MOST_SUGGESTED
        rest = f"; và {more} nơi nữa" if more > 0 else ""
        raise UsageError(
            f"«{typed}» có {len(codes)} nơi: {shown}{rest}; "
            "ghi thêm tên tỉnh sau dấu phẩy, hoặc ghi mã"
        )
    _require_code(typed, "địa phương", {code: place.name for code, place in places.items()})
    return typed


def _name_place(place: Place, places: Mapping[str, Place]) -> str:
    above = places.get(place.province or "")
    return f"{place.name}{f', {above.short}' if above else ''} ({place.code})"


def _require_code(code: str, kind: str, names: Mapping[str, str]) -> None:
    """Raise UsageError for a code that is in no register, with those whose names are like it.

    An empty code passes: the draft then asks for it. A register that is broken has no names.
    """
    if not code or code in names or not names:
        return
    like = [f"{known} ({name})" for known, name in names.items() if fold(code) in fold(name)]
    if like:
        more = f" và {len(like) - MOST_SUGGESTED} mã nữa" if len(like) > MOST_SUGGESTED else ""
        hint = f"có phải {', '.join(like[:MOST_SUGGESTED])}{more}?"
    else:
        hint = hint_nearest(code, names, "gõ một phần của tên, máy gợi ý mã")
    raise UsageError(f"không có {kind} mã «{code}»; {hint}")


def _accept(path: Path, dataset: Dataset) -> int:
    """Add confirmed proposals to the registers of the data folder."""
    if not path.is_file():
        raise UsageError(f"không thấy tệp {path}; ghi đường dẫn của {PROPOSALS} cạnh plan.yml")
    texts, problems = read_proposals(path, dataset)
    if problems:
        errors = print_problems(problems)
        print(f"\n{errors} chỗ phải sửa; chưa chép mục nào vào danh mục.")
        return BAD_DATA
    for section, text in texts.items():
        register = dataset.root / f"{section}.yml"
        before = (
            register.read_text(encoding="utf-8").rstrip("\n") + "\n" if register.exists() else ""
        )
        register.write_text(before + text.removeprefix("" if before else "\n"), encoding="utf-8")
        count = text.count("\n\n") + 1 if text else 0
        print(f"Đã thêm {count} mục vào {register}.")
    path.unlink()
    print(f"Đã xóa {path}. Tiếp theo: congkhai check")
    return GOOD


def _write_again(path: Path, text: str) -> None:
    """Write the proposals of a new draft; those of an earlier one are replaced."""
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"Đã ghi {path}.")


def _keep_original(source: Path, folder: Path, name: str | None) -> None:
    """Keep the office's file beside the draft, under a name that an address can have."""
    if name is None or (folder / name).exists():
        return
    if source.parent.resolve() == folder.resolve():
        source.rename(folder / name)
        print(f"Đã đổi tên {source.name} thành {name}.")
    else:
        shutil.copyfile(source, folder / name)
        print(f"Đã chép {source.name} thành {folder / name}.")


def _keep_text(path: Path, text: str) -> None:
    """Write the text beside the draft; a text that is there already stays."""
    if not path.exists():
        path.write_text(text, encoding="utf-8")
        print(f"Đã ghi {path}.")
    elif path.read_text(encoding="utf-8") != text:
        print(f"Giữ nguyên {path} đã có; lệnh check sẽ so plan.yml với tệp đó.")


def _read_facts(chosen: argparse.Namespace) -> int:
    try:
        document = read_document(chosen.source)
    except OSError as error:
        raise UsageError(f"không mở được {chosen.source}: {explain_os_error(error)}") from error
    except UnreadableSource as error:
        raise UsageError(f"không đọc được văn bản: {error}") from error
    for line in write_tsv(read_entries(document)):
        print(line)
    return GOOD
