"""Work that is kept from one build for the next: every file, and what it was made from.

Comes in: files as they are made. Goes out: the same files in a later build, without making
them again. They lie in an `ObjectStore` beside the repository's other caches, in
`.cache/build/<name of the data>`, which can be deleted at any time. What a file depends on is
hashed into a *basis*, and beside it stand the days on which it would be made the same; work of
another basis, or of other days, is never used. The kept work is not trusted: the index carries a
checksum, every kept file is hashed again before it goes into a site, and `build_with_fallback`
builds once more without it after any exception.
"""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from congkhai.build.object_store import ObjectStore, StoredFile, write_new_file
from congkhai.build.parallel import ExecutorError
from congkhai.data.problem import Problem
from congkhai.model.today import ALWAYS, Interval, meet_all

T = TypeVar("T")

FOLDERS_KNOWN = 4096
"""Folders of the build that a process remembers to have made: of the country it makes 200,000."""

_INDEX_FORMAT = b"congkhai-index-8"
_log = logging.getLogger(__name__)

Files = Mapping[str, StoredFile]
"""By name below the site, with `/`."""

FileState = tuple[int, int, int, int] | None
"""Of a data file: what changes whenever it is written to. None when there is no such file."""


class FolderState(NamedTuple):
    """What a build saw in a plan's folder."""

    file_states: Mapping[str, FileState]
    """State of each file by its path, from before it was read."""
    content_digest: bytes
    """A hash of all that is read or published of the folder."""
    mentions_other_plans: bool
    """Whether its plan may say that it replaces another, or was at another path."""
    cites: frozenset[str]
    """Ids of documents that its plan may name."""
    is_settled: bool
    """Whether its files were old enough that a later change must show in their states."""


class JobResult(NamedTuple):
    """The files that one job made, and what they were made from."""

    basis: bytes
    files: Files
    opened: Mapping[str, bytes]
    """Plans that the job opened, each with its basis at that time."""
    listed: tuple[str, ...] = ()
    """Addresses of its pages that the sitemap lists."""
    valid: Interval = ALWAYS
    """The days on which they would be made the same."""


class SitePart(NamedTuple):
    """One part of the site: a province, or what shows them all."""

    basis: bytes
    jobs: Mapping[str, JobResult]
    facts: bytes = b""
    """What other parts need to know of it, as its maker pickled it."""
    facts_valid: Interval = ALWAYS
    """The days on which that is so."""

    @property
    def valid(self) -> Interval:
        """Return the days on which all of the part would be made the same."""
        return meet_all([self.facts_valid, *(job.valid for job in self.jobs.values())])

    def files(self) -> dict[str, StoredFile]:
        """Return all files of the part by name."""
        return {name: file for job in self.jobs.values() for name, file in job.files.items()}


class RegisterCheck(NamedTuple):
    """What the rules about the registers found."""

    basis: bytes
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class CacheIndex:
    """All that is kept of a build, apart from the files' contents."""

    parts: Mapping[str, SitePart] = field(default_factory=dict)
    folder_states: Mapping[str, FolderState] = field(default_factory=dict)
    """What was seen in each plan's folder, by the plan's id."""
    register_check: RegisterCheck | None = None
    redirects: Mapping[str, str] = field(default_factory=dict)
    """By the former name of a published file: its name now."""
    library_files: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of files that libraries stored, by path within the cache folder."""

    def files(self) -> dict[str, StoredFile]:
        """Return every file of the site that a job made, by name."""
        return {name: file for part in self.parts.values() for name, file in part.files().items()}

    @property
    def valid(self) -> Interval:
        """Return the days on which all of it but the file of the day would be the same."""
        return meet_all(part.valid for part in self.parts.values())

    def hashes(self) -> dict[str, str]:
        """Return the SHA-256 of every such file by name."""
        return {name: file.digest for name, file in self.files().items()}


@dataclass(frozen=True)
class StandingSite:
    """The site of a preview's last build, over which the next one is laid."""

    folder: Path
    index: CacheIndex


def cache_folder(root: Path, data: Path, *, preview: bool = False) -> Path | None:
    """Return where work is kept for the next build of this data; None for nowhere.

    BUILD_CACHE names another place, or nowhere when it is empty.
    """
    named = os.environ.get("BUILD_CACHE")
    if named is not None and not named.strip():
        return None
    home = Path(named) if named else root / ".cache" / "build"
    return home / f"{data.name}-{digest(str(data), preview).hex()[:12]}"


def digest(*parts: object) -> bytes:
    """Hash several values into one; bytes as they are, anything else by its `repr`."""
    total = hashlib.sha256()
    for part in parts:
        raw = part if isinstance(part, bytes) else repr(part).encode()
        total.update(len(raw).to_bytes(8, "big"))
        total.update(raw)
    return total.digest()


class Cache:
    """The files of one site, being built in `staging`; kept in `folder`, or nowhere if None.

    A cache that is spoilt, in use by another build or not to be written to only costs time.
    """

    def __init__(
        self, folder: Path | None, staging: Path, standing: StandingSite | None = None
    ) -> None:
        self.staging = str(staging)
        self._store = ObjectStore.acquire(folder) if folder is not None else None
        self._folders = {self.staging}
        self._library_folders: list[Path] = []
        self.standing = standing
        """A site that has all files of `index` already; what is reused stays in it."""
        self.index = standing.index if standing is not None else self._read_index()
        """What is kept of the last build."""

    def library_folder(self, name: str, basis: bytes) -> Path | None:
        """Return a folder in which a library can keep files of its own; None without a cache.

        It holds only files that are as they were at the end of the last build.
        """
        folder = self._store.library_folder(name, basis) if self._store is not None else None
        if folder is None:
            return None
        self._library_folders.append(folder)
        for path, checksum in self._library_files().items():
            if self.index.library_files.get(path) != checksum:
                Path(self._store_folder, path).unlink()
        return folder

    def write(
        self, address: str, content: bytes | Iterator[bytes | memoryview]
    ) -> tuple[str, StoredFile]:
        """Write a page or file at its address, and keep it; return its name and what it is.

        A content that would fill the memory comes in parts. Raises FileExistsError when
        the build has another file there.
        """
        name = f"{address}index.html" if not address or address.endswith("/") else address
        path = f"{self.staging}/{name}"
        self._make_folder(path.rpartition("/")[0])
        if not isinstance(content, bytes):
            total = hashlib.sha256()
            write_new_file(path, _hashed(content, total))
            return name, self._keep_file(path, total.hexdigest())
        checksum = hashlib.sha256(content).hexdigest()
        if self._store is None:
            return name, StoredFile(checksum, write_new_file(path, (content,)))
        # Stored first and then linked: a disk takes three times as long for a new file in a
        # new folder as for one in a folder that has many.
        file = self._store.store(content, checksum)
        self._store.link(file, path)
        return name, file

    def keep_written(self, name: str) -> tuple[str, StoredFile]:
        """Keep a file that another program wrote into the build."""
        path = f"{self.staging}/{name}"
        return name, self._keep_file(path, hashlib.sha256(Path(path).read_bytes()).hexdigest())

    def reuse(self, files: Files) -> bool:
        """Put files of the last build into this one, when all of them are still intact.

        False when one is not; then none of them is in the build. Those of a standing site
        are published already, and stay where they are.
        """
        if self.standing is not None:
            return True
        if self._store is None:
            return False
        for name, file in files.items():
            if not self._store.is_intact(file):
                self._warn_if_altered(name, file)
                return False
        linked: list[str] = []
        try:
            for name, file in files.items():
                path = f"{self.staging}/{name}"
                self._make_folder(path.rpartition("/")[0])
                self._store.link(file, path)
                linked.append(path)
        except FileNotFoundError:  # somebody is deleting the cache
            for path in linked:
                os.unlink(path)
            return False
        return True

    def read(self, name: str) -> bytes:
        """Read a file of the build in progress."""
        try:
            with open(f"{self.staging}/{name}", "rb", buffering=0) as file:
                return file.readall()
        except FileNotFoundError:
            if self.standing is None:
                raise
            return (self.standing.folder / name).read_bytes()

    def save(self, index: CacheIndex) -> None:
        """Save the index for the next build, and remove files that it does not name."""
        if self._store is None:
            return
        try:
            self._store.write_index(_encode_index(index, self._library_files()))
            # A preview that changed a few files leaves the rest to the next whole build.
            if self.standing is None:
                self._store.remove_unused({file.digest for file in index.files().values()})
        except OSError:
            # The site is whole; only the next build takes longer.
            self._store.remove_all()

    def close(self) -> None:
        """Release the lock on the cache folder."""
        store, self._store = self._store, None
        if store is not None:
            store.release()

    @property
    def offers_kept_work(self) -> bool:
        """Say whether this build can depend on anything that an earlier one kept."""
        return self.index != CacheIndex()

    def start_over(self) -> None:
        """Forget all kept work, and what was built with it."""
        self.index = CacheIndex()
        self.standing = None
        self._library_folders.clear()
        mode = os.stat(self.staging).st_mode
        shutil.rmtree(self.staging)
        os.mkdir(self.staging)
        os.chmod(self.staging, mode & 0o7777)
        self._folders = {self.staging}

    def _warn_if_altered(self, name: str, file: StoredFile) -> None:
        if self._store is not None and os.path.exists(self._store.path_of(file.digest)):
            _log.warning("Bản lưu của %s đã khác lúc lưu (đĩa hỏng, hoặc có người sửa)", name)

    def _keep_file(self, path: str, checksum: str) -> StoredFile:
        if self._store is not None:
            return self._store.store_file(path, checksum)
        return StoredFile(checksum, os.stat(path).st_size)

    @property
    def _store_folder(self) -> str:
        return self._store.folder if self._store is not None else ""

    def _library_files(self) -> dict[str, str]:
        """Return the SHA-256 of what libraries keep now, by path within the cache folder."""
        return {
            file.relative_to(self._store_folder).as_posix(): hashlib.sha256(
                file.read_bytes()
            ).hexdigest()
            for folder in self._library_folders
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }

    def _read_index(self) -> CacheIndex:
        content = self._store.read_index() if self._store is not None else b""
        index = _decode_index(content)
        if content and index is None:
            _log.warning("Phần giữ lại của lần dựng trước không dùng được; dựng lại từ đầu.")
        return index or CacheIndex()

    def _make_folder(self, folder: str) -> None:
        """Make a folder of the build, and those it lies in; hardly any is asked for twice."""
        if folder in self._folders:
            return
        self._make_folder(folder.rpartition("/")[0])
        with suppress(FileExistsError):
            os.mkdir(folder)
        if len(self._folders) >= FOLDERS_KNOWN:
            self._folders = {self.staging}
        self._folders.add(folder)


def build_with_fallback(cache: Cache, build: Callable[[], T]) -> T:
    """Run a build; when it fails with kept work, run it once more without.

    A fault in the code fails a second time, and is raised.
    """
    try:
        return build()
    except (ExecutorError, SystemExit):  # no fault of what was kept: MkDocs' `Abort` is the latter
        raise
    except Exception as error:
        if not cache.offers_kept_work:
            raise
        _log.warning(
            "Dựng bằng phần giữ lại của lần trước thì hỏng (%s: %s); dựng lại từ đầu.",
            type(error).__name__,
            error,
        )
    cache.start_over()
    return build()


def _encode_index(index: CacheIndex, library_files: Mapping[str, str]) -> bytes:
    # Redirects are derived anew by every build.
    kept = replace(index, redirects={}, library_files=library_files)
    content = pickle.dumps(kept, pickle.HIGHEST_PROTOCOL)
    return b"%b %b\n%b" % (_INDEX_FORMAT, hashlib.sha256(content).hexdigest().encode(), content)


def _decode_index(content: bytes) -> CacheIndex | None:
    """Return the index; None when it is of another format, or not as it was written."""
    header, _, pickled = content.partition(b"\n")
    if header != b"%b %b" % (_INDEX_FORMAT, hashlib.sha256(pickled).hexdigest().encode()):
        return None
    try:
        index = pickle.loads(pickled)
    except Exception:
        # Its classes have changed since, as when somebody works on this code.
        return None
    return index if isinstance(index, CacheIndex) else None


def _hashed(
    parts: Iterator[bytes | memoryview], total: hashlib._Hash
) -> Iterator[bytes | memoryview]:
    """Pass the parts on, each added to the hash on its way."""
    for part in parts:
        total.update(part)
        yield part
