"""An office uploads a Word file: the recipe drafts it on a branch and asks its questions."""

from __future__ import annotations

import hashlib
import json
import os
import re
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
    git(office, "remote", "add", "origin", "../goc.git")
    monkeypatch.chdir(office)
    for name in ("PLANS_DIR", "GIT_DIR", "GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"):
        monkeypatch.delenv(name, raising=False)
    return office


BRANCH = "ban-nhap/hai-phong/xa-nam-sach/ascc-2026-2030"
OTHER = "plans/lai-chau/xa-bum-to/chuyen-doi-so-2026-2030"
OTHER_BRANCH = "ban-nhap/lai-chau/xa-bum-to/chuyen-doi-so-2026-2030"
FILE = f"{FOLDER}/Kế hoạch của xã.docx"


def write_plan(words: str = "") -> bytes:
    text = f"{HEAD}I. NHIỆM VỤ\n{TASK}{words}\n{TAIL}"
    return docx("".join(map(p, text.splitlines())))


def list_remote(office: Path) -> dict[str, str]:
    """List the remote's branches, with the commits that they end in."""
    rows = git(office.with_name("goc.git"), "branch", "--format=%(refname:short) %(objectname)")
    return dict(row.split() for row in rows.splitlines())


def upload(office: Path, name: str, content: bytes) -> None:
    (office / name).parent.mkdir(parents=True, exist_ok=True)
    (office / name).write_bytes(content)
    git(office, "add", ".")
    git(office, "commit", "--quiet", "-m", "Tải tệp lên")


def test_each_uploaded_folder_becomes_a_draft_on_a_branch_of_its_own(office: Path) -> None:
    """Three in one push, one of them unreadable: it keeps the others from nothing, and is told."""
    upload(office, f"{OTHER}/kh.docx", write_plan())
    assert main(["intake", "--requests", "../loi", "--markdown", "../cau-hoi.md"]) == 1
    remote, words = office.with_name("goc.git"), office.with_name("loi")
    assert set(list_remote(office)) == {BRANCH, OTHER_BRANCH}
    for branch, folder, original in (
        (BRANCH, FOLDER, "ke-hoach-cua-xa.docx"),
        (OTHER_BRANCH, OTHER, "kh.docx"),
    ):
        changed = git(office, "diff", "--name-only", "--no-renames", "main", f"origin/{branch}")
        made = {name for name in changed.splitlines() if not name.startswith('"')}
        assert {name.rpartition("/")[0] for name in made} == {folder}, "and nobody else's"
        names = git(remote, "ls-tree", "-r", "--name-only", branch).splitlines()
        assert {f"{folder}/{name}" for name in ("plan.yml", "source.txt", original)} <= {*names}
        draft = git(remote, "show", f"{branch}:{folder}/plan.yml")
        assert "mở hai lớp" in draft
        request = (words / f"{branch}.md").read_text("utf-8")
        assert request.count("- [ ] dòng ") == draft.count("# XEM LẠI: ") > 0
        assert "hong.docx" not in request
    unread = (words / "chua-doc.md").read_text("utf-8")
    assert "### `plans/hai-phong/xa-an-phu/ascc-2026-2030/hong.docx`" in unread
    assert "Chưa lập được bản nháp: " in unread and "- [ ] dòng " not in unread
    everything = office.with_name("cau-hoi.md").read_text("utf-8")
    assert everything.count("### ") == 3
    # What the office has checked out is as it was, and no other folder is left.
    assert git(office, "status", "--porcelain") == ""
    assert len(git(office, "worktree", "list").splitlines()) == 1


def test_the_recipe_opens_a_request_of_its_own_for_each_folder(
    office: Path, tmp_path: Path
) -> None:
    """The step of GitHub's workflow, run as it stands, with a `gh` that remembers requests."""
    upload(office, f"{OTHER}/kh.docx", write_plan())
    ended, called = run_step_of_intake(office, tmp_path)
    assert ended == 1
    created = [words for words in called if words[:2] == ["pr", "create"]]
    assert [words[words.index("--head") + 1] for words in created] == [BRANCH, OTHER_BRANCH]
    for words in created:
        assert "- [ ] dòng " in (office / words[words.index("--body-file") + 1]).read_text("utf-8")
    assert called[-1][:2] == ["api", "repos/so/kho/commits/abc/comments"], "the one not read"
    assert "Chưa lập được bản nháp: " in (tmp_path / "summary").read_text("utf-8")
    # Run again: nothing is proposed or sent twice.
    sent = list_remote(office)
    ended, called = run_step_of_intake(office, tmp_path)
    assert ended == 1
    assert {tuple(words[:2]) for words in called if words[0] == "pr"} == {("pr", "list")}
    assert [words[:4] for words in called if "PATCH" in words] == [
        ["api", "--method", "PATCH", "repos/so/kho/comments/31"]
    ]
    assert list_remote(office) == sent
    # Another file in its place: the same request, with the new questions.
    upload(office, FILE, write_plan(" Sửa."))
    _, called = run_step_of_intake(office, tmp_path)
    assert [words[3] for words in called if "PATCH" in words][:1] == ["repos/so/kho/pulls/5"]
    assert "create" not in {words[1] for words in called}


def test_the_recipe_answers_where_no_file_can_be_read(office: Path, tmp_path: Path) -> None:
    """There is no branch to propose then: the words are put beside the commit, once."""
    (office / FOLDER / "Kế hoạch của xã.docx").unlink()
    git(office, "commit", "--quiet", "--all", "-m", "Bỏ tệp")
    ended, called = run_step_of_intake(office, tmp_path)
    assert ended == 1
    assert called[-1][:2] == ["api", "repos/so/kho/commits/abc/comments"]
    assert "body=@de-nghi/chua-doc.md" in called[-1]
    ended, called = run_step_of_intake(office, tmp_path)
    assert ended == 1
    assert called[-1][:4] == ["api", "--method", "PATCH", "repos/so/kho/comments/31"]
    assert "body=@de-nghi/chua-doc.md" in called[-1]


def test_a_request_that_could_not_be_opened_is_opened_by_the_next_run(
    office: Path, tmp_path: Path
) -> None:
    """The forge may have been down after the branch was sent: its questions are not lost."""
    assert main(["intake"]) == 1
    _, called = run_step_of_intake(office, tmp_path)
    created = next(words for words in called if words[:2] == ["pr", "create"])
    words = (office / created[created.index("--body-file") + 1]).read_text("utf-8")
    assert "- [ ] dòng " in words


GH = """#!/bin/sh
printf '%s\\0' "$@" >> "{folder}/words"; printf '\\n' >> "{folder}/words"
head=""; body=""; state=""; at=""
for word; do
  case "$at" in --head) head="$word" ;; --body-file) body="$word" ;; --state) state="$word" ;; esac
  at="$word"
done
kept="{folder}/requests/$(printf %s "$head" | tr / _)"
case "$1 $2" in
"pr list") if [ -f "$kept" ]; then if [ "$state" = open ]; then echo 5; else cat "$kept"; fi; fi ;;
"pr create") mkdir -p "{folder}/requests"; cp "$body" "$kept" ;;
*) case "$*" in *--jq*) cat "{folder}/told" 2>/dev/null || true ;; *) echo 31 > "{folder}/told" ;;
   esac ;;
esac
"""
"""A forge that remembers its requests and one comment."""


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
        "GITHUB_REPOSITORY": "so/kho",
        "GITHUB_SHA": "abc",
        "GITHUB_STEP_SUMMARY": str(folder / "summary"),
    }
    (folder / "words").unlink(missing_ok=True)
    shutil.rmtree(office / "de-nghi", ignore_errors=True)  # a forge gives every run a new copy
    done = subprocess.run(
        ["bash", "-e", "-c", script], cwd=office, env=os.environ | given, check=False
    )
    calls = (folder / "words").read_text("utf-8").split("\n")
    return done.returncode, [call.split("\0")[:-1] for call in calls if call]


CURL = """#!{python}
import json, pathlib, re, sys
words = sys.argv[1:]
sent = dict(re.split("[=@]", w, maxsplit=1) for a, w in zip(words, words[1:]) if "urlencode" in a)
for key in set(sent) & {{"description", "note"}}:
    sent[key] = pathlib.Path(sent[key]).read_text("utf-8")
kept = pathlib.Path("{folder}/kept.json")
forge = json.loads(kept.read_text("utf-8")) if kept.exists() else {{"requests": [], "comments": []}}
path = words[-1].removeprefix("https://git.example.vn/api/v4/projects/1/")
if path.startswith("merge_requests/"):
    forge["requests"][int(path.rpartition("/")[2]) - 1] |= sent
elif "--get" in words:
    print(json.dumps([r for r in forge["requests"] if r["source_branch"] == sent["source_branch"]]))
elif path == "merge_requests":
    forge["requests"].append(sent | {{"iid": len(forge["requests"]) + 1, "state": "opened"}})
elif sent:
    forge["comments"].append(sent)
else:
    print(json.dumps(forge["comments"]))
kept.write_text(json.dumps(forge), "utf-8")
"""
"""GitLab's interface, as far as the job asks for it."""


def test_gitlab_opens_a_request_of_its_own_for_each_folder(office: Path, tmp_path: Path) -> None:
    """The job as it stands: run again nothing is opened twice, and what was ticked stays."""
    upload(office, f"{OTHER}/kh.docx", write_plan())
    script = yaml.safe_load((OFFICE / "gitlab-ci.yml").read_text("utf-8"))["nhap"]["script"]
    steps = "\n".join(step for step in script if not step.startswith("git "))
    (tmp_path / "bin").mkdir()
    for name, text in (
        ("curl", CURL.format(python=sys.executable, folder=tmp_path)),
        ("congkhai", f'#!/bin/sh\nexec "{sys.executable}" -m congkhai "$@"\n'),
    ):
        (tmp_path / "bin" / name).write_text(text, "utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    given = {
        "PATH": f"{tmp_path / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "API": "https://git.example.vn/api/v4/projects/1",
        "CI_COMMIT_SHA": "abc",
        "CI_DEFAULT_BRANCH": "main",
        "CONGKHAI_NHAP_TOKEN": "token",
    }
    kept = tmp_path / "kept.json"

    def run() -> dict[str, list[dict[str, str]]]:
        shutil.rmtree(office / "de-nghi", ignore_errors=True)  # a forge gives every run a new copy
        command = ["bash", "-eo", "pipefail", "-c", steps]
        assert subprocess.run(command, cwd=office, env=os.environ | given, check=False).returncode
        return json.loads(kept.read_text("utf-8"))

    forge = run()
    assert [one["source_branch"] for one in forge["requests"]] == [BRANCH, OTHER_BRANCH]
    assert all("- [ ] dòng " in one["description"] for one in forge["requests"])
    (comment,) = forge["comments"]
    assert "hong.docx" in comment["note"] and "- [ ] dòng " not in comment["note"]
    forge["requests"][1]["description"] = forge["requests"][1]["description"].replace("[ ]", "[x]")
    kept.write_text(json.dumps(forge), "utf-8")
    assert run() == forge
    upload(office, FILE, write_plan(" Sửa."))
    renewed = run()
    assert renewed["requests"][0]["description"] != forge["requests"][0]["description"]
    assert renewed["requests"][1:] == forge["requests"][1:]


def test_a_document_beside_plans_is_nobodys_draft(office: Path) -> None:
    """A folder of a locality is no plan's; Word's copy of an open file is no document."""
    (office / "plans/hai-phong/xa-an-phu/bao-cao.pdf").write_bytes(b"%PDF")
    (office / BROKEN / "~$hong.docx").write_bytes(b"PK")
    assert [file.relative_to(office).as_posix() for file in find_uploads(office / "plans")] == [
        f"{BROKEN}/hong.docx",
        f"{FOLDER}/Kế hoạch của xã.docx",
    ]


def test_a_draft_that_waits_on_a_branch_is_not_made_again(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Until the office uploads another file in its place: the branch has the new draft then."""
    main(["intake"])
    capsys.readouterr()
    sent = list_remote(office)
    main(["intake"])
    told = capsys.readouterr().out
    assert f"{FILE}: đã có bản nháp ở nhánh {BRANCH}." in told
    assert "- [ ] dòng " not in told and "hong.docx" in told
    assert list_remote(office) == sent
    upload(office, FILE, write_plan(" Sửa."))
    main(["intake"])
    assert set(list_remote(office)) == {BRANCH}
    assert "hai lớp. Sửa." in git(office, "show", f"origin/{BRANCH}:{FOLDER}/plan.yml")


def test_what_a_person_answered_in_a_draft_is_not_overwritten(office: Path, tmp_path: Path) -> None:
    """A file that is uploaded again is drafted on a further branch, which tells of the former."""
    main(["intake"])
    git(office, "fetch", "--quiet", "origin", BRANCH)
    git(office, "checkout", "--quiet", "--detach", "FETCH_HEAD")
    plan = office / FOLDER / "plan.yml"
    lines = [line for line in plan.read_text("utf-8").splitlines() if "# XEM LẠI" not in line]
    plan.write_text("\n".join(lines), "utf-8")
    git(office, "commit", "--quiet", "--all", "-m", "Trả lời")
    git(office, "push", "--quiet", "origin", f"HEAD:{BRANCH}")
    git(office, "checkout", "--quiet", "main")
    answered = list_remote(office)[BRANCH]
    main(["intake", "--requests", "../mot"])
    assert "- [ ] dòng " not in (tmp_path / f"mot/{BRANCH}.md").read_text("utf-8"), "as it is now"
    upload(office, FILE, write_plan(" Sửa."))
    main(["intake", "--requests", "../hai"])
    assert list_remote(office)[BRANCH] == answered
    assert set(list_remote(office)) == {BRANCH, f"{BRANCH}-2"}
    request = (tmp_path / f"hai/{BRANCH}-2.md").read_text("utf-8")
    assert f"sau khi có người sửa bản nháp ở nhánh {BRANCH}: chép" in request
    upload(office, FILE, write_plan(" Sửa nữa."))
    main(["intake"])
    assert set(list_remote(office)) == {BRANCH, f"{BRANCH}-2"}
    assert "Sửa nữa." in git(office, "show", f"origin/{BRANCH}-2:{FOLDER}/plan.yml")


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
        (" ! [rejected] HEAD -> b (stale info)", "có người vừa gửi"),
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
    [(_, intakes)] = draft_uploads(load_dataset(plans)[0])
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
    intakes = {one.source: one for _, told in draft_uploads(load_dataset(plans)[0]) for one in told}
    assert intakes.keys() == told.keys()
    for name, words in told.items():
        assert bool(words) == bool(intakes[name].fault) != bool(intakes[name].plan)
        assert words in intakes[name].fault


def test_a_signed_file_is_uploaded_beside_the_word_file_or_later(office: Path) -> None:
    """With it, the draft has both; one that comes after the draft renews it."""
    main(["intake"])
    upload(office, f"{FOLDER}/Bản ký.pdf", b"%PDF-1.7\nscan")
    main(["intake", "--requests", "../loi"])
    assert set(list_remote(office)) == {BRANCH}
    draft = git(office, "show", f"origin/{BRANCH}:{FOLDER}/plan.yml")
    signed = yaml.safe_load(draft)["original"]["signed"]
    assert signed["file"] == "ban-ky.pdf"
    assert git(office, "show", f"origin/{BRANCH}:{FOLDER}/ban-ky.pdf") == "%PDF-1.7\nscan"
    request = (office.with_name("loi") / f"{BRANCH}.md").read_text("utf-8")
    assert "mở ban-ky.pdf: có đúng là bản đã ký" in request and "Chưa lập" not in request


def test_the_document_is_read_before_its_appendix(tmp_path: Path) -> None:
    """However their names are sorted: capital letters come before small ones."""
    root = tmp_path / "plans"
    folder = root / "hai-phong/xa-nam-sach/ascc-2026-2030"
    folder.mkdir(parents=True)
    # Each that is laid beside those before it is now the one that is read.
    for name in ("cũ.doc", "Ký.pdf", "Phụ lục.xlsx", "Biểu 1.docx", "a.xlsx", "kh.docx"):
        (folder / name).touch()
        assert [file.name for file in find_uploads(root)] == [name]


def test_a_file_beside_a_plan_that_does_not_name_it_is_told(tmp_path: Path) -> None:
    """A new version of the plan, under another name or in the place of the old one."""
    plans = Path(shutil.copytree(MINIMAL, tmp_path / "plans"))
    folder = tmp_path / FOLDER
    digest = hashlib.sha256(write_plan()).hexdigest()
    with (folder / "plan.yml").open("a", encoding="utf-8") as plan:
        plan.write(f'original: {{file: kh.docx, sha256: "{digest}"}}\n')
    (folder / "kh.docx").write_bytes(write_plan())
    report = folder / "reports/2027-phong-van-hoa-xa-hoi.yml"
    text = report.read_text("utf-8")
    report.write_text(re.sub(r"url: [^,}]+", "url: a.pdf", text, count=1), "utf-8")
    (folder / "a.pdf").write_bytes(b"%PDF-1.7\n")

    def list_told() -> list[str]:
        return [
            Path(one.source).name
            for _, told in draft_uploads(load_dataset(plans)[0])
            for one in told
            if "thư mục này đã có kế hoạch, tệp này chưa được đọc." in one.fault
        ]

    assert list_told() == []
    (folder / "Kế hoạch (sửa).docx").write_bytes(write_plan())
    assert list_told() == ["Kế hoạch (sửa).docx"]
    (folder / "Kế hoạch (sửa).docx").unlink()
    (folder / "kh.docx").write_bytes(write_plan(" Sửa."))
    assert list_told() == ["kh.docx"]


def test_what_is_not_committed_is_told(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
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
    assert set(list_remote(office)) == {BRANCH, OTHER_BRANCH}
