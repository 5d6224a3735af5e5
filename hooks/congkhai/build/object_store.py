"""Files under the hash of their content, in a folder that outlives a build.

Comes in: contents. Goes out: the same files, given a second name in the site, in this build
and in later ones. What is kept and why is `cache`'s to say.

    <folder>/ab/cdef…   a file, linked into the sites that hold it
    <folder>/index      what `cache` keeps of the build
    <folder>/site       a site that was replaced, for a later build to begin with
    <folder>/lock       held by the one build that uses the folder
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

_CANNOT_LINK = {
    errno.EXDEV,
    errno.EPERM,
    errno.EMLINK,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.EACCES,
}
_BEGINNINGS = tuple(f"{number:02x}" for number in range(256))


class File(NamedTuple):
    """A file as it was made."""

    digest: str
    """SHA-256 in hexadecimal digits."""
    size: int
    changed: int
    """When the kept copy was last written to, in nanoseconds: one that a hand has changed is not used."""


def put(path: str, parts: Iterable[bytes | memoryview]) -> tuple[int, int]:
    """Write a new file: (its size, when it was written). FileExistsError when there is one."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        for part in parts:
            # A disk that is nearly full takes some of it, and complains about the rest only when asked again.
            rest = memoryview(part)
            while rest:
                rest = rest[os.write(file, rest) :]
        known = os.fstat(file)
    finally:
        os.close(file)
    return known.st_size, known.st_mtime_ns


class ObjectStore:
    """The folder, used by this build alone."""

    def __init__(self, folder: str, lock: int) -> None:
        """`lock`: an open file that is locked as long as the store is in use."""
        self.folder = folder
        self._lock = lock
        self._links = True

    @classmethod
    def claim(cls, folder: Path) -> ObjectStore | None:
        """The folder, ready for use; None while another build uses it, or when it cannot be written to."""
        try:
            for beginning in _BEGINNINGS:
                os.makedirs(folder / beginning, exist_ok=True)
            lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError:
            return None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            return None
        return cls(str(folder), lock)

    def leave(self) -> None:
        """Let others in."""
        os.close(self._lock)

    def keep(self, content: bytes, made: str) -> File:
        """Keep a content under its hash `made`."""
        path = self._path(made)
        try:
            return File(made, *put(path, (content,)))
        except FileExistsError:
            # Of another page, of an earlier build, or what a build left that was stopped in the midst of it.
            return File(made, *(_holds(path, content) or self._replace(path, content)))

    def adopt(self, path: str, made: str) -> File:
        """Keep a file that is in the site already, under the hash of its content."""
        kept = self._path(made)
        draft = _draft(kept)
        self._link(path, draft)
        os.replace(draft, kept)
        known = os.stat(kept)
        return File(made, known.st_size, known.st_mtime_ns)

    def give(self, file: File, path: str) -> None:
        """Give a kept file a second name."""
        self._link(self._path(file.digest), path)

    def has(self, file: File) -> bool:
        """Whether a file is here just as it was kept."""
        try:
            known = os.stat(self._path(file.digest))
        except FileNotFoundError:
            return False
        return (known.st_size, known.st_mtime_ns) == (file.size, file.changed)

    @property
    def spare(self) -> Path:
        """Where a site that was replaced may be left."""
        return Path(self.folder, "site")

    def room(self, name: str, basis: bytes) -> Path | None:
        """A folder for a library that keeps its own work; of another basis, it is empty. None where there can be none."""
        room = Path(self.folder, name, basis.hex()[:12])
        try:
            if not room.exists():
                shutil.rmtree(room.parent, ignore_errors=True)
                room.mkdir(parents=True)
        except OSError:
            return None
        return room

    def index(self) -> BinaryIO:
        """What was written last; OSError when there is nothing."""
        return open(os.path.join(self.folder, "index"), "rb")

    @contextmanager
    def new_index(self) -> Iterator[BinaryIO]:
        """What takes its place as soon as all is written."""
        draft = os.path.join(self.folder, "index.new")
        with open(draft, "wb") as file:
            yield file
        os.replace(draft, os.path.join(self.folder, "index"))

    def sweep(self, used: Collection[str]) -> None:
        """Keep no file but those of the hashes `used`."""
        for beginning in _BEGINNINGS:
            folder = os.path.join(self.folder, beginning)
            for name in os.listdir(folder):
                if beginning + name not in used:
                    os.unlink(os.path.join(folder, name))

    def empty(self) -> None:
        """Take everything away, as far as that can be done."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _replace(self, path: str, content: bytes) -> tuple[int, int]:
        draft = _draft(path)
        known = put(draft, (content,))
        os.replace(draft, path)
        return known

    def _link(self, source: str, target: str) -> None:
        """Give a file a second name; on another disk, where that cannot be, a copy."""
        if self._links:
            try:
                os.link(source, target)
                return
            except OSError as error:
                if error.errno not in _CANNOT_LINK:
                    raise
                self._links = False
        with open(source, "rb") as original, open(target, "xb") as copy:
            shutil.copyfileobj(original, copy)

    def _path(self, made: str) -> str:
        return f"{self.folder}/{made[:2]}/{made[2:]}"


def _draft(path: str) -> str:
    return f"{path}.{os.getpid()}"


def _holds(path: str, content: bytes) -> tuple[int, int] | None:
    """What `put` said of a file that holds just this: written anew, it would be another one to whoever else kept the same."""
    try:
        with open(path, "rb", buffering=0) as file:
            known = os.fstat(file.fileno())
            return (
                (known.st_size, known.st_mtime_ns)
                if known.st_size == len(content) and file.readall() == content
                else None
            )
    except OSError:
        return None
