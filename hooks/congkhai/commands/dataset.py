"""What commands on the data share: they find it, read it, print its faults and write files of it.

Comes in: the working folder, `PLANS_DIR`, `AS_OF`. Goes out: a data set with its faults.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from congkhai.checks.remarks import write_annotation
from congkhai.checks.runner import check
from congkhai.commands.parser import UsageError
from congkhai.data.files import explain_os_error
from congkhai.data.folder import DataFolderError, find_data_folder, read_plans_setting
from congkhai.data.load import Dataset, load_dataset
from congkhai.data.problem import Problem, shorten
from congkhai.text.dates import today


def find_data(folder: Path) -> Path:
    """Return the data folder that a command in a folder works on; raise UsageError for none."""
    try:
        return find_data_folder(folder, read_plans_setting(folder))
    except DataFolderError as error:
        raise UsageError(str(error)) from error


def read_data() -> tuple[Dataset, list[Problem], date]:
    """Return the data, all that is wrong with them, and the day they are judged on.

    Raises UsageError when there is no data folder or `AS_OF` is no day.
    """
    try:
        folder = find_data(Path.cwd())
        as_of = today()
    except ValueError as error:
        raise UsageError(str(error)) from error
    dataset, problems = load_dataset(folder)
    return dataset, sorted([*problems, *check(dataset, as_of)]), as_of


def print_problems(problems: list[Problem]) -> int:
    """Print the problems, for GitHub also as remarks beside their lines; count the errors."""
    for problem in shorten(problems):
        print(problem)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            print(write_annotation(problem))
    return Counter(problem.severity for problem in problems)["error"]


def write_new(file: Path, text: str) -> None:
    """Write a file that is not there yet; nobody's work is overwritten."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise UsageError(
            f"đã có tệp {file}; mở tệp ấy làm tiếp. "
            "Chỉ xóa khi chắc chắn không cần nội dung trong đó"
        ) from error
    except OSError as error:
        raise UsageError(f"không ghi được {file}: {explain_os_error(error)}") from error
    print(f"Đã tạo {file}. Mở tệp, điền hoặc xem lại, rồi chạy: congkhai check")


def tell_progress(stage: str) -> None:
    """Say how far a long reading is, beside what the command prints."""
    print(stage, file=sys.stderr, flush=True)
