"""The ledger of one plan, from a history that no git keeps: versions, days, and what is hidden."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from congkhai.data.load import load_dataset
from congkhai.model.derive import derive
from congkhai.model.ledger import HIDDEN, Comparisons, LedgerEntry, LedgerReader
from congkhai.model.plan_view import PlanView
from congkhai.model.today import Today
from congkhai.model.transcript import transcript
from congkhai.model.withdrawn_plans import list_withdrawn_plans
from tests.cases import CASES
from tests.repository import history_of

PLAN = "hai-phong/xa-nam-sach/ascc-2026-2030"
FOLDER = CASES / "ten-commits"
FILES = {
    path.relative_to(FOLDER).as_posix(): path.read_bytes()
    for path in (FOLDER / PLAN).rglob("*.yml")
}
NOW = FILES[f"{PLAN}/plan.yml"]
REPORT = f"{PLAN}/reports/2027-phong-van-hoa-xa-hoi.yml"
AS_OF = date(2028, 6, 30)

Commits = Sequence[tuple[str, bytes | None]]


def view(commits: Mapping[str, Commits], as_of: date = AS_OF, folder: Path = FOLDER) -> PlanView:
    """Return the plan as it is now, after these commits of its files."""
    dataset, problems = load_dataset(folder)
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    return derive(dataset, as_of, history_of(commits)).plans[PLAN]


def ledger_of(*plan: tuple[str, bytes | None]) -> list[LedgerEntry]:
    """Return what is told of `plan.yml`."""
    entries = view({f"{PLAN}/plan.yml": plan}).ledger
    return [entry for entry in entries if entry.file == "plan.yml" and entry.is_news]


def amended(entry: LedgerEntry) -> list[tuple[str, str | None, str | None]]:
    return [(change.kind, change.before, change.after) for change in entry.amendments]


def test_the_first_version_is_an_arrival_and_each_other_one_an_edit():
    old = NOW.replace("vận động".encode(), "tuyên truyền".encode())
    added, edited = ledger_of(("2026-06-01", old), ("2026-07-01", NOW))
    assert (added.kind, added.day, added.amendments) == ("plan-added", date(2026, 6, 1), ())
    assert (edited.kind, edited.day) == ("plan-edited", date(2026, 7, 1))
    assert [change.kind for change in edited.amendments] == ["words"]


@pytest.mark.parametrize("name", ["plan.yml", "source.txt"])
@pytest.mark.parametrize("windows", ["disk", "commit", "both"])
def test_the_ends_of_lines_are_no_change(name: str, windows: str, tmp_path: Path):
    """Notepad and git each write their own; no reader is told that the text was edited."""
    folder = Path(shutil.copytree(FOLDER, tmp_path / "plans"))
    file = folder / PLAN / name
    dataset, _ = load_dataset(folder)
    if name == "source.txt":
        file.write_text(transcript(dataset.plans[PLAN].value), "utf-8")
    unix = file.read_bytes()
    ends = unix.replace(b"\n", b"\r\n")
    plan = [("2026-06-01", NOW)]
    commits: dict[str, Commits] = {f"{PLAN}/plan.yml": plan}
    committed = [("2026-06-02", unix), ("2026-06-03", ends), ("2026-06-04", unix)]
    if windows == "disk":
        file.write_bytes(ends)
    else:
        committed = committed[:2] if windows == "commit" else [*committed, ("2026-06-05", ends)]
        file.write_bytes(unix if windows == "commit" else ends)
    commits[f"{PLAN}/{name}"] = [*(plan if name == "plan.yml" else ()), *committed]
    told = [entry.kind for entry in view(commits, folder=folder).ledger if entry.file == name]
    assert told == (["plan-added"] if name == "plan.yml" else ["file-added"])


def test_what_could_not_be_read_was_never_published():
    broken = NOW.replace(b"programme: ", b"program: ")
    only_once = ledger_of(("2026-06-01", broken), ("2026-06-02", NOW), ("2026-06-03", broken))
    assert [(entry.kind, entry.day) for entry in only_once] == [("plan-added", date(2026, 6, 2))]


def test_the_history_of_a_draft_is_no_change(tmp_path: Path):
    """A branch of answers that was not squashed: upload, draft, answers, proposals taken over.

    Nobody published any of it; from the first version without a question all is told.
    """
    asked = "# XEM LẠI: một câu\n".encode()
    folder = Path(shutil.copytree(FOLDER, tmp_path / "plans"))
    (folder / PLAN / "ke-hoach.docx").write_bytes(b"PK")
    (folder / PLAN / "source.txt").write_text("v1", "utf-8")
    first = NOW.replace("vận động".encode(), "tuyên truyền".encode())
    other = first.replace("phối hợp".encode(), "cùng".encode())
    commits: dict[str, Commits] = {
        f"{PLAN}/Kế hoạch.docx": [("2026-06-01", b"PK"), ("2026-06-02", None)],
        f"{PLAN}/ke-hoach.docx": [("2026-06-02", b"PK")],
        f"{PLAN}/de-xuat.yml": [("2026-06-02", b"units: {}\n"), ("2026-06-09", None)],
        f"{PLAN}/source.txt": [("2026-06-02", b"v0"), ("2026-06-03", b"v1")],
        f"{PLAN}/plan.yml": [
            ("2026-06-02", asked + other),
            ("2026-06-03", asked + first),
            ("2026-06-04", first),
            ("2026-07-01", NOW),
        ],
    }
    told = [
        (entry.kind, entry.file, str(entry.day)) for entry in view(commits, folder=folder).ledger
    ]
    assert [row for row in told if "reports/" not in row[1] and "responses/" not in row[1]] == [
        ("plan-added", "plan.yml", "2026-06-04"),
        ("plan-edited", "plan.yml", "2026-07-01"),
    ]


def test_a_draft_that_was_given_up_is_no_withdrawn_plan():
    """Its last published version is told of one that was published; of a mere draft nothing."""
    asked = "# XEM LẠI: một câu\n".encode() + NOW
    for versions, titles in (
        ([asked], []),
        ([NOW, asked], ["Hành động thực hiện Chương trình trên địa bàn xã Nam Sách"]),
    ):
        days = [f"2026-06-0{at}" for at in range(1, len(versions) + 2)]
        commits = list(zip(days, [*versions, None], strict=True))
        history = history_of({f"{PLAN}/plan.yml": commits})
        gone = list_withdrawn_plans(history, (), Today(AS_OF))
        assert [plan.title for plan in gone] == titles


def test_what_is_not_committed_yet_has_no_day_of_its_own():
    old = NOW.replace("vận động".encode(), "tuyên truyền".encode())
    _, edited = ledger_of(("2026-06-01", old))
    assert (edited.day, edited.not_before) == (None, date(2026, 6, 1))


@pytest.mark.parametrize("day", ["2026-04-30", "2028-07-01", "2099-01-01"])
def test_a_day_before_the_document_or_after_today_is_not_believed(day: str):
    (added,) = ledger_of((day, NOW))
    assert added.day is None


def test_a_report_cannot_have_arrived_before_its_own_day():
    commits = {REPORT: [("2027-10-27", FILES[REPORT])], f"{PLAN}/plan.yml": [("2026-06-01", NOW)]}
    plan = view(commits)
    arrival = next(
        entry for entry in plan.ledger if entry.file.endswith("2027-phong-van-hoa-xa-hoi.yml")
    )
    assert arrival.day is None


@pytest.mark.parametrize(("day", "shown"), [("2027-11-04", None), ("2027-11-05", "2027-11-05")])
def test_a_day_of_arrival_is_shown_when_it_is_more_than_a_week_later(day: str, shown: str | None):
    plan = view({REPORT: [(day, FILES[REPORT])], f"{PLAN}/plan.yml": [("2026-06-01", NOW)]})
    report = next(report for report in plan.reports if REPORT.endswith(report.file))
    arrival = plan.arrival_of(report)
    assert (arrival.isoformat() if arrival else None) == shown


def test_a_folder_that_was_renamed_keeps_its_past(tmp_path: Path):
    new = NOW + b"former_paths: [hai-phong/xa-nam-sach/ascc-cu]\n"
    folder = lay_out(tmp_path, new)
    old = NOW.replace("vận động".encode(), "tuyên truyền".encode())
    commits = {
        "hai-phong/xa-nam-sach/ascc-cu/plan.yml": [("2026-06-01", old), ("2026-08-01", None)],
        f"{PLAN}/plan.yml": [("2026-08-01", new)],
    }
    entries = [entry for entry in view(commits, folder=folder).ledger if entry.file == "plan.yml"]
    assert [(entry.kind, entry.day) for entry in entries] == [
        ("plan-added", date(2026, 6, 1)),
        ("plan-edited", date(2026, 8, 1)),
    ]
    assert [kind for kind, _, _ in amended(entries[1])] == ["words"]


def lay_out(folder: Path, plan: bytes) -> Path:
    """Write the folder anew, with this plan."""
    for path in FOLDER.rglob("*.yml"):
        file = folder / path.relative_to(FOLDER)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(plan if path.name == "plan.yml" else path.read_bytes())
    return folder


def test_a_report_that_came_back_is_told_and_no_longer_removed():
    commits = [("2027-10-28", FILES[REPORT]), ("2027-12-01", None), ("2028-01-01", FILES[REPORT])]
    plan = view({REPORT: commits, f"{PLAN}/plan.yml": [("2026-06-01", NOW)]})
    kinds = [entry.kind for entry in plan.ledger if entry.file == REPORT.removeprefix(f"{PLAN}/")]
    assert kinds == ["report", "report-removed", "report-restored"]
    assert plan.removed_reports == ()


GONE = f"{PLAN}/reports/2027-q2-phong-kinh-te.yml"
SAID = """\
unit: phong-kinh-te
period: 2027-q2
date: 2027-07-02
entries:
  - {{item: ii-1, status: in-progress, text: "{text}"}}
"""


def removed(text: str, plan: bytes = NOW, folder: Path = FOLDER) -> LedgerEntry:
    """Return what is told of a report that said this and was taken away."""
    commits: Commits = [("2027-07-03", SAID.format(text=text).encode()), ("2027-08-01", None)]
    (entry,) = view(
        {GONE: commits, f"{PLAN}/plan.yml": [("2026-06-01", plan)]}, folder=folder
    ).removed_reports
    return entry


def test_a_removed_report_is_told_with_all_that_it_said():
    entry = removed("Đã gửi số liệu.")
    assert entry.day == date(2027, 8, 1) and entry.content and not entry.is_hidden
    assert amended(entry) == [
        ("line", "in-progress", None),
        ("line", "Đã gửi số liệu.", None),
    ]
    assert entry.report is not None and entry.report.period == "2027-q2"


def test_personal_data_that_was_taken_away_is_not_shown_once_more():
    entry = removed("Gọi bà Hoa, số điện thoại 0912 345 678.")
    assert entry.is_hidden and entry.content is None and entry.amendments == ()


def test_a_plan_may_say_why_and_that_it_was_private(tmp_path: Path):
    file = GONE.rpartition("/")[2]
    reason = f"withdrawn: [{{report: {file}, reason: Có tên trẻ em, private: true}}]\n".encode()
    entry = removed("Cháu An đã nhập học.", NOW + reason, lay_out(tmp_path, NOW + reason))
    assert entry.is_hidden and entry.content is None and entry.reason == "Có tên trẻ em"


def test_words_with_personal_data_are_hidden_where_they_were_replaced():
    old = NOW.replace("vận động".encode(), "vận động, liên hệ 0912 345 678".encode())
    _, edited = ledger_of(("2026-06-01", old), ("2026-07-01", NOW))
    assert edited.amendments[0].before == HIDDEN


def test_a_change_that_was_made_twice_has_two_keys():
    old = NOW.replace("vận động".encode(), "tuyên truyền".encode())
    entries = ledger_of(
        ("2026-06-01", old), ("2026-07-01", NOW), ("2026-08-01", old), ("2026-09-01", NOW)
    )
    keys = [entry.key for entry in entries]
    assert len(set(keys)) == len(keys) == 4


def test_what_was_compared_once_is_not_read_again():
    old = NOW.replace("vận động".encode(), "tuyên truyền".encode())
    history = history_of({f"{PLAN}/plan.yml": [("2026-06-01", old), ("2026-07-01", NOW)]})
    dataset, _ = load_dataset(FOLDER)
    plan = derive(dataset, AS_OF).plans[PLAN]

    def read(kept: Comparisons | None, silent: bool) -> tuple[tuple[LedgerEntry, ...], Comparisons]:
        source = replace(history, open_contents=lambda: nullcontext({}.get)) if silent else history
        with LedgerReader(source, Today(AS_OF), kept) as reader:
            loaded = dataset.plans[PLAN].value
            filed = {f"reports/{report.file}": report for report in plan.reports}
            return reader.read(PLAN, loaded, filed, {"plan.yml": NOW}), reader.comparisons

    first, kept = read(None, silent=False)
    again, kept_again = read(kept, silent=True)
    assert first == again and kept == kept_again and kept.amendments


RESPONSE = f"{PLAN}/responses/2027-11-02-phong-kinh-te.yml"
ANSWERED = """\
unit: phong-kinh-te
date: 2027-11-02
answers:
  - {{item: ii-1, text: "{text}"}}
"""


def responses(*commits: tuple[str, str | None]) -> PlanView:
    """Return the plan after commits of a response that is not there now."""
    contents: Commits = [
        (day, None if text is None else ANSWERED.format(text=text).encode())
        for day, text in commits
    ]
    return view({RESPONSE: contents, f"{PLAN}/plan.yml": [("2026-06-01", NOW)]})


def told_of(plan: PlanView) -> list[tuple[str, date | None]]:
    name = RESPONSE.removeprefix(f"{PLAN}/")
    return [(entry.kind, entry.day) for entry in plan.ledger if entry.file == name]


def test_a_response_that_arrived_was_edited_and_taken_away_is_told():
    plan = responses(("2027-11-03", "Tháng 12."), ("2027-11-20", "Tháng 1."), ("2028-01-05", None))
    assert told_of(plan) == [
        ("response", date(2027, 11, 3)),
        ("response-edited", date(2027, 11, 20)),
        ("response-removed", date(2028, 1, 5)),
    ]
    removed, edited = plan.changes_of("ii-1")
    assert amended(edited[0]) == [("answer", "Tháng 12.", "Tháng 1.")]
    assert amended(removed[0]) == [("answer", "Tháng 1.", None)]
    (gone,) = plan.removed_responses
    assert gone.response is not None and gone.response.unit == "phong-kinh-te"
    assert plan.address_of(gone) == f"ke-hoach/{PLAN}/tra-loi/2027-11-02-phong-kinh-te.yml"


def test_a_response_that_came_back_is_told():
    plan = responses(("2027-11-03", "Tháng 12."), ("2027-11-20", None), ("2028-01-05", "Tháng 12."))
    assert [kind for kind, _ in told_of(plan)][-2:] == ["response-restored", "response-removed"]


def test_a_response_cannot_have_arrived_before_its_own_day_and_late_ones_are_shown():
    early = responses(("2027-11-01", "Tháng 12."), ("2027-11-03", None))
    late = responses(("2027-11-10", "Tháng 12."), ("2027-11-20", None))
    in_time = responses(("2027-11-09", "Tháng 12."), ("2027-11-20", None))
    arrivals = [
        next(entry for entry in plan.ledger if entry.kind == "response")
        for plan in (early, late, in_time)
    ]
    assert arrivals[0].day is None
    assert [entry.late_arrival for entry in arrivals] == [None, date(2027, 11, 10), None]


def test_personal_data_in_a_response_is_not_shown_once_more():
    plan = responses(
        ("2027-11-03", "Gọi bà Hoa, số điện thoại 0912 345 678."), ("2027-11-20", None)
    )
    (gone,) = plan.removed_responses
    assert gone.is_hidden and gone.amendments == () and gone.content is None
    assert plan.address_of(gone) == ""


def test_a_plan_may_say_why_a_response_is_gone(tmp_path: Path):
    file = RESPONSE.rpartition("/")[2]
    plan = NOW + f"withdrawn: [{{response: {file}, reason: Trả lời nhầm mục}}]\n".encode()
    commits: Commits = [
        ("2027-11-03", ANSWERED.format(text="Tháng 12.").encode()),
        ("2027-11-20", None),
    ]
    history = {RESPONSE: commits, f"{PLAN}/plan.yml": [("2026-06-01", plan)]}
    (gone,) = view(history, folder=lay_out(tmp_path, plan)).removed_responses
    assert gone.reason == "Trả lời nhầm mục"
