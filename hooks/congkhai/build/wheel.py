"""The wheel of the engine that runs, for a repository that is to install the same.

Comes in: the installed package, or a checkout. Goes out: a file `congkhai-….whl`. A wheel is a
zip of the files that were installed, so it needs no network and no place that keeps packages.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from base64 import urlsafe_b64encode
from hashlib import sha256
from importlib.metadata import Distribution, distribution, version
from pathlib import Path

from congkhai.build.engine import PACKAGE

_OF_THE_INSTALLER = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
"""Files that installing adds to what the wheel held."""


def wheel_name() -> str:
    """Return the name of the wheel."""
    return f"congkhai-{version('congkhai')}-py3-none-any.whl"


def write_wheel(folder: Path) -> str | None:
    """Write the wheel into a folder that is there; return its name, None where it cannot be made.

    Raises OSError where the folder cannot be written to.
    """
    installed = distribution("congkhai")
    if any(str(file) == "congkhai/__init__.py" for file in installed.files or ()):
        _pack(installed, folder / wheel_name())
    elif not _build(folder):
        return None
    return wheel_name()


def _pack(installed: Distribution, wheel: Path) -> None:
    """Zip the files that were installed; the same files give the same bytes."""
    files = {
        file.as_posix(): Path(str(file.locate())).read_bytes()
        for file in installed.files or ()
        if ".." not in file.parts
        and "__pycache__" not in file.parts
        and not (file.parent.suffix == ".dist-info" and file.name in _OF_THE_INSTALLER)
    }
    [described] = {name.partition("/")[0] for name in files if name.endswith(".dist-info/METADATA")}
    record = f"{described}/RECORD"
    lines = [f"{name},{_hash(content)},{len(content)}\n" for name, content in files.items()]
    files[record] = "".join([*lines, f"{record},,\n"]).encode()
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)


def _hash(content: bytes) -> str:
    return f"sha256={urlsafe_b64encode(sha256(content).digest()).rstrip(b'=').decode()}"


def _build(folder: Path) -> bool:
    """Build the wheel of a checkout, as `make wheel` does."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    done = subprocess.run(
        [*command, "--directory", str(folder.resolve())],
        cwd=PACKAGE.parent.parent,
        capture_output=True,
        check=False,
    )
    return done.returncode == 0 and (folder / wheel_name()).is_file()
