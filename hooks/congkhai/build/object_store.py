"""Files by the hash of their content, in a folder that outlives a build.

Comes in: contents. Goes out: the same files, linked into the site of this build and of later
ones. What is stored, and when it may be used again, is `cache`'s to decide.

    <folder>/ab/cdef…      a file, linked into the sites that hold it
    <folder>/index         what `cache` knows of the last build
    <folder>/<library>/…   files that a library stores by itself
    <folder>/lock          held by the one build that uses the folder
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from congkhai.build.file_lock import try_lock

_CANNOT_LINK = {
    errno.EXDEV,
    errno.EPERM,
    errno.EMLINK,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.EACCES,
}
_BINARY = getattr(os, "O_BINARY", 0)
"""Windows would write two bytes for the end of a line otherwise."""
_PREFIXES = tuple(f"{number:02x}" for number in range(256))


class StoredFile(NamedTuple):
    """What is known of a file: enough to see whether it is still the same."""

    digest: str
    """SHA-256 in hexadecimal digits."""
    size: int
    """In bytes."""


def write_new_file(path: str, parts: Iterable[bytes | memoryview]) -> int:
    """Write a file that does not exist yet; return its size in bytes.

    Raises FileExistsError when there is one.
    """
    size = 0
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    try:
        for part in parts:
            # A nearly full disk takes a part, and complains only when asked for the rest.
            rest = memoryview(part)
            while rest:
                written = os.write(file, rest)
                size += written
                rest = rest[written:]
    finally:
        os.close(file)
    return size


class ObjectStore:
    """The folder, used by this build alone."""

    def __init__(self, folder: str, lock: int) -> None:
        """`lock`: descriptor of a file that stays locked as long as the store is in use."""
        self.folder = folder
        self._lock = lock
        self._can_link = True

    @classmethod
    def acquire(cls, folder: Path) -> ObjectStore | None:
        """Lock the folder; None while another build uses it, or when it cannot be written to."""
        try:
            for prefix in _PREFIXES:
                os.makedirs(folder / prefix, exist_ok=True)
            lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError:
            return None
        if not try_lock(lock):
            os.close(lock)
            return None
        return cls(str(folder), lock)

    def release(self) -> None:
        """Release the lock on the folder."""
        os.close(self._lock)

    def store(self, content: bytes, digest: str) -> StoredFile:
        """Store a content under its SHA-256."""
        path = self.path_of(digest)
        try:
            write_new_file(path, (content,))
        except FileExistsError:
            # Of another page or an earlier build, or what a killed build left half-written.
            if not _holds(path, content):
                draft = _draft(path)
                write_new_file(draft, (content,))
                os.replace(draft, path)
        return StoredFile(digest, len(content))

    def store_file(self, path: str, digest: str) -> StoredFile:
        """Store a file that is in the site already, under its SHA-256."""
        stored = self.path_of(digest)
        draft = _draft(stored)
        self._link(path, draft)
        os.replace(draft, stored)
        return StoredFile(digest, os.stat(stored).st_size)

    def link(self, file: StoredFile, path: str) -> None:
        """Give a stored file a name in the site."""
        self._link(self.path_of(file.digest), path)

    def is_intact(self, file: StoredFile) -> bool:
        """Read a stored file again: whether it has the content that it was stored with."""
        try:
            with open(self.path_of(file.digest), "rb", buffering=0) as stream:
                content = stream.readall()
        except OSError:
            return False
        return hashlib.sha256(content).hexdigest() == file.digest

    def library_folder(self, name: str, basis: bytes) -> Path | None:
        """Return a folder for files that a library stores; of another basis, it is emptied.

        None when there can be no such folder.
        """
        folder = Path(self.folder, name, basis.hex()[:12])
        try:
            if not folder.exists():
                shutil.rmtree(folder.parent, ignore_errors=True)
                folder.mkdir(parents=True)
        except OSError:
            return None
        return folder

    def read_index(self) -> bytes:
        """Return what was written last as the index; nothing when there is none."""
        with suppress(OSError):
            return Path(self.folder, "index").read_bytes()
        return b""

    def write_index(self, content: bytes) -> None:
        """Replace the index as a whole."""
        draft = Path(self.folder, "index.new")
        draft.write_bytes(content)
        os.replace(draft, Path(self.folder, "index"))

    def remove_unused(self, used: Collection[str]) -> None:
        """Remove all files but those whose SHA-256 is in `used`."""
        for prefix in _PREFIXES:
            folder = os.path.join(self.folder, prefix)
            for name in os.listdir(folder):
                if prefix + name not in used:
                    os.unlink(os.path.join(folder, name))

    def remove_all(self) -> None:
        """Remove the whole folder, as far as that can be done."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def path_of(self, digest: str) -> str:
        """Return where the content of a SHA-256 is stored."""
        return f"{self.folder}/{digest[:2]}/{digest[2:]}"

    def _link(self, source: str, target: str) -> None:
        """Give a file a second name; on another disk, where that cannot be, make a copy."""
        if self._can_link:
            try:
                os.link(source, target)
                return
            except OSError as error:
                if error.errno not in _CANNOT_LINK:
                    raise
                self._can_link = False
        with open(source, "rb") as original, open(target, "xb") as copy:
            shutil.copyfileobj(original, copy)


def _draft(path: str) -> str:
    return f"{path}.{os.getpid()}"


def _holds(path: str, content: bytes) -> bool:
    try:
        with open(path, "rb", buffering=0) as file:
            same_size = os.fstat(file.fileno()).st_size == len(content)
            return same_size and file.readall() == content
    except OSError:
        return False
