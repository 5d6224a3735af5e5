"""When files were committed: from git where it knows for sure, «không rõ» everywhere else."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from conftest import ROOT, RunMkDocs
from congkhai.data.git_history import explain_missing_history, read_history
from tests.repository import git

PLAN = "hai-phong/xa-nam-sach/ascc-2026-2030/plan.yml"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits: a plan, and a change of it late in the evening of 31 July (UTC)."""
    folder = tmp_path / "repository"
    file = folder / "plans" / PLAN
    file.parent.mkdir(parents=True)
    git(tmp_path, "init", "-q", str(folder))
    for text, at in (("một", "2026-07-01T12:00:00+07:00"), ("hai", "2026-07-31T17:00:00+00:00")):
        file.write_text(text, encoding="utf-8")
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", text, at=at)
    return folder


def test_the_days_are_those_of_the_commits_in_viet_nam(repository: Path):
    history = read_history(repository / "plans")
    assert history is not None
    assert [revision.day for revision in history.revisions[PLAN]] == [
        date(2026, 7, 1),
        date(2026, 8, 1),
    ]


def test_every_content_of_the_past_can_be_read(repository: Path):
    history = read_history(repository / "plans")
    assert history is not None
    first, second = history.revisions[PLAN]
    assert (first.before, second.before) == (None, first.after)
    with history.open_contents() as read:
        assert [read(name or "") for name in (first.after, second.after)] == [
            "một".encode(),
            b"hai",
        ]
        assert read("0" * 40) is None


def test_what_a_branch_held_is_published_on_the_day_of_its_merge(repository: Path):
    file = repository / "plans" / PLAN
    git(repository, "checkout", "-q", "-b", "nhanh")
    file.write_text("ba", encoding="utf-8")
    git(repository, "commit", "-q", "-a", "-m", "ba", at="2026-08-05T09:00:00+07:00")
    git(repository, "checkout", "-q", "-")
    merged = "2026-09-09T09:00:00+07:00"
    git(repository, "merge", "-q", "--no-ff", "-m", "gộp", "nhanh", at=merged)
    history = read_history(repository / "plans")
    assert history is not None
    assert history.revisions[PLAN][-1].day == date(2026, 9, 9)
    assert len(history.revisions[PLAN]) == 3


def test_a_replaced_commit_does_not_rewrite_the_past(repository: Path):
    (repository / "plans" / PLAN).write_text("hai", encoding="utf-8")
    before = read_history(repository / "plans")
    git(repository, "replace", "--graft", "HEAD")
    assert read_history(repository / "plans") == before


def test_a_file_that_is_not_committed_is_not_known(repository: Path):
    (repository / "plans" / "moi.yml").write_text("mới", encoding="utf-8")
    history = read_history(repository / "plans")
    assert history is not None and set(history.revisions) == {PLAN}


def test_a_shallow_clone_knows_nothing_for_sure(repository: Path, tmp_path: Path):
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), str(tmp_path / "shallow"))
    assert read_history(tmp_path / "shallow" / "plans") is None
    assert "git fetch --unshallow" in explain_missing_history(tmp_path / "shallow" / "plans")


def test_a_folder_outside_any_repository_is_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert read_history(tmp_path) is None


def test_without_git_nothing_is_known(repository: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    assert read_history(repository / "plans") is None


def test_a_repository_that_git_refuses_is_not_known(
    repository: Path, monkeypatch: pytest.MonkeyPatch
):
    """As it does for a folder of another owner (safe.directory), or a broken one."""
    (repository / ".git" / "HEAD").write_text("không phải HEAD", encoding="utf-8")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(repository.parent))
    assert read_history(repository / "plans") is None


def test_the_page_of_changes_says_that_the_day_is_not_known(tmp_path: Path, run_mkdocs: RunMkDocs):
    plans = shutil.copytree(ROOT / "plans", tmp_path / "plans")
    done = run_mkdocs(
        "build", "--site-dir", tmp_path / "site", PLANS_DIR=plans, GIT_CEILING_DIRECTORIES=tmp_path
    )
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site" / "cap-nhat" / "index.html").read_text("utf-8")
    page = re.sub(r"<[^>]+>", "", page)
    assert "Không rõ kế hoạch được đăng ngày nào, vì bản dữ liệu này thiếu lịch sử lưu" in page
    assert "CHÚ Ý: không biết" in done.stderr and "git clone" in done.stderr
    assert page.count("không rõ ngày") == len(list(plans.rglob("plan.yml")))
