"""An office uploads a Word file: the recipe drafts it on a branch and asks its questions."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from congkhai.build.branch import explain_git
from congkhai.build.engine import OFFICE
from congkhai.build.intake import draft_uploads, find_uploads
from congkhai.cli import main
from congkhai.data.load import load_dataset
from tests import office_files
from tests.cases import MINIMAL
from tests.office_files import TAIL, docx, p

HEAD = office_files.HEAD.replace("BÌNH AN", "NAM SÁCH").replace("Bình An", "Nam Sách")
FOLDER = "plans/hai-phong/xa-nam-sach/ascc-2026-2030"
BROKEN = "plans/hai-phong/xa-an-phu/ascc-2026-2030"
TASK = "1. Phòng Văn hóa - Xã hội chủ trì mở hai lớp."
UPLOADS = {
    f"{FOLDER}/Kế hoạch của xã.docx": docx(
        "".join(map(p, f"{HEAD}I. NHIỆM VỤ\n{TASK}\n{TAIL}".splitlines()))
    ),
    f"{BROKEN}/hong.docx": b"PK\x03\x04 no document",
}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make an office's repository, whose remote is a bare one, with two files uploaded."""
    office = tmp_path / "kho"
    shutil.copytree(MINIMAL, office / "plans")
    shutil.rmtree(office / FOLDER)
    for name, content in UPLOADS.items():
        (office / name).parent.mkdir(parents=True, exist_ok=True)
        (office / name).write_bytes(content)
    subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path / "goc.git")], check=True)
    git(tmp_path, "init", "--quiet", "--initial-branch", "main", str(office))
    git(office, "config", "user.name", "Nguyễn Văn Thử")
    git(office, "config", "user.email", "thu@example.vn")
    git(office, "add", ".")
    git(office, "commit", "--quiet", "-m", "Tải tệp lên")
    git(office, "remote", "add", "origin", str(tmp_path / "goc.git"))
    monkeypatch.chdir(office)
    for name in ("PLANS_DIR", "GIT_DIR", "GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"):
        monkeypatch.delenv(name, raising=False)
    return office


def test_an_uploaded_file_becomes_a_draft_on_a_branch_with_its_questions(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The remote has the draft; the file that is broken keeps it from nothing, and is told."""
    assert main(["intake", "--branch", "ban-nhap/1", "--markdown", "cau-hoi.md"]) == 1
    remote = tmp_path / "goc.git"
    names = git(remote, "-c", "core.quotePath=off", "ls-tree", "-r", "--name-only", "ban-nhap/1")
    assert {f"{FOLDER}/{name}" for name in ("plan.yml", "source.txt", "ke-hoach-cua-xa.docx")} <= {
        *names.splitlines()
    }
    draft = git(remote, "show", f"ban-nhap/1:{FOLDER}/plan.yml")
    assert 'locality: "10606"' in draft and "mở hai lớp" in draft
    checklist = (office / "cau-hoi.md").read_text("utf-8")
    assert checklist.count("- [ ] dòng ") == draft.count("# XEM LẠI: ") > 0
    assert "### `plans/hai-phong/xa-an-phu/ascc-2026-2030/hong.docx`" in checklist
    assert "Chưa lập được bản nháp: " in checklist
    # What the office has checked out is as it was, and no other folder is left.
    assert git(office, "status", "--porcelain").split() == ["??", "cau-hoi.md"]
    assert len(git(office, "worktree", "list").splitlines()) == 1


def test_the_recipe_asks_its_questions_though_one_file_cannot_be_read(
    office: Path, tmp_path: Path
) -> None:
    """The step of GitHub's workflow, run as it stands, with a `gh` that writes down its words."""
    ended, called = run_step_of_intake(office, tmp_path)
    assert ended == 1
    words = called[-1]
    assert words[:2] == ["pr", "create"]
    assert words[words.index("--head") + 1] == "ban-nhap/7"
    checklist = (office / words[words.index("--body-file") + 1]).read_text("utf-8")
    assert "- [ ] dòng " in checklist and "Chưa lập được bản nháp: " in checklist
    assert (tmp_path / "summary").read_text("utf-8") == checklist
    # Run again: the same questions, and nothing is proposed or said twice.
    sent = git(tmp_path / "goc.git", "rev-parse", "ban-nhap/7")
    ended, called = run_step_of_intake(office, tmp_path)
    assert ended == 1
    assert [words[:2] for words in called] == [["pr", "view"]]
    assert (office / "cau-hoi.md").read_text("utf-8") == checklist
    assert git(tmp_path / "goc.git", "rev-parse", "ban-nhap/7") == sent


def test_the_recipe_answers_where_no_file_can_be_read(office: Path, tmp_path: Path) -> None:
    """There is no branch to propose then: the words are put beside the commit, once."""
    (office / FOLDER / "Kế hoạch của xã.docx").unlink()
    git(office, "commit", "--quiet", "--all", "-m", "Bỏ tệp")
    ended, called = run_step_of_intake(office, tmp_path)
    assert ended == 1
    assert called[-1][:2] == ["api", "repos/so/kho/commits/abc/comments"]
    assert "body=@cau-hoi.md" in called[-1]
    ended, called = run_step_of_intake(office, tmp_path)
    assert ended == 1
    assert called[-1][:4] == ["api", "--method", "PATCH", "repos/so/kho/comments/31"]
    assert "body=@cau-hoi.md" in called[-1]


def test_a_request_that_could_not_be_opened_is_opened_by_the_next_run(
    office: Path, tmp_path: Path
) -> None:
    """The forge may have been down after the branch was sent: its questions are not lost."""
    assert main(["intake", "--branch", "ban-nhap/7"]) == 1
    _, called = run_step_of_intake(office, tmp_path)
    assert called[-1][:2] == ["pr", "create"]
    assert "- [ ] dòng " in (office / "cau-hoi.md").read_text("utf-8")


GH = """#!/bin/sh
printf '%s\\0' "$@" >> "{folder}/words"; printf '\\n' >> "{folder}/words"
case "$1 $2" in
"pr view") test -f "{folder}/request" ;;
"pr create") touch "{folder}/request" ;;
*) case "$*" in *--jq*) cat "{folder}/told" 2>/dev/null || true ;; *) echo 31 > "{folder}/told" ;;
   esac ;;
esac
"""
"""A forge that remembers one request and one comment."""


def run_step_of_intake(office: Path, folder: Path) -> tuple[int, list[list[str]]]:
    """Run the last step of the workflow; its exit status, and what `gh` was called with."""
    workflow = yaml.safe_load((OFFICE / "github/workflows/nhap.yml").read_text("utf-8"))
    script = workflow["jobs"]["nhap"]["steps"][-1]["run"]
    commands = folder / "bin"
    commands.mkdir(exist_ok=True)
    for name, text in (
        ("gh", GH.format(folder=folder)),
        ("congkhai", f'#!/bin/sh\nexec "{sys.executable}" -m congkhai "$@"\n'),
    ):
        (commands / name).write_text(text, "utf-8")
        (commands / name).chmod(0o755)
    given = {
        "PATH": f"{commands}:{os.environ['PATH']}",
        "BASE": "main",
        "BRANCH": "ban-nhap/7",
        "GITHUB_REPOSITORY": "so/kho",
        "GITHUB_SHA": "abc",
        "GITHUB_STEP_SUMMARY": str(folder / "summary"),
    }
    (folder / "words").unlink(missing_ok=True)
    done = subprocess.run(
        ["bash", "-e", "-c", script], cwd=office, env=os.environ | given, check=False
    )
    calls = (folder / "words").read_text("utf-8").split("\n")
    return done.returncode, [call.split("\0")[:-1] for call in calls if call]


def test_a_document_beside_plans_is_nobodys_draft(office: Path) -> None:
    """A folder of a locality is no plan's; Word's copy of an open file is no document."""
    (office / "plans/hai-phong/xa-an-phu/bao-cao.pdf").write_bytes(b"%PDF")
    (office / BROKEN / "~$hong.docx").write_bytes(b"PK")
    assert [file.relative_to(office).as_posix() for file in find_uploads(office / "plans")] == [
        f"{BROKEN}/hong.docx",
        f"{FOLDER}/Kế hoạch của xã.docx",
    ]


def test_a_draft_that_waits_on_a_branch_is_not_made_again(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Until the office uploads another file in its place."""
    main(["intake", "--branch", "ban-nhap/1"])
    capsys.readouterr()
    main(["intake", "--branch", "ban-nhap/2"])
    told = capsys.readouterr().out
    assert f"{FOLDER}/Kế hoạch của xã.docx: đã có bản nháp ở nhánh ban-nhap/1." in told
    assert "- [ ] dòng " not in told and "hong.docx" in told
    assert "ban-nhap/2" not in git(tmp_path / "goc.git", "branch")
    file = office / FOLDER / "Kế hoạch của xã.docx"
    file.write_bytes(docx("".join(map(p, f"{HEAD}I. NHIỆM VỤ\n{TASK} Sửa.\n{TAIL}".splitlines()))))
    git(office, "commit", "--quiet", "--all", "-m", "Tải lại")
    main(["intake", "--branch", "ban-nhap/3"])
    assert "ban-nhap/3" in git(tmp_path / "goc.git", "branch")


def test_nobody_to_commit_as_and_no_network_are_told_in_vietnamese(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What git complains of is said with what to do; nothing is half done."""
    git(office, "remote", "set-url", "origin", str(office / "khong-co.git"))
    assert main(["intake"]) == 2
    assert "Không thấy kho" in capsys.readouterr().err
    git(office, "remote", "set-url", "origin", str(office.with_name("goc.git")))
    git(office, "config", "--unset", "user.name")
    git(office, "config", "user.useConfigOnly", "true")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    assert main(["intake"]) == 2
    assert "git config --global user.name" in capsys.readouterr().err
    assert "ban-nhap" not in git(office, "branch")


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("fatal: unable to access 'https://x/': Could not resolve host: x", "nối được mạng"),
        ("remote: Permission to x denied to y.", "không cho ghi"),
        ("fatal: a branch named 'b' already exists", "nhánh này đã có"),
        ("fatal: not a git repository (or any of the parent directories)", "chưa phải kho git"),
        ("fatal: ambiguous argument 'HEAD': unknown revision or path", "chưa lưu lần nào"),
        ("fatal: something new", "nhờ người phụ trách kho"),
    ],
)
def test_what_git_says_is_told_with_what_to_do(message: str, words: str) -> None:
    assert words in explain_git(message)


def test_what_others_have_not_finished_keeps_nobody_from_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A form that another body has begun is a fault of its own file alone."""
    plans = tmp_path / "plans"
    shutil.copytree(MINIMAL, plans)
    reports = tmp_path / FOLDER / "reports"
    (reports / "2026-ubnd.yml").parent.mkdir(exist_ok=True)
    (reports / "2026-ubnd.yml").write_text("unit: ubnd\nperiod: sai\nentries: []\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLANS_DIR", "plans")
    monkeypatch.setenv("AS_OF", "2028-06-30")
    plan = FOLDER.removeprefix("plans/")
    assert main(["report", plan, "phong-van-hoa-xa-hoi", "2028"]) == 0, capsys.readouterr()
    own = f"{FOLDER}/reports/2028-phong-van-hoa-xa-hoi.yml"
    assert main(["check", own]) == 0
    told = capsys.readouterr().out
    assert own in told and "2026-ubnd.yml:" not in told


def test_each_document_of_an_uploaded_file_has_its_own_folder(tmp_path: Path) -> None:
    """The questions of both are asked, and the file lies beside each."""
    plans = tmp_path / "plans"
    shutil.copytree(MINIMAL, plans)
    folder = tmp_path / FOLDER
    shutil.rmtree(folder)
    folder.mkdir()
    first = f"{HEAD}I. NHIỆM VỤ\n{TASK}\n{TAIL}"
    second = first.replace("45/KH", "46/KH").replace("Chuyển đổi số", "Giảm nghèo")
    (folder / "a.docx").write_bytes(docx("".join(map(p, f"{first}{second}".splitlines()))))
    intakes = list(draft_uploads(load_dataset(plans)[0]))
    places = [FOLDER, str(Path(FOLDER).with_name("giam-ngheo-nam-2026"))]
    assert [intake.plan for intake in intakes] == [f"{place}/plan.yml" for place in places]
    for intake, place in zip(intakes, places, strict=True):
        assert any("tệp có 2 văn bản" in question for question in intake.questions)
        assert (tmp_path / place / "a.docx").is_file()


def test_no_uploaded_file_is_passed_over_in_silence(tmp_path: Path) -> None:
    """A second file of a folder, one in no folder, one in a commune's own, one of a bad name."""
    plans = tmp_path / "plans"
    shutil.copytree(MINIMAL, plans)
    commune = (tmp_path / FOLDER).parent
    shutil.rmtree(tmp_path / FOLDER)
    raw = UPLOADS[f"{FOLDER}/Kế hoạch của xã.docx"]
    told = {
        f"{FOLDER}/a.docx": "",
        f"{FOLDER}/b.docx": "mỗi thư mục một văn bản, máy đã đọc a.docx",
        f"{FOLDER}/phu-luc.xlsx": "mỗi thư mục một văn bản, máy đã đọc a.docx",
        "plans/hai-phong/le.docx": "tệp chưa ở trong thư mục của một kế hoạch",
        "plans/lai-chau/xa-bum-to/kh.docx": "bên trong, ví dụ lai-chau/xa-bum-to/kh/",
        f"plans/hai-phong/{commune.name}/Kế hoạch/kh.docx": "đổi tên thành ke-hoach",
    }
    for name in told:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(raw)
    intakes = {one.source: one for one in draft_uploads(load_dataset(plans)[0])}
    assert intakes.keys() == told.keys()
    for name, words in told.items():
        assert bool(words) == bool(intakes[name].fault) != bool(intakes[name].plan)
        assert words in intakes[name].fault


def test_what_is_not_committed_is_told_and_a_second_branch_has_its_own_name(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command of the guide, as it stands there, twice: two uploads before one is answered."""
    (office / BROKEN / "hong.docx").unlink()
    git(office, "commit", "--quiet", "--all", "-m", "Bỏ tệp")
    other = office / "plans/lai-chau/xa-bum-to/chuyen-doi-so-2026-2030"
    other.mkdir(parents=True)
    (other / "kh.docx").write_bytes(UPLOADS[f"{FOLDER}/Kế hoạch của xã.docx"])
    assert main(["intake"]) == 1
    waiting = (
        "Chưa lưu vào git nên chưa đọc: plans/lai-chau/xa-bum-to/chuyen-doi-so-2026-2030/kh.docx."
    )
    assert waiting in capsys.readouterr().out
    git(office, "add", ".")
    git(office, "commit", "--quiet", "-m", "Tải tệp lên")
    assert main(["intake"]) == 0
    branches = git(tmp_path / "goc.git", "branch", "--format=%(refname:short)").split()
    assert branches == ["ban-nhap/ke-hoach", "ban-nhap/ke-hoach-2"]
