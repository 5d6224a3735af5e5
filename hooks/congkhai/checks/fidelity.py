"""The rule that a plan says what its document says: every word, in order, and no other.

Comes in: a `PlanContext` whose folder has `source.txt`. Goes out: problems at the paragraph
of `plan.yml` that differs, with the words to put there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from congkhai.checks.context import PlanContext
from congkhai.data.problem import Problem
from congkhai.model.transcript import paragraphs
from congkhai.text.vietnamese import same_words, words

SHOWN = 3
"""Differences told at once; the next check tells the next."""
_WINDOW = 400
"""Words after the first difference that are looked through for more."""
_AROUND = 2
"""Words told on each side of a difference, to find the place by."""
_LONGEST = 30
"""Words quoted at most."""


def words_are_those_of_the_source(subject: PlanContext) -> Iterator[Problem]:
    """A plan has the words of its `source.txt`, all of them, in their order, and no other."""
    file = subject.dataset.source_text(subject.id)
    if file is None:
        return
    try:
        received = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        path = f"{subject.loaded.path.rpartition('/')[0]}/source.txt"
        yield Problem(
            path,
            0,
            0,
            "tệp không lưu bằng mã UTF-8",
            "mở bằng Notepad, chọn Save As, Encoding: UTF-8",
        )
        return
    texts = paragraphs(subject.plan)
    ours = "\n".join([text for _, text in texts])
    # In one go for the usual case, in which nothing differs: word for word takes four times as long.
    if same_words(ours, received):
        return
    here, source = words(ours), words(received)
    if here == source:
        return
    starts = list(accumulate((len(words(text)) for _, text in texts), initial=0))[:-1]
    for start, end, first, last in _differences(here, source):
        at = start - 1 if start == end and start else min(start, len(here) - 1)
        loc = texts[bisect_right(starts, at) - 1][0]
        right = _quote(source, first, last)
        if start == end:
            yield subject.loaded.problem(
                loc,
                f"thiếu chữ «{_quote(source, first, last, 0)}» của source.txt",
                f"chép lại nguyên văn: «{right}»",
            )
        else:
            yield subject.loaded.problem(
                loc,
                f"chữ «{_quote(here, start, end)}» không có trong source.txt",
                f"chép lại nguyên văn: «{right}»",
            )


def _differences(here: Sequence[str], source: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The first places that differ: words `start` to `end` here stand for `first` to `last` there."""
    same = next(
        (
            index
            for index, (ours, theirs) in enumerate(zip(here, source, strict=False))
            if ours != theirs
        ),
        min(len(here), len(source)),
    )
    ours, theirs = here[same : same + _WINDOW], source[same : same + _WINDOW]
    whole = same + _WINDOW >= max(len(here), len(source))
    steps = [
        step
        for step in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
        if step[0] != "equal"
    ]
    for index, (_, start, end, first, last) in enumerate(steps[:SHOWN]):
        # What is cut off by the window only seems to differ.
        if index and not whole and (end == len(ours) or last == len(theirs)):
            break
        yield same + start, same + end, same + first, same + last


def _quote(text: Sequence[str], start: int, end: int, around: int = _AROUND) -> str:
    quoted = text[max(0, start - around) : end + around]
    return " ".join(quoted[:_LONGEST]) + (" …" if len(quoted) > _LONGEST else "")


RULES = (words_are_those_of_the_source,)
