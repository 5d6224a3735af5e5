"""Work that is kept from one build for the next: every file that was made, and from what.

Comes in: files as they are made. Goes out: the same files in a later build, without
making them again. They lie under the hash of their content in a folder beside the
repository's other caches; it can be deleted at any time. What a file depends on is
hashed into a *basis*; work of another basis is never used.

    .cache/build/<name of the site>/ab/cdef…   a file, linked into the sites that hold it
    .cache/build/<name of the site>/index      which job made which files, of what
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import pickle
import shutil
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

_CANNOT_LINK = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EACCES}
_VERSION = 1


class File(NamedTuple):
    """A file as it was made."""

    digest: str
    """SHA-256 in hexadecimal digits."""
    size: int
    changed: int
    """When the kept copy was last written to, in nanoseconds: one that a hand has changed is not used."""


Files = Mapping[str, File]
"""By name below the site, with `/`."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What one job made."""

    basis: bytes
    files: Files
    opened: Mapping[str, bytes]
    """The plans that it opened on its way, each with its basis then."""
    listed: tuple[str, ...] = ()
    """Addresses of its pages that the sitemap lists."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the site: a province, or what shows them all."""

    basis: bytes
    jobs: Mapping[str, Kept]
    facts: bytes = b""
    """What other parts are told of it, as its maker packed it."""


@dataclass
class Index:
    """All that is kept of a site."""

    version: int = _VERSION
    name: str = field(default_factory=lambda: uuid.uuid4().hex)
    """Of this one build: a preview asks whether it is still the last."""
    parts: dict[str, Part] = field(default_factory=dict)

    def files(self) -> dict[str, File]:
        """Every file by its name."""
        return {name: file for part in self.parts.values() for kept in part.jobs.values() for name, file in kept.files.items()}

    def hashes(self) -> dict[str, str]:
        """The SHA-256 of every file by its name."""
        return {name: file.digest for name, file in self.files().items()}


def digest(*parts: object) -> bytes:
    """One hash of several values; bytes as they are, anything else by its `repr`."""
    total = hashlib.sha256()
    for part in parts:
        raw = part if isinstance(part, bytes) else repr(part).encode()
        total.update(len(raw).to_bytes(8, "big"))
        total.update(raw)
    return total.digest()


class Cache:
    """The files of one site, being built in `staging`; kept in `folder`, or nowhere when it is None.

    A cache that is spoilt, in use or not to be written to only costs time.
    """

    def __init__(self, folder: Path | None, staging: Path, standing: tuple[Path, Index] | None = None) -> None:
        """`standing`: a site that the build may be laid over, and the index that tells its files."""
        self.staging = str(staging)
        self._folder, self._lock = _claim(folder)
        self._links = True
        self._folders: set[str] = set()
        last = self._folder is not None and standing is not None and self._is_last(standing[1])
        self.before = standing[1] if standing is not None and last else self._read()
        self.standing = standing[0] if standing is not None and last else None
        """That site, while it has every file of the build before."""

    def room(self, name: str, basis: bytes) -> Path | None:
        """A folder beside the files, for a library that keeps its own work; None while nothing is kept. Of another basis, it is empty."""
        if self._folder is None:
            return None
        room = Path(self._folder, name, basis.hex()[:12])
        if not room.exists():
            shutil.rmtree(room.parent, ignore_errors=True)
            room.mkdir(parents=True)
        return room

    def write(self, address: str, content: bytes) -> tuple[str, File]:
        """Write a page or file at its address, and keep it. FileExistsError when another has it."""
        name = f"{address}index.html" if not address or address.endswith("/") else address
        path = os.path.join(self.staging, name)
        made = hashlib.sha256(content).hexdigest()
        self._make_way(path)
        if self._folder is None:
            return name, File(made, *_put(path, content))
        # First among the kept ones, then its second name in the site: a disk takes three times
        # as long for a new file in a new folder as for one in a folder with many.
        kept = self._path(made)
        known = _holds(kept, content)
        if known is None:
            draft = f"{kept}.{os.getpid()}"
            known = _put(draft, content)
            os.replace(draft, kept)
        self._link(kept, path)
        return name, File(made, *known)

    def reuse(self, files: Files) -> bool:
        """Put all these files into the build as they were made before; False, and none of them, when one is gone or changed."""
        if self._folder is None:
            return False
        if self.standing is not None:
            files = {name: file for name, file in files.items() if self._in_place.get(name) != file}
        for count, (name, file) in enumerate(files.items()):
            try:
                if not self._place(file, os.path.join(self.staging, name)):
                    raise FileNotFoundError
            except FileNotFoundError:
                for placed in list(files)[:count]:
                    os.unlink(os.path.join(self.staging, placed))
                return False
        return True

    def adopt(self, name: str) -> tuple[str, File]:
        """Keep a file that another program wrote into the build."""
        path = os.path.join(self.staging, name)
        made = hashlib.sha256(Path(path).read_bytes()).hexdigest()
        if self._folder is not None:
            kept = self._path(made)
            draft = f"{kept}.{os.getpid()}"
            self._link(path, draft)
            os.replace(draft, kept)
            path = kept
        known = os.stat(path)
        return name, File(made, known.st_size, known.st_mtime_ns)

    def read(self, name: str) -> bytes:
        """A file of the build in progress."""
        path = Path(self.staging, name)
        return (self.standing / name if self.standing is not None and not path.exists() else path).read_bytes()

    @cached_property
    def _in_place(self) -> Files:
        """The files that the standing site has already."""
        return self.before.files()

    def close(self, index: Index | None = None) -> None:
        """Keep the index, and no more than it names; without one, leave all as it was. Then let others in."""
        if self._folder is None:
            return
        try:
            if index is not None:
                self._save(index)
        except OSError:
            # The site is built; only the next build takes longer.
            shutil.rmtree(self._folder, ignore_errors=True)
        finally:
            self._folder = None
            if self._lock is not None:
                os.close(self._lock)

    def _is_last(self, index: Index) -> bool:
        """Whether an index is the one that was kept last, by this process or another."""
        try:
            with open(os.path.join(self._folder or "", "index"), "rb") as file:
                return file.readline() == index.name.encode() + b"\n"
        except OSError:
            return False

    def _read(self) -> Index:
        try:
            if self._folder is not None:
                found = pickle.loads(Path(self._folder, "index").read_bytes().partition(b"\n")[2])  # noqa: S301 - written by us, beside our code
                if isinstance(found, Index) and found.version == _VERSION:
                    return found
        except Exception:
            # Cut off, of another version, or not ours: as good as none.
            pass
        return Index()

    def _save(self, index: Index) -> None:
        assert self._folder is not None
        draft = os.path.join(self._folder, "index.new")
        with open(draft, "wb") as file:
            file.write(index.name.encode() + b"\n")
            pickle.dump(index, file, pickle.HIGHEST_PROTOCOL)
        os.replace(draft, os.path.join(self._folder, "index"))
        used = {file.digest for part in index.parts.values() for kept in part.jobs.values() for file in kept.files.values()}
        for beginning in _BEGINNINGS:
            folder = os.path.join(self._folder, beginning)
            for name in os.listdir(folder):
                if beginning + name not in used:
                    os.unlink(os.path.join(folder, name))

    def _make_way(self, path: str) -> None:
        """Make the folder of a file, once."""
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)

    def _place(self, file: File, path: str) -> bool:
        kept = self._path(file.digest)
        known = os.stat(kept)
        if (known.st_size, known.st_mtime_ns) != (file.size, file.changed):
            return False
        self._make_way(path)
        self._link(kept, path)
        return True

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
        return os.path.join(self._folder or "", made[:2], made[2:])


def _put(path: str, content: bytes) -> tuple[int, int]:
    """Write a new file: (its size, when it was written)."""
    with open(path, "xb", buffering=0) as file:
        # A disk that is nearly full takes a part, and complains about the rest only when asked again.
        rest = memoryview(content)
        while rest:
            rest = rest[file.write(rest) :]
        known = os.fstat(file.fileno())
    return known.st_size, known.st_mtime_ns


def _holds(path: str, content: bytes) -> tuple[int, int] | None:
    """What `_put` said of a file that holds just this: written anew, it would be another one to whoever else kept the same."""
    try:
        with open(path, "rb", buffering=0) as file:
            known = os.fstat(file.fileno())
            return (known.st_size, known.st_mtime_ns) if known.st_size == len(content) and file.readall() == content else None
    except OSError:
        return None


_BEGINNINGS = tuple(f"{number:02x}" for number in range(256))


def _claim(folder: Path | None) -> tuple[str | None, int | None]:
    """The folder, ready for use by this build alone; (None, None) while another build uses it, or it cannot be written to."""
    if folder is None:
        return None, None
    try:
        for beginning in _BEGINNINGS:
            os.makedirs(folder / beginning, exist_ok=True)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError:
        return None, None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None, None
    return str(folder), lock
