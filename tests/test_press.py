"""Many files are written by every core: the same bytes, and no fault is lost on the way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hooks import press

MANY = press.FEW + 50


def job(number: int, content: bytes = b"x") -> press.Job:
    return lambda: [(f"a/{number}/", content), (f"a/{number}.txt", b"%d" % number)]


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the machine has one, or the test runner has threads."""
    monkeypatch.setattr(press, "_workers", lambda: 2)


def test_all_files_are_written_whoever_writes_them(tmp_path: Path, two_cores: None):
    jobs = [lambda number=number: [(f"{number}/", str(os.getpid()).encode())] for number in range(MANY)]
    press.press(jobs, tmp_path)
    writers = {(tmp_path / str(number) / "index.html").read_bytes() for number in range(MANY)}
    assert len(writers) == 2


def test_few_files_are_written_by_one_process(tmp_path: Path, two_cores: None):
    press.press([lambda: [("", str(os.getpid()).encode())]], tmp_path)
    assert (tmp_path / "index.html").read_text() == str(os.getpid())


@pytest.mark.parametrize("at", [0, 1])
def test_a_fault_is_raised_in_whichever_share_it_is(tmp_path: Path, two_cores: None, at: int):
    def fail() -> list[tuple[str, bytes]]:
        raise LookupError("no such unit")

    jobs = [job(number) for number in range(MANY)]
    jobs[at] = fail
    with pytest.raises(LookupError, match="no such unit"):
        press.press(jobs, tmp_path)


def test_two_files_at_one_address_are_refused(tmp_path: Path, two_cores: None):
    with pytest.raises(FileExistsError):
        press.press([*(job(number) for number in range(MANY)), job(7)], tmp_path)
