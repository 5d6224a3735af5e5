"""Rules about quotations: what is quoted as printed stands in the document.

Comes in: a `PlanContext`. Goes out: problems. Words are compared after runs of blanks are
reduced to one; nothing else may differ, misprints included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from congkhai.checks.context import Placed, PlanContext
from congkhai.data import schema
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import Loc
from congkhai.text.nearest import nearest
from congkhai.text.vietnamese import words

_NUMBER_LINE = re.compile(r"^\W*Số\s*:\s*(\d*)", re.IGNORECASE)


def require_quotes_in_their_item(context: PlanContext) -> Iterator[Problem]:
    """Require that quoted words, of deadlines and targets say, stand in the words of their item."""
    for placed in context.items:
        item = placed.item
        if not (item.due or item.targets or item.deliverable or item.reporting):
            continue
        for loc, quote in _quotes_of(item):
            # Letter for letter first: it is nearly always so, and cheaper.
            if (
                quote not in (item.text or "")
                and quote not in (item.title or "")
                and _flat(quote) not in _flat(item.printed, *_cells_above(placed))
            ):
                yield _not_printed(
                    context,
                    (*placed.loc, *loc),
                    quote,
                    f"mục {item.id}",
                    _flat(item.printed),
                )


def _cells_above(placed: Placed) -> Iterator[str]:
    """Yield the words of the rows above in the same table: a merged cell is printed there."""
    if not placed.item.cells or not placed.above:
        return
    for row in placed.above[-1].items:
        if row is placed.item:
            return
        yield row.printed


def _quotes_of(item: schema.Item) -> Iterator[tuple[Loc, str]]:
    """Yield every quotation in the data of an item, with its place in the item."""
    for index, due in enumerate(item.due):
        yield ("due", index, "printed"), due.printed
    if item.deliverable is not None:
        yield ("deliverable",), item.deliverable
    if item.reporting is not None:
        if item.reporting.cutoff is not None:
            yield ("reporting", "cutoff", "printed"), item.reporting.cutoff.printed
        if item.reporting.form is not None:
            yield ("reporting", "form"), item.reporting.form
    for index, target in enumerate(item.targets):
        for field in ("printed", "population", "modal", "condition"):
            quote = getattr(target, field)
            if quote is not None:
                yield ("targets", index, field), quote


def require_quotes_at_their_place(context: PlanContext) -> Iterator[Problem]:
    """Require that citations and notes quote the part of the document that they name."""
    for index, citation in enumerate(context.plan.cites):
        printed = _part(context, citation.at)
        if printed is not None and _flat(citation.printed) not in printed:
            yield _not_printed(
                context, ("cites", index, "printed"), citation.printed, citation.at, printed
            )
    for index, note in enumerate(context.plan.notes):
        printed = _part(context, note.at)
        if note.printed is not None and printed is not None and _flat(note.printed) not in printed:
            yield _not_printed(context, ("notes", index, "printed"), note.printed, note.at, printed)


def require_printed_scope(context: PlanContext) -> Iterator[Problem]:
    """Require that the scope is given in words of the document."""
    scope = context.plan.scope
    if scope is None:
        return
    # One provision first: it nearly always has these words, and the whole document is long.
    in_one_item = any(
        scope in (placed.item.text or "") or scope in (placed.item.title or "")
        for placed in context.items
    )
    if not in_one_item and _flat(scope) not in _whole(context):
        yield _not_printed(context, ("scope",), scope, "văn bản", "")


def require_meaningful_notes(context: PlanContext) -> Iterator[Problem]:
    """Require that a note has content: a misprint is quoted, and differs from what is meant."""
    for index, note in enumerate(context.plan.notes):
        if note.kind == "misprint" and note.printed is None:
            yield context.loaded.problem(
                ("notes", index),
                "ghi chú chữ in sai nhưng không có printed",
                "thêm printed: chữ in trong văn bản",
            )
        if note.meant is not None and note.meant == note.printed:
            yield context.loaded.problem(
                ("notes", index, "meant"),
                "meant giống hệt printed",
                "ghi chữ đúng, hoặc bỏ dòng này",
            )
        if note.printed is None and note.meant is None and note.text is None:
            yield context.loaded.problem(
                ("notes", index), "ghi chú còn trống", "thêm dòng text: và nội dung ghi chú"
            )


def compare_number_with_letterhead(context: PlanContext) -> Iterator[Problem]:
    """Require that the number is null just when the line «Số:» of the letterhead is blank."""
    document = context.plan.document
    for line in document.letterhead:
        match = _NUMBER_LINE.match(line)
        if match is None:
            continue
        printed = match[1]
        if printed and document.number is None:
            yield context.loaded.problem(
                ("document", "number"),
                f"để trống số, nhưng dòng «{line}» có số",
                f'dạng đúng: number: "{printed}"',
            )
        elif not printed and document.number is not None:
            yield context.loaded.problem(
                ("document", "number"),
                f"có số «{document.number}», nhưng dòng «{line}» để trống số",
                "dạng đúng: number: null",
            )
        elif printed and document.number is not None and not document.number.startswith(printed):
            yield context.loaded.problem(
                ("document", "number"),
                f"số «{document.number}» khác số trong dòng «{line}»",
                f'dạng đúng: number: "{printed}"',
            )


def _flat(*parts: str | None) -> str:
    """Join the words of texts with single spaces."""
    return " ".join(words(" ".join(part for part in parts if part)))


def _part(context: PlanContext, at: str) -> str | None:
    """Return the words of a named part or of an item; None when there is no such part."""
    placed = context.by_id.get(at)
    if placed is not None:
        return _flat(placed.item.printed)
    plan = context.plan
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
    return _whole(context) if at == "plan" else None


def _whole(context: PlanContext) -> str:
    """Return the words of the whole document, in its order."""
    named = ("letterhead", "title", "preamble")
    body = [_flat(placed.item.printed) for placed in context.items]
    rest = ("closing", "recipients", "signature")
    return " ".join(
        [
            *(_part(context, at) or "" for at in named),
            *body,
            *(_part(context, at) or "" for at in rest),
        ]
    )


def _not_printed(context: PlanContext, loc: Loc, quote: str, where: str, printed: str) -> Problem:
    """Describe a quotation that does not stand in `printed`, with the words most like it."""
    length = len(quote.split())
    printed_words = printed.split()
    windows = (
        " ".join(printed_words[start : start + length])
        for start in range(max(1, len(printed_words) - length + 1))
    )
    guess = nearest(_flat(quote), [window for window in windows if window], likeness=0.75)
    hint = (
        f"trong văn bản là «{guess[:80].strip(' .,;:')}»"
        if guess
        else "chép đúng từng chữ của văn bản, kể cả chữ in sai"
    )
    return context.loaded.problem(loc, f"chữ «{quote[:80]}» không có trong {where}", hint)
