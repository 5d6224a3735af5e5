"""Publishing: a site is built beside the old one, then takes its place in one step.

Comes in: the folder of the site. Goes out: that folder with the whole new build in it, or
exactly as it was. MkDocs alone would empty the folder first and fill it page by page.

    site/        what readers see; never half-built
    .site.new/   the build in progress; after the swap, for a moment, the old site
    .site.old/   the old site, only where the system cannot swap two folders
    .site.lock   held by the build in progress, so that two cannot mix

All three belong to whoever holds the lock; what a killed build left is swept by the next.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from pydantic_core import to_json

from congkhai.build.file_lock import try_lock
from congkhai.build.manifest import MANIFEST, hash_files, list_files
from congkhai.data.files import explain_os_error

_LEFT_BY_DESKTOPS = {".DS_Store", "Thumbs.db", "desktop.ini"}


class PublishError(Exception):
    """The site may not, or cannot, be built where it was asked for (Vietnamese)."""


class Build:
    """One build in progress. Write into `staging`, then `publish()`; or `discard()`.

    `keep` are folders and files that must survive: the site may neither be nor hold nor
    stand inside one of them. `ours`: this process built what is there. Raises
    PublishError when `target` may not be replaced or another build is at work.
    """

    def __init__(self, target: Path, keep: Iterable[Path], *, ours: bool = False) -> None:
        self.target = target.resolve()
        """The site, symbolic links followed."""
        self.standing: Collection[str] | None = None
        """For a preview: names of the generated files of the site that stands. What is built is
        laid over it, because it has the rest already. None: the site is replaced."""
        _refuse_precious(self.target, [path.resolve() for path in keep])
        self.staging = _beside(self.target, "new")
        """Where to build: empty, on the same disk."""
        try:
            self.target.parent.mkdir(parents=True, exist_ok=True)
            self._lock = _Lock(_beside(self.target, "lock"), self.target)
        except OSError as error:
            raise PublishError(
                f"không ghi được vào {self.target.parent}: {explain_os_error(error)}"
            ) from error
        try:
            self._sweep()
            if not ours:
                _refuse_strangers(self.target)
            self.staging.mkdir()
            if self.target.exists():
                shutil.copymode(self.target, self.staging)
        except BaseException:
            self._lock.release()
            raise

    def publish(
        self,
        origin: Mapping[str, object],
        hashes_by_name: Mapping[str, str],
        previous: str | None = None,
        redirects: Mapping[str, str] | None = None,
    ) -> None:
        """Put the build in the site's place. Afterwards `staging` is gone.

        `origin` says in the manifest what the site was built from; `hashes_by_name` are the
        SHA-256 of the files that were hashed when they were made. `previous`: SHA-256 of the
        manifest that was published before, where it is not that of the site that is replaced.
        `redirects`: former names of files with their names now.
        """
        hashes = hash_files(self.staging, hashes_by_name)
        if self.standing is not None:
            hashes = dict(sorted({**hashes_by_name, **hashes}.items()))
        manifest: dict[str, object] = {**origin, "files": hashes}
        if redirects:
            manifest["redirects"] = dict(sorted(redirects.items()))
        manifest["previous"] = previous or self._previous(manifest)
        (self.staging / MANIFEST).write_bytes(to_json(manifest, indent=1) + b"\n")
        if self.standing is not None:
            _lay_over(self.staging, self.target, {*self.standing} - hashes.keys())
            self.discard()
            return
        # A rename may reach the disk before what it renames; after a power cut the site
        # would then be there with empty files.
        if hasattr(os, "sync"):  # Windows has none
            os.sync()
        if self.target.exists():
            _swap(self.staging, self.target, _beside(self.target, "old"))
        else:
            os.rename(self.staging, self.target)
        self.discard()

    def _previous(self, manifest: Mapping[str, object]) -> str | None:
        """Return the SHA-256 of the manifest that is replaced; of an equal one, its own."""
        try:
            content = (self.target / MANIFEST).read_bytes()
            standing = json.loads(content)
            named = standing.pop("previous", None)
        except (OSError, ValueError, AttributeError):
            return None
        is_same = standing == manifest
        return named if is_same else hashlib.sha256(content).hexdigest()

    def discard(self) -> None:
        """Remove what is not published and let others build. A second call does nothing."""
        if self._lock.held:
            # What cannot be removed now is swept, or complained about, by the next build.
            for rest in (self.staging, _beside(self.target, "old")):
                shutil.rmtree(rest, ignore_errors=True)
            self._lock.release()

    def _sweep(self) -> None:
        """Remove what a killed build left; undo a swap that it was killed in."""
        old = _beside(self.target, "old")
        if old.exists() and not self.target.exists():
            os.rename(old, self.target)
        for rest in (self.staging, old):
            if rest.exists():
                shutil.rmtree(rest)


def _beside(target: Path, role: str) -> Path:
    return target.with_name(f".{target.name}.{role}")


def _lay_over(new: Path, target: Path, gone: Iterable[str]) -> None:
    """Move the new files over the old ones; remove those that are `gone`."""
    for name in list_files(new):
        try:
            os.replace(new / name, target / name)
        except FileNotFoundError:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(new / name, target / name)
    for name in gone:
        (target / name).unlink(missing_ok=True)


@contextmanager
def hold_site(site: Path) -> Iterator[None]:
    """Keep builds from replacing a site while its files are read.

    Raises PublishError when a build or another reader is at work.
    """
    target = site.resolve()
    lock = _Lock(_beside(target, "lock"), target)
    try:
        yield
    finally:
        lock.release()


class _Lock:
    """An advisory lock that the system drops by itself when its process ends."""

    def __init__(self, path: Path, target: Path) -> None:
        self._path = path
        while True:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            if not try_lock(self._handle):
                os.close(self._handle)
                raise PublishError(
                    f"máy đang tạo trang ở một cửa sổ khác ({target}); đợi xong rồi chạy lại"
                )
            # Its last holder may have removed the file between our open and our lock.
            if path.exists() and os.path.samestat(os.stat(path), os.fstat(self._handle)):
                self.held = True
                return
            os.close(self._handle)

    def release(self) -> None:
        self.held = False
        # Windows removes no file that is open, by whomever: the next build takes it over.
        with suppress(PermissionError):
            self._path.unlink(missing_ok=True)
        os.close(self._handle)


# ------------------------------------------------- what may not be replaced


def _refuse_precious(target: Path, keep: list[Path]) -> None:
    try:
        home = [Path.home().resolve()]
    except RuntimeError:  # an account without a home
        home = []
    for precious in [*home, *keep]:
        if precious.is_relative_to(target):
            raise PublishError(
                f"không dựng vào {target}: thư mục này chứa {precious}; "
                "chọn một thư mục riêng cho trang, ví dụ site/"
            )
    for precious in keep:
        if target.is_relative_to(precious):
            raise PublishError(
                f"không dựng vào {target}: thư mục này nằm trong {precious}; "
                "chọn một thư mục riêng cho trang, ví dụ site/"
            )


def _refuse_strangers(target: Path) -> None:
    """Raise when replacing `target` would destroy a file that no build of ours wrote."""
    if not target.exists():
        return
    if not target.is_dir():
        raise PublishError(f"không dựng vào {target}: đó là một tệp, không phải thư mục")
    names = {
        name for name in list_files(target) if name.rpartition("/")[2] not in _LEFT_BY_DESKTOPS
    }
    if not names:
        return
    listed = _read_manifest_names(target / MANIFEST)
    if listed is None:
        raise PublishError(
            f"không tạo trang vào {target}: thư mục này có sẵn tệp của việc khác; "
            "chọn thư mục khác, hoặc xóa thư mục ấy"
        )
    strangers = sorted(names - {MANIFEST} - listed)
    if strangers:
        examples = ", ".join(strangers[:5]) + ("…" if len(strangers) > 5 else "")
        raise PublishError(
            f"không dựng vào {target}: có tệp do người khác đặt vào, dựng lại sẽ mất: {examples}; "
            "chuyển vào content/ hoặc xoá đi"
        )


def _read_manifest_names(manifest: Path) -> set[str] | None:
    """Return the files that a manifest lists; None when it is missing or not of our making."""
    try:
        files = json.loads(manifest.read_bytes())["files"]
    except (FileNotFoundError, ValueError, LookupError, TypeError):
        return None
    return set(files) if isinstance(files, dict) else None


# ----------------------------------------------------------------- the swap


def _swap(new: Path, target: Path, old: Path) -> None:
    """Let `new` and `target` change places; or, where that is impossible, in two renames."""
    try:
        _exchange(new, target)
    except OSError as error:
        if error.errno not in (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP):
            raise
        os.rename(target, old)
        try:
            os.rename(new, target)
        except BaseException:
            if not target.exists():
                os.rename(old, target)
            raise


def _exchange(one: Path, other: Path) -> None:
    """Call Linux's renameat2 with RENAME_EXCHANGE; OSError with ENOSYS where there is none."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    at_working_directory, rename_exchange = -100, 2
    if renameat2(
        at_working_directory,
        os.fsencode(one),
        at_working_directory,
        os.fsencode(other),
        rename_exchange,
    ):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))
