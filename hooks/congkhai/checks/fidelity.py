"""The rule that a plan has the words of its document: every word, in order, and no other.

Comes in: a `PlanContext` whose folder has `source.txt` or the office's file. Goes out:
problems at the paragraph of `plan.yml` that differs, with the words to put there.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import Path

from congkhai.checks.context import PlanContext
from congkhai.data.encoding import MAX_BYTES, PRIVATE_USE
from congkhai.data.files import explain_os_error, read_file
from congkhai.data.problem import Problem
from congkhai.sources.numbering import read_symbol
from congkhai.text.vietnamese import same_words, words

SHOWN = 3
"""Differences shown by one check; the next check shows the next ones."""
_WINDOW = 400
"""Words after the first difference that are compared for more differences."""
_AROUND = 2
"""Words quoted on each side of a difference, so that its place can be searched for."""
_LONGEST = 30
"""Most words in one quotation."""


def compare_words_with_source(context: PlanContext) -> Iterator[Problem]:
    """Require that a plan has the words of its `source.txt`: all, in order, and no other."""
    file = context.dataset.source_text(context.id)
    if file is None:
        return
    received, fault = _read_source(file, f"{context.loaded.path.rpartition('/')[0]}/source.txt")
    if fault is not None:
        yield fault
        return
    texts = context.paragraphs
    text_of_plan = "\n".join([text for _, text in texts])
    # Whole texts first: nothing differs in most plans, and word for word takes four times as long.
    if same_words(text_of_plan, received):
        return
    plan_words, source = words(text_of_plan), words(received)
    if plan_words == source:
        return
    starts = list(accumulate((len(words(text)) for _, text in texts), initial=0))[:-1]
    for start, end, first, last in _differences(plan_words, source):
        at = start - 1 if start == end and start else min(start, len(plan_words) - 1)
        loc = texts[bisect_right(starts, at) - 1][0]
        right = _quote(source, first, last)
        if start == end:
            yield context.loaded.problem(
                loc,
                f"thiếu chữ «{_quote(source, first, last, 0)}» của source.txt",
                f"chép lại nguyên văn: «{right}»",
            )
        else:
            yield context.loaded.problem(
                loc,
                f"chữ «{_quote(plan_words, start, end)}» không có trong source.txt",
                f"chép lại nguyên văn: «{right}»",
            )


def require_original_as_received(context: PlanContext) -> Iterator[Problem]:
    """Require that the office's file stands beside the plan, byte for byte as received."""
    original = context.plan.original
    if original is None:
        return
    yield from _compare_file(context, ("original",), original.file, original.sha256)
    if original.signed is None:
        return
    place = ("original", "signed")
    if not original.signed.file.lower().endswith(".pdf") or original.signed.file == original.file:
        yield context.loaded.problem(
            (*place, "file"),
            f"«{original.signed.file}» không phải một tệp PDF khác cạnh «{original.file}»",
            "signed là bản PDF đã ký, để cạnh tệp chữ; chỉ có một tệp thì bỏ phần signed",
        )
        return
    yield from _compare_file(context, place, original.signed.file, original.signed.sha256)


def _compare_file(
    context: PlanContext, place: tuple[str, ...], file: str, sha256: str
) -> Iterator[Problem]:
    if file not in context.dataset.files.get(context.id, ()):
        yield context.loaded.problem(
            (*place, "file"),
            f"không thấy tệp «{file}» cạnh plan.yml",
            f"chép tệp của cơ quan vào thư mục này, hoặc bỏ phần {place[-1]}",
        )
        return
    raw = read_file(context.dataset.root / context.id / file)
    digest = hashlib.sha256(raw).hexdigest()
    other_words = (
        "; câu chữ trong tệp có đổi thì để tệp vào thư mục riêng bên cạnh, lập bản nháp mới rồi"
        " chép sang đây"
        if place == ("original",)
        else ""
    )
    if digest != sha256:
        yield context.loaded.problem(
            (*place, "sha256"),
            f"tệp «{file}» không còn như khi nhận",
            f'lấy lại tệp gốc; nếu đây mới là tệp đúng thì ghi sha256: "{digest}"{other_words}',
        )


def _read_source(file: Path, path: str) -> tuple[str, Problem | None]:
    """Read the official text as received; or say why it cannot be compared."""
    try:
        raw = read_file(file, MAX_BYTES)
    except OSError as error:
        message = f"không mở được tệp: {explain_os_error(error)}"
        return "", Problem(path, 0, 0, message, "kiểm tra quyền đọc của tệp")
    if len(raw) > MAX_BYTES:
        hint = "chỉ để chữ của văn bản này; kiểm tra có dán nhầm không"
        return "", Problem(path, 0, 0, "tệp dài quá 1 MB", hint)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = "mở bằng Notepad, chọn Save As, Encoding: UTF-8"
        return "", Problem(path, 0, 0, "tệp không lưu bằng mã UTF-8", hint)
    # Bullets of Symbol and Wingdings, which a plan has as readers see them.
    return PRIVATE_USE.sub(lambda sign: read_symbol(sign[0]), text), None


def _differences(
    plan_words: Sequence[str], source: Sequence[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the first differences, as (start, end, first, last).

    Words `start` to `end` of the plan stand where the source has words `first` to `last`.
    """
    same = next(
        (
            index
            for index, (ours, theirs) in enumerate(zip(plan_words, source, strict=False))
            if ours != theirs
        ),
        min(len(plan_words), len(source)),
    )
    ours, theirs = plan_words[same : same + _WINDOW], source[same : same + _WINDOW]
    is_whole = same + _WINDOW >= max(len(plan_words), len(source))
    steps = [
        step
        for step in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
        if step[0] != "equal"
    ]
    for index, (_, start, end, first, last) in enumerate(steps[:SHOWN]):
        # Words that the window cuts off only seem to differ.
        if index and not is_whole and (end == len(ours) or last == len(theirs)):
            break
        yield same + start, same + end, same + first, same + last


def _quote(text: Sequence[str], start: int, end: int, around: int = _AROUND) -> str:
    quoted = text[max(0, start - around) : end + around]
    return " ".join(quoted[:_LONGEST]) + (" …" if len(quoted) > _LONGEST else "")
