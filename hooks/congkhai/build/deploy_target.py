"""Where a site is deployed to: a folder, what rclone reaches, what rsync reaches.

Comes in: the place as it is typed. Goes out: what lies there now, and its files put there or
removed, each whole or not at all. Which files and in which order is `deploy`'s.

    /srv/site, ../site        a folder of this machine; «site» only where there is one
    kho:thu-muc               a remote of rclone, by the name it has in rclone's settings
    ten@may-chu:/srv/site     a server, over rsync and ssh; rsync://… without ssh
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Protocol

from congkhai.data.files import explain_os_error, read_file

_RSYNC = re.compile(r"rsync://[^\s-].*|[^-/:@\s][^/:@\s]*@[^-/:\s][^/:\s]*:.*", re.DOTALL)
_RCLONE = re.compile(r"\w[\w.+ -]+:(?!//).*", re.DOTALL)
"""A name of one letter would be a drive of Windows."""
_FOLDER = re.compile(r"\.{0,2}[/\\]|[A-Za-z]:[/\\]")
"""How the path of a folder begins that need not be there yet."""
_HOW_TO_GET = {
    "rclone": "cài từ https://rclone.org/install/, hoặc ghi đường dẫn của rclone vào biến RCLONE",
    "rsync": "cài gói rsync (3.1 trở lên), hoặc ghi đường dẫn của rsync vào biến RSYNC",
}
_MEANINGS = (
    (r"didn't find section", "tên kho trước dấu hai chấm chưa đặt; đặt bằng: rclone config"),
    (
        r"resolve host|no such host|name or service",
        "không tìm thấy máy chủ; kiểm tra mạng và tên máy chủ",
    ),
    (
        r"timed? ?out|connection (refused|reset)|network is unreachable|no route to host",
        "máy chủ không nhận kết nối; kiểm tra mạng, thử lại sau",
    ),
    (
        r"permission denied|access ?denied|forbidden|\b40[13]\b|host key verification",
        "nơi đăng không nhận tài khoản này; hỏi người phụ trách nơi đăng về quyền ghi",
    ),
    (r"no space left|quota", "nơi đăng đã hết chỗ"),
)
"""What programs say in English, and what it is in Vietnamese, with what to do."""
_LAST_WORDS = 5
"""Most lines of a program's complaint that are shown."""


class DeployError(Exception):
    """The site cannot be deployed, or not to the end (Vietnamese)."""


class Target(Protocol):
    """What every place can do. All raise DeployError when it does not answer."""

    def list_top(self) -> set[str]:
        """Return the names that lie directly there; none of a place that is not there yet."""

    def read(self, name: str) -> bytes:
        """Return the content of a file that is there."""

    def put(self, folder: Path, names: Sequence[str]) -> None:
        """Put files of a folder there; each is the old one or the new one at every moment."""

    def remove(self, names: Sequence[str], folders: Sequence[str]) -> None:
        """Remove files, then those folders that are empty now, the deepest first.

        What is gone already is no fault.
        """

    def flush(self) -> None:
        """Return when what was put is there even after a power cut."""

    def sweep(self) -> None:
        """Remove what a deployment that was killed left half-written."""


def open_target(place: str) -> Target:
    """Return the target that was typed. Raises DeployError when it is of no known kind.

    A plain word is a folder only where there is one: a server's name alone would otherwise make
    a folder of that name, and nothing would be online.

    >>> [type(open_target(place)).__name__ for place in ("../a", "kho:a", "an@may:/a", "C:/a")]
    ['FolderTarget', 'RcloneTarget', 'RsyncTarget', 'FolderTarget']
    """
    if _RSYNC.fullmatch(place):
        return RsyncTarget(place)
    if _RCLONE.fullmatch(place):
        return RcloneTarget(place)
    if "://" in place:
        raise DeployError(
            f"không gửi được lên {place}; ghi một thư mục, một kho của rclone (kho:thư-mục)"
            " hoặc một máy chủ (tên@máy-chủ:/srv/site)"
        )
    if not _FOLDER.match(place) and not (place and Path(place).is_dir()):
        raise DeployError(
            f"chưa rõ «{place}» là nơi nào; thư mục trên máy này thì gõ ./{place or 'site'},"
            f" kho của rclone thì gõ {place or 'kho'}:thư-mục,"
            f" máy chủ thì gõ tên@{place or 'máy-chủ'}:/srv/site"
        )
    return FolderTarget(Path(place))


class FolderTarget:
    """A folder of this machine, or one that the system shows as such."""

    _PART = ".deploy.part"
    """The one file that may be half-written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def list_top(self) -> set[str]:
        """Return the names that lie directly in the folder."""
        try:
            return set(os.listdir(self.folder)) - {self._PART}
        except FileNotFoundError:
            return set()
        except OSError as error:
            raise self._explain(error) from error

    def read(self, name: str) -> bytes:
        """Return the content of a file of the folder."""
        try:
            return read_file(self.folder / name)
        except OSError as error:
            raise self._explain(error) from error

    def put(self, folder: Path, names: Sequence[str]) -> None:
        """Copy files, each beside its place first, then into it in one step."""
        part = self.folder / self._PART
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for name in names:
                shutil.copyfile(folder / name, part)
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(part, self.folder / name)
        except OSError as error:
            raise self._explain(error) from error

    def remove(self, names: Sequence[str], folders: Sequence[str]) -> None:
        """Remove files, then the folders that are empty now."""
        try:
            for name in names:
                with suppress(FileNotFoundError, NotADirectoryError):
                    os.unlink(self.folder / name)
            for name in folders:
                self._remove_empty(self.folder / name)
        except OSError as error:
            raise self._explain(error) from error

    @staticmethod
    def _remove_empty(folder: Path) -> None:
        try:
            os.rmdir(folder)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT, errno.ENOTDIR):
                raise

    def flush(self) -> None:
        """Return when the disk has what was put."""
        if hasattr(os, "sync"):  # Windows has none
            os.sync()

    def sweep(self) -> None:
        """Remove the file that was half-written."""
        self.remove([self._PART], [])

    def _explain(self, error: OSError) -> DeployError:
        return DeployError(f"{error.filename or self.folder}: {explain_os_error(error)}")


class RcloneTarget:
    """A remote of rclone: object stores, SFTP, WebDAV and many more."""

    _NOT_THERE = (3, 4)
    """Exit statuses of rclone: no such folder, no such file."""

    def __init__(self, place: str) -> None:
        self._place = place

    def list_top(self) -> set[str]:
        """Return the names that lie directly there, those of folders too."""
        out = self._run(["lsf", "--max-depth=1", "--", self._place], passing=self._NOT_THERE)
        return {name.rstrip("/") for name in out.decode("utf-8", "replace").splitlines()}

    def read(self, name: str) -> bytes:
        """Return the content of a file."""
        return self._run(["cat", "--", self._address(name)])

    def put(self, folder: Path, names: Sequence[str]) -> None:
        """Send files; equal sizes and times of files that differ would deceive rclone."""
        with _Listed(names) as listed:
            self._run(
                [
                    *("copy", "--no-traverse", "--ignore-times", f"--files-from-raw={listed}"),
                    *("--", str(folder), self._place),
                ]
            )

    def remove(self, names: Sequence[str], folders: Sequence[str]) -> None:
        """Remove files, then the folders that are empty now; object stores have no folders."""
        with _Listed(names) as listed:
            self._run(
                ["delete", "--no-traverse", f"--files-from-raw={listed}", "--", self._place],
                passing=self._NOT_THERE,
            )
        for name in _topmost(folders):
            there = _run("rclone", ["lsf", "--max-depth=1", "--", self._address(name)])
            if there.returncode not in self._NOT_THERE:  # rmdirs fails where there is nothing
                self._run(["rmdirs", "--", self._address(name)])

    def flush(self) -> None:
        """Rely on the host: rclone has waited for its answer."""

    def sweep(self) -> None:
        """Rely on rclone, which removes its own files when it is stopped."""

    def _address(self, name: str) -> str:
        return f"{self._place}{'' if self._place.endswith((':', '/')) else '/'}{name}"

    def _run(self, arguments: Iterable[str], passing: Collection[int] = ()) -> bytes:
        done = _run("rclone", arguments)
        if done.returncode and done.returncode not in passing:
            raise complain("rclone", done)
        return done.stdout


class RsyncTarget:
    """A folder of a server, over rsync."""

    _PARTLY = 23
    """Exit status of rsync: something was not there, or not allowed."""
    _NOT_THERE = b"(2)"
    """The system's number of «no such file», which rsync prints in every language."""

    def __init__(self, place: str) -> None:
        self._place = f"{place.rstrip('/')}/"

    def list_top(self) -> set[str]:
        """Return the names that lie directly there, those of folders too."""
        done = _run("rsync", ["-s", "--no-motd", "--list-only", "--", self._place])
        if done.returncode == self._PARTLY and self._NOT_THERE in done.stderr:
            return set()
        if done.returncode:
            raise complain("rsync", done)
        # Rights, size, day, time, name.
        rows = (line.split(None, 4) for line in done.stdout.decode("utf-8", "replace").splitlines())
        return {row[4] for row in rows if len(row) == 5} - {"."}

    def read(self, name: str) -> bytes:
        """Return the content of a file."""
        with tempfile.TemporaryDirectory(prefix="deploy.") as folder:
            self._run(["-s", "--", self._place + name, f"{folder}/"])
            return Path(folder, name).read_bytes()

    def put(self, folder: Path, names: Sequence[str]) -> None:
        """Send files; equal sizes and times of files that differ would deceive rsync."""
        with _Listed(names) as listed:
            self._run(
                [
                    *("-s", "--ignore-times", "--compress", "--chmod=D755,F644"),
                    *("--perms", f"--files-from={listed}", "--", f"{folder}/", self._place),
                ]
            )

    def remove(self, names: Sequence[str], folders: Sequence[str]) -> None:
        """Remove files, then the folders that are empty now, one depth after the other."""
        self._remove_missing(names)
        for _, level in groupby(folders, key=lambda name: name.count("/")):
            self._remove_missing(list(level))

    def _remove_missing(self, names: Sequence[str]) -> None:
        """Ask for what is not in an empty folder here: rsync then removes it there.

        Only what lies above has to be here, too: rsync fails where it does not find that.
        """
        with tempfile.TemporaryDirectory(prefix="deploy.") as folder, _Listed(names) as listed:
            for above in {name.rpartition("/")[0] for name in names}:
                Path(folder, above).mkdir(parents=True, exist_ok=True)
            self._run(
                [
                    *("-s", "--delete-missing-args", f"--files-from={listed}"),
                    *("--", f"{folder}/", self._place),
                ]
            )

    def flush(self) -> None:
        """Rely on the server: rsync has waited for its answer."""

    def sweep(self) -> None:
        """Rely on rsync, which removes its own files when it is stopped."""

    def _run(self, arguments: Iterable[str]) -> None:
        done = _run("rsync", arguments)
        if done.returncode:
            raise complain("rsync", done)


class _Listed:
    """A file with one name a line, for as long as a program reads it."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def __enter__(self) -> str:
        self._folder = tempfile.TemporaryDirectory(prefix="deploy.")
        path = Path(self._folder.name, "names")
        path.write_text("".join(f"{name}\n" for name in self._names), "utf-8", newline="\n")
        return str(path)

    def __exit__(self, *error: object) -> None:
        self._folder.cleanup()


def _topmost(folders: Iterable[str]) -> list[str]:
    """Leave out folders that lie in another one.

    >>> _topmost(["a/b", "a", "ab"])
    ['a', 'ab']
    """
    kept: list[str] = []
    for folder in sorted(folders, key=lambda folder: folder.split("/")):
        if not kept or not folder.startswith(f"{kept[-1]}/"):
            kept.append(folder)
    return kept


def _run(program: str, arguments: Iterable[str]) -> subprocess.CompletedProcess[bytes]:
    """Run a program that is found, or named by the variable of its name in capitals."""
    named = os.environ.get(program.upper()) or program
    path = shutil.which(named)
    if path is None:
        raise DeployError(f"không thấy {named} trên máy này; {_HOW_TO_GET[program]}")
    return subprocess.run([path, *arguments], capture_output=True, check=False)


def complain(program: str, done: subprocess.CompletedProcess[bytes]) -> DeployError:
    """Say in Vietnamese what a program complained of, with its own last words below."""
    told = done.stderr.decode("utf-8", "replace").strip()
    meanings = (meaning for pattern, meaning in _MEANINGS if re.search(pattern, told, re.I))
    meaning = next(meanings, "nhờ người phụ trách nơi đăng xem các dòng dưới đây")
    lines = told.splitlines()[-_LAST_WORDS:]
    return DeployError("\n  ".join([f"{program} dừng với mã {done.returncode}: {meaning}", *lines]))
