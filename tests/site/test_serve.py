"""`mkdocs serve` answers on every page, and keeps answering while the data is wrong."""

from __future__ import annotations

import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from conftest import ROOT, HoldPort
from congkhai import mkdocs_plugin

PATIENCE = 120
"""Seconds to wait for words that a slow machine has not printed yet."""


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """Copy the real data, to be spoilt."""
    return Path(shutil.copytree(ROOT / "plans", tmp_path / "plans"))


@pytest.fixture
def preview(
    plans: Path, tmp_path: Path, mkdocs_environment: dict[str, str], hold_port: HoldPort
) -> Iterator[tuple[str, Callable[[str], None]]]:
    """Run `mkdocs serve`; yield its address, and a function that waits for it to print words."""
    port = hold_port()
    printed: queue.Queue[str] = queue.Queue()
    seen: list[str] = []

    def wait_for(words: str) -> None:
        while True:
            try:
                line = printed.get(timeout=PATIENCE)
            except queue.Empty:
                raise AssertionError(f"never said {words!r}:\n{''.join(seen)}") from None
            seen.append(line)
            if words in line:
                return

    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    environment = mkdocs_environment | {
        "PLANS_DIR": str(plans),
        "BUILD_CACHE": str(tmp_path / "kept"),
        "PYTHONUNBUFFERED": "1",
    }
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as serve:
        reader = threading.Thread(target=lambda: [printed.put(line) for line in serve.stdout or ()])
        reader.start()
        try:
            wait_for(f"Xem trang tại http://127.0.0.1:{port}/ (dừng: Ctrl-C).")
            yield f"http://127.0.0.1:{port}", wait_for
        finally:  # `with` waits for the end of a preview, which would never come by itself
            serve.terminate()
            serve.wait(PATIENCE)
            reader.join(PATIENCE)


def status(address: str) -> int:
    try:
        with urlopen(address, timeout=PATIENCE) as answer:
            return answer.status
    except HTTPError as error:
        with error:
            return error.code


def test_the_preview_answers_on_every_plan_and_survives_bad_data(
    preview: tuple[str, Callable[[str], None]], plans: Path
):
    address, wait_for = preview
    folders = [file.parent.relative_to(plans).as_posix() for file in plans.rglob("plan.yml")]
    assert folders
    assert {
        path: status(f"{address}/{path}")
        for path in ("", *(f"ke-hoach/{folder}/" for folder in folders))
    } == dict.fromkeys(("", *(f"ke-hoach/{folder}/" for folder in folders)), 200)
    assert status(f"{address}/khong-co/") == 404

    units = plans / "units.yml"
    good = units.read_text("utf-8")
    units.write_text(good + "so-noi-vu: [\n", "utf-8")
    wait_for("Trang web giữ nguyên bản cũ")
    assert status(f"{address}/") == 200

    units.write_text(good, "utf-8")
    wait_for("Đã tạo lại trang.")
    assert status(f"{address}/ke-hoach/{folders[0]}/") == 200


def test_the_preview_follows_an_edit_and_a_plan_that_goes(
    preview: tuple[str, Callable[[str], None]], plans: Path
):
    """Only what changed is laid over the site that stands."""
    address, wait_for = preview
    plan = plans / "hai-phong" / "xa-nam-sach" / "ascc-2026-2030"
    page = f"{address}/ke-hoach/hai-phong/xa-nam-sach/ascc-2026-2030/"
    for _ in range(2):
        file = plan / "plan.yml"
        note = file.read_text("utf-8").replace("không ghi số tiền", "phát thanh không ghi số tiền")
        file.write_text(note, "utf-8")
        wait_for("Đã tạo lại trang.")
    with urlopen(f"{page}toan-van/", timeout=PATIENCE) as answer:
        assert "phát thanh" in answer.read().decode()
    shutil.rmtree(plan)
    wait_for("Đã tạo lại trang.")
    assert status(page) == 404
    with urlopen(f"{address}/dia-phuong/hai-phong/", timeout=PATIENCE) as answer:
        assert "Xã Nam Sách</strong>" not in answer.read().decode()
    assert status(f"{address}/ke-hoach/hai-phong/phuong-hai-duong/ascc-2026-2030/") == 200


def test_every_module_of_the_house_is_watched():
    """The rules stand in a folder of their own; who edits one wants to see what it says."""
    assert set(mkdocs_plugin._code_state(ROOT)) == set((ROOT / "hooks").rglob("*.py"))
