"""Work that is kept from one build for the next: every file that was made, and from what.

Comes in: files as they are made. Goes out: the same files in a later build, without
making them again. They lie in a `store` beside the repository's other caches, in
`.cache/build/<name of the site>`; it can be deleted at any time. What a file depends on is
hashed into a *basis*; work of another basis is never used.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from congkhai.build.manifest import list_files
from congkhai.build.object_store import File, ObjectStore, put

_VERSION = 3

Files = Mapping[str, File]
"""By name below the site, with `/`."""


class Kept(NamedTuple):
    """What one job made."""

    basis: bytes
    files: Files
    opened: Mapping[str, bytes]
    """The plans that it opened on its way, each with its basis then."""
    listed: tuple[str, ...] = ()
    """Addresses of its pages that the sitemap lists."""


class Part(NamedTuple):
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
    seen: Mapping[str, Any] = field(default_factory=dict)
    """What `inputs` saw in each plan's folder."""

    def files(self) -> dict[str, File]:
        """Every file by its name."""
        return {
            name: file
            for part in self.parts.values()
            for kept in part.jobs.values()
            for name, file in kept.files.items()
        }

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

    def __init__(
        self, folder: Path | None, staging: Path, standing: tuple[Path, Index] | None = None
    ) -> None:
        """`standing`: a site that the build may be laid over, and the index that tells its files."""
        self.staging = str(staging)
        self._store = ObjectStore.claim(folder) if folder is not None else None
        self._folders = {self.staging}
        last = standing is not None and self._name_kept() == standing[1].name
        self.before = standing[1] if standing is not None and last else self._read()
        self.standing = standing[0] if standing is not None and last else None
        """That site, while it has every file of the build before."""
        self._in_place: dict[str, File] = self.before.files() if self.standing is not None else {}
        """The files that need not be put where they are already: in that site, or after `begin` in the build."""

    @property
    def spare(self) -> Path | None:
        """Where a site that is replaced is left for `begin`; None where that is of no use."""
        return self._store.spare if self._store is not None and self.standing is None else None

    def begin(self) -> None:
        """Begin with a site that was replaced, with those of its files that are as in the build before.

        A country has thirty thousand, and to name them all once more takes as long as all else of an edit.
        """
        spare = self.spare
        if spare is None or not spare.is_dir():
            return
        known, others = self.before.files(), []
        try:
            for name in list_files(spare):
                file, state = known.get(name), os.lstat(f"{spare}/{name}")
                if file is not None and (state.st_size, state.st_mtime_ns) == (
                    file.size,
                    file.changed,
                ):
                    self._in_place[name] = file
                else:
                    others.append(name)
            for name in others:
                _remove(spare, name)
            shutil.copymode(self.staging, spare)
            os.rename(spare, self.staging)
        except OSError:
            # On another disk, or not ours to change: the build begins with nothing.
            self._in_place.clear()
            shutil.rmtree(spare, ignore_errors=True)

    def vacate(self, name: str) -> bool:
        """Make way for a file that another program will write into the build; False when this build has one there."""
        self._take_away(name)
        return not os.path.lexists(f"{self.staging}/{name}")

    def clear(self, folder: str) -> None:
        """Make way for a program that fills a folder of the build by itself."""
        if self.standing is None:
            for name in [name for name in self._in_place if name.startswith(f"{folder}/")]:
                del self._in_place[name]
                _remove(Path(self.staging), name)

    def finish(self, index: Index) -> None:
        """Take away what the build began with and is not in its index."""
        if self.standing is None:
            for name in self._in_place.keys() - index.files().keys():
                _remove(Path(self.staging), name)

    def room(self, name: str, basis: bytes) -> Path | None:
        """A folder beside the files, for a library that keeps its own work; None while nothing is kept. Of another basis, it is empty."""
        return self._store.room(name, basis) if self._store is not None else None

    def write(
        self, address: str, content: bytes | Iterator[bytes | memoryview]
    ) -> tuple[str, File]:
        """Write a page or file at its address, and keep it. FileExistsError when another has it.

        One that would fill the memory comes in parts.
        """
        name = f"{address}index.html" if not address or address.endswith("/") else address
        path = f"{self.staging}/{name}"
        self._take_away(name)
        self._make_way(path.rpartition("/")[0])
        if not isinstance(content, bytes):
            total = hashlib.sha256()
            put(path, _added(content, total))
            return name, self._adopt(path, total.hexdigest())
        made = hashlib.sha256(content).hexdigest()
        if self._store is None:
            return name, File(made, *put(path, (content,)))
        # First among the kept ones, then its second name in the site: a disk takes three times
        # as long for a new file in a new folder as for one in a folder with many.
        file = self._store.keep(content, made)
        self._store.give(file, path)
        return name, file

    def reuse(self, files: Files) -> bool:
        """Put all these files into the build as they were made before; False, and none of them, when one is gone or changed."""
        if self._store is None:
            return False
        if self._in_place:
            files = {name: file for name, file in files.items() if self._in_place.get(name) != file}
        if not all(map(self._store.has, files.values())):
            return False
        given: list[str] = []
        try:
            for name, file in files.items():
                path = f"{self.staging}/{name}"
                self._take_away(name)
                self._make_way(path.rpartition("/")[0])
                self._store.give(file, path)
                given.append(path)
        except FileNotFoundError:  # somebody is just clearing the cache away
            for path in given:
                os.unlink(path)
            return False
        return True

    def adopt(self, name: str) -> tuple[str, File]:
        """Keep a file that another program wrote into the build."""
        path = f"{self.staging}/{name}"
        return name, self._adopt(path, hashlib.sha256(Path(path).read_bytes()).hexdigest())

    def _adopt(self, path: str, made: str) -> File:
        if self._store is not None:
            return self._store.adopt(path, made)
        known = os.stat(path)
        return File(made, known.st_size, known.st_mtime_ns)

    def read(self, name: str) -> bytes:
        """A file of the build in progress."""
        try:
            with open(f"{self.staging}/{name}", "rb", buffering=0) as file:
                return file.readall()
        except FileNotFoundError:
            if self.standing is None:
                raise
            return (self.standing / name).read_bytes()

    def keep(self, index: Index) -> None:
        """Keep the index, and no more files than it names; without this, all is left as it was."""
        if self._store is None:
            return
        try:
            with self._store.new_index() as file:
                file.write(index.name.encode() + b"\n")
                pickle.dump(index, file, pickle.HIGHEST_PROTOCOL)
            # A preview that changed a few files leaves it to the next whole build to clear up.
            if self.standing is None:
                self._store.sweep({file.digest for file in index.files().values()})
        except OSError:
            # The site is whole; only the next build takes longer.
            self._store.empty()

    def close(self) -> None:
        """Let others in."""
        store, self._store = self._store, None
        if store is not None:
            store.leave()

    def _name_kept(self) -> str:
        """Of the build whose index is kept; nothing when there is none."""
        try:
            if self._store is not None:
                with self._store.index() as file:
                    return file.readline().decode("ascii", "replace").strip()
        except OSError:
            pass
        return ""

    def _read(self) -> Index:
        try:
            if self._store is not None:
                with self._store.index() as file:
                    file.readline()
                    found = pickle.load(file)
                if isinstance(found, Index) and found.version == _VERSION:
                    return found
        except Exception:
            # Cut off, of another version, or not ours: as good as none.
            pass
        return Index()

    def _take_away(self, name: str) -> None:
        """What the build began with at this name, if anything: to write through it would change the kept file, and the site that stands."""
        if self._in_place and self.standing is None and self._in_place.pop(name, None) is not None:
            os.unlink(f"{self.staging}/{name}")

    def _make_way(self, folder: str) -> None:
        """Make a folder of the build, and those that it lies in; each is asked for once, and made with one call."""
        if folder in self._folders:
            return
        self._make_way(folder.rpartition("/")[0])
        with suppress(FileExistsError):
            os.mkdir(folder)
        self._folders.add(folder)


def _added(
    parts: Iterator[bytes | memoryview], total: hashlib._Hash
) -> Iterator[bytes | memoryview]:
    """The same parts, each added to the hash on its way."""
    for part in parts:
        total.update(part)
        yield part


def _remove(site: Path, name: str) -> None:
    """Take a file out of a site, and the folders that then are empty. A helper may have done so already."""
    (site / name).unlink(missing_ok=True)
    for folder in (site / name).parents:
        if folder == site or not folder.is_dir() or os.listdir(folder):
            return
        folder.rmdir()
