"""Rules that keep quotations honest: what is said to be printed stands in the document.

Comes in: a `PlanContext`. Goes out: problems. Words are compared after runs of blanks are
made one; nothing else is forgiven, misprints included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from congkhai.checks.context import PlanContext
from congkhai.data import schema
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import Loc
from congkhai.text.nearest import nearest
from congkhai.text.vietnamese import words

_NUMBER_LINE = re.compile(r"^\W*Số\s*:\s*(\d*)", re.IGNORECASE)


def quotes_stand_in_their_item(subject: PlanContext) -> Iterator[Problem]:
    """The words of a deadline and of a target stand in that item's own title or text."""
    for placed in subject.items:
        item = placed.item
        if not item.due and not item.targets:
            continue
        for loc, quote in _quotes_of(item):
            # Nearly always the words stand there letter for letter.
            if (
                quote not in (item.text or "")
                and quote not in (item.title or "")
                and _flat(quote) not in _flat(item.title, item.text)
            ):
                yield _not_printed(
                    subject,
                    (*placed.loc, *loc),
                    quote,
                    f"mục {item.id}",
                    _flat(item.title, item.text),
                )


def _quotes_of(item: schema.Item) -> Iterator[tuple[Loc, str]]:
    for index, due in enumerate(item.due):
        yield ("due", index, "printed"), due.printed
    for index, target in enumerate(item.targets):
        for field in ("printed", "population", "modal", "condition"):
            quote = getattr(target, field)
            if quote is not None:
                yield ("targets", index, field), quote


def quotes_stand_where_they_say(subject: PlanContext) -> Iterator[Problem]:
    """The words of a citation and of a note stand in the part of the document that it names."""
    for index, citation in enumerate(subject.plan.cites):
        printed = _part(subject, citation.at)
        if printed is not None and _flat(citation.printed) not in printed:
            yield _not_printed(
                subject, ("cites", index, "printed"), citation.printed, citation.at, printed
            )
    for index, note in enumerate(subject.plan.notes):
        printed = _part(subject, note.at)
        if note.printed is not None and printed is not None and _flat(note.printed) not in printed:
            yield _not_printed(subject, ("notes", index, "printed"), note.printed, note.at, printed)


def scope_is_printed(subject: PlanContext) -> Iterator[Problem]:
    """The scope is given in words of the document."""
    scope = subject.plan.scope
    if scope is None:
        return
    # Nearly always it is one provision's words as they stand; only else is the whole document put together.
    as_it_stands = any(
        scope in (placed.item.text or "") or scope in (placed.item.title or "")
        for placed in subject.items
    )
    if not as_it_stands and _flat(scope) not in _whole(subject):
        yield _not_printed(subject, ("scope",), scope, "văn bản", "")


def misprints_differ_from_what_is_meant(subject: PlanContext) -> Iterator[Problem]:
    """A note about a misprint quotes it; what is meant, where given, is something else."""
    for index, note in enumerate(subject.plan.notes):
        if note.kind == "misprint" and note.printed is None:
            yield subject.loaded.problem(
                ("notes", index),
                "ghi chú chữ in sai nhưng không có printed",
                "thêm printed: chữ in trong văn bản",
            )
        if note.meant is not None and note.meant == note.printed:
            yield subject.loaded.problem(
                ("notes", index, "meant"),
                "meant giống hệt printed",
                "ghi chữ đúng, hoặc bỏ dòng này",
            )
        if note.printed is None and note.meant is None and note.text is None:
            yield subject.loaded.problem(
                ("notes", index), "ghi chú không nói gì", "thêm text: lời ghi chú"
            )


def number_agrees_with_letterhead(subject: PlanContext) -> Iterator[Problem]:
    """The document's number is null just when the line «Số:» of the letterhead leaves it blank."""
    document = subject.plan.document
    for line in document.letterhead:
        match = _NUMBER_LINE.match(line)
        if match is None:
            continue
        printed = match[1]
        if printed and document.number is None:
            yield subject.loaded.problem(
                ("document", "number"),
                f"để trống số, nhưng dòng «{line}» có số",
                f'dạng đúng: number: "{printed}"',
            )
        elif not printed and document.number is not None:
            yield subject.loaded.problem(
                ("document", "number"),
                f"có số «{document.number}», nhưng dòng «{line}» để trống số",
                "dạng đúng: number: null",
            )
        elif printed and document.number is not None and not document.number.startswith(printed):
            yield subject.loaded.problem(
                ("document", "number"),
                f"số «{document.number}» khác số trong dòng «{line}»",
                f'dạng đúng: number: "{printed}"',
            )


def _flat(*parts: str | None) -> str:
    return " ".join(words(" ".join(part for part in parts if part)))


def _part(subject: PlanContext, at: str) -> str | None:
    """The words of a named part or of an item; None when there is no such part."""
    placed = subject.by_id.get(at)
    if placed is not None:
        return _flat(placed.item.title, placed.item.text)
    plan = subject.plan
    parts = {
        "title": (plan.document.title,),
        "letterhead": (*plan.document.letterhead, plan.document.issuer, plan.document.type),
        "preamble": plan.preamble,
        "closing": plan.closing,
        "recipients": (plan.recipients_heading, *(recipient.text for recipient in plan.recipients)),
        "signature": plan.signature,
    }
    if at in parts:
        return _flat(*parts[at])
    return _whole(subject) if at == "plan" else None


def _whole(subject: PlanContext) -> str:
    named = ("letterhead", "title", "preamble")
    body = [_flat(placed.item.title, placed.item.text) for placed in subject.items]
    rest = ("closing", "recipients", "signature")
    return " ".join(
        [
            *(_part(subject, at) or "" for at in named),
            *body,
            *(_part(subject, at) or "" for at in rest),
        ]
    )


def _not_printed(subject: PlanContext, loc: Loc, quote: str, where: str, printed: str) -> Problem:
    length = len(quote.split())
    pieces = printed.split()
    windows = (
        " ".join(pieces[start : start + length])
        for start in range(max(1, len(pieces) - length + 1))
    )
    guess = nearest(_flat(quote), [window for window in windows if window], likeness=0.75)
    hint = (
        f"trong văn bản là «{guess[:80].strip(' .,;:')}»"
        if guess
        else "chép đúng từng chữ của văn bản, kể cả chữ in sai"
    )
    return subject.loaded.problem(loc, f"chữ «{quote[:80]}» không có trong {where}", hint)


RULES = (
    quotes_stand_in_their_item,
    quotes_stand_where_they_say,
    scope_is_printed,
    misprints_differ_from_what_is_meant,
    number_agrees_with_letterhead,
)
