"""A branch of the office's repository on which a command works, beside what is checked out.

Comes in: the repository, the name of a branch. Goes out: a folder with the last commit in it,
whose changes are committed and pushed. What git says in English is said in Vietnamese, with
what to do: missing identity, no network, no right to write.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_MEANINGS = (
    (
        r"tell me who you are|empty ident|auto-detect email|unable to auto",
        'git chưa biết ai là người lưu; gõ: git config --global user.name "Họ tên", rồi'
        ' git config --global user.email "địa chỉ thư cơ quan", rồi chạy lại',
    ),
    (
        r"resolve host|timed? ?out|unable to connect|Connection (refused|reset)|network is",
        "không nối được mạng tới kho; kiểm tra mạng rồi chạy lại",
    ),
    (
        r"denied|forbidden|403|Authentication failed|could not read Username|protected branch",
        "kho không cho ghi; hỏi người phụ trách kho về quyền ghi nhánh mới",
    ),
    (
        r"does not appear to be a git repository|No such remote|repository .* not found",
        "không thấy kho để gửi lên; xem lại địa chỉ bằng: git remote -v",
    ),
    (
        r"already exists|fetch first|non-fast-forward|stale info",
        "có người vừa gửi chính nhánh này; chạy lại",
    ),
    (
        r"ambiguous argument 'HEAD'|unknown revision",
        'kho chưa lưu lần nào; gõ: git add --all, rồi git commit -m "Lần đầu", rồi chạy lại',
    ),
    (r"not a git repository", "thư mục này chưa phải kho git; chạy trong thư mục gốc của kho"),
    (r"detected dubious ownership", "kho thuộc người dùng khác; chạy bằng tài khoản của chủ kho"),
)


class BranchError(Exception):
    """Git did not do what was asked; its words are Vietnamese."""


def explain_git(message: str) -> str:
    """Say in Vietnamese what git complained of, and what to do.

    >>> explain_git("fatal: unable to access 'https://a.vn/': Could not resolve host: a.vn")
    'không nối được mạng tới kho; kiểm tra mạng rồi chạy lại'
    """
    for pattern, meaning in _MEANINGS:
        if re.search(pattern, message, re.IGNORECASE):
            return meaning
    last = message.strip().splitlines()[-1:] or ["không rõ lý do"]
    return f"git không làm được; nhờ người phụ trách kho xem câu này: {last[0]}"


@contextmanager
def open_last_commit(data: Path) -> Iterator[Path]:
    """Lay the last commit into a folder of its own, on no branch; give the data's folder there.

    What is checked out stays as it is, and no branch is made here: the runner of a forge keeps its
    repository, where the same job run again would find it. The folder is gone afterwards.
    Raises BranchError.
    """
    prefix = _git(data, "rev-parse", "--show-prefix").strip()
    start = read_head(data)
    with TemporaryDirectory(prefix="congkhai-") as folder:
        tree = Path(folder) / "kho"
        _git(data, "worktree", "add", "--quiet", "--detach", str(tree), start)
        try:
            yield tree / prefix
        finally:
            _git(data, "worktree", "remove", "--force", str(tree))


def list_branches(data: Path, remote: str, folder: str) -> dict[str, dict[str, str]]:
    """List the remote's branches `folder/…`: by name, the ids of contents by path below `data`.

    Raises BranchError.
    """
    refs = f"refs/remotes/{remote}/{folder}"
    # Without --depth, which would cut off the history of this repository, too.
    _git(
        data, "fetch", "--quiet", "--no-tags", "--prune", remote, f"+refs/heads/{folder}/*:{refs}/*"
    )
    found = {}
    for ref in _git(data, "for-each-ref", "--format=%(refname)", refs).split():
        rows = _git(data, "ls-tree", "-r", "-z", ref, ".").split("\0")
        named = (row.partition("\t") for row in rows if row)
        found[ref.removeprefix(f"refs/remotes/{remote}/")] = {
            path: about.split()[2] for about, _, path in named
        }
    return found


def hash_content(data: Path, file: Path) -> str:
    """Return the id that git gives a file's content. Raises BranchError."""
    return _git(data, "hash-object", "--no-filters", str(file)).strip()


def commit_and_push(folder: Path, message: str, home: Path, remote: str, branch: str) -> None:
    """Commit all that changed below the data's folder in `open_last_commit`, and push the branch.

    `home`: the data's folder in the repository itself, from where a remote's path is taken.
    The branch may be there already, as `list_branches` found it: it is replaced, unless somebody
    has pushed to it meanwhile. Raises BranchError.
    """
    known = _git(
        home, "for-each-ref", "--format=%(objectname)", f"refs/remotes/{remote}/{branch}"
    ).strip()
    name = f"refs/heads/{branch}"
    _git(folder, "add", "--all", ".")
    _git(folder, "commit", "--quiet", "-m", message)
    pushed = f"{read_head(folder)}:{name}"
    _git(home, "push", "--quiet", f"--force-with-lease={name}:{known}", remote, pushed)


def drop_changes(data: Path, commit: str) -> None:
    """Lay a commit into the folder again, without what was written or committed there since."""
    _git(data, "reset", "--quiet", "--hard", commit)
    _git(data, "clean", "--quiet", "--force", "-d", "-x", ".")


def read_head(data: Path) -> str:
    """Return the id of the commit that is checked out. Raises BranchError."""
    return _git(data, "rev-parse", "HEAD").strip()


def read_subject(data: Path, remote: str, branch: str) -> str:
    """Return the first line of what a branch's last commit says. Raises BranchError."""
    return _git(data, "log", "-1", "--format=%s", f"refs/remotes/{remote}/{branch}").strip()


def read_on_branch(data: Path, remote: str, branch: str, path: str) -> str:
    """Return a file's text on a branch; `path` is below the data's folder. Raises BranchError."""
    return _git(data, "show", f"refs/remotes/{remote}/{branch}:./{path}")


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            env=os.environ | {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"},
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise BranchError(
            "máy chưa có git; nhờ người phụ trách công nghệ thông tin cài git"
        ) from error
    if done.returncode:
        raise BranchError(explain_git(done.stderr or done.stdout))
    return done.stdout
