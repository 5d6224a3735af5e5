"""Facts of a whole document, provision by provision, and as a table of tab-separated values.

Comes in: a `SourceDocument`. Goes out: `Entry`s in the document's order for every
provision, and the TSV of `congkhai read`, whose columns are those of the gold files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from congkhai.reading import lexicon, roles
from congkhai.reading.facts import BodyName, Facts, Role
from congkhai.reading.provision import Context, read_part, read_provision
from congkhai.reading.tokens import match_adjacent, tokenize
from congkhai.sources.document import Provision, SourceDocument
from congkhai.sources.tables import is_ditto

COLUMNS = (
    "line",
    "words",
    "kind",
    "lead",
    "coordinating",
    "implementing",
    "requested",
    "due",
    "due_norm",
    "target",
    "target_norm",
    "note",
    "result",
    "partners",
)
SHOWN_WORDS = 60
# «… chủ động thực hiện các nhiệm vụ sau:» names no work of its own.
_ONLY_LEADS_IN = re.compile(
    r"(?:thực hiện|triển khai|tập trung|xác định|tiến hành|làm)\s+(?:tốt\s+|một số\s+"
    r"|ngay\s+)?(?:các\s+|những\s+)?"
    r"(?:nhiệm vụ|nội dung|công việc|giải pháp|việc)[^,;:]{0,40}(?:sau|đây|thể|này)?\s*:\s*$",
    re.I,
)
_LEADS_IN = ("sau", "đây", "này", "thể")
_LONG_TITLE = 8
# Among objectives «Đối với cơ sở giáo dục» says whom a target concerns, not who is to reach it.
_WHOM_IT_CONCERNS = re.compile(r"(?:đối với|về phía)\s", re.I)
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A provision, what stands above it, and the facts read in it."""

    provision: Provision
    above: tuple[Provision, ...]
    facts: Facts


def read_entries(document: SourceDocument) -> Iterator[Entry]:
    """Yield every provision of the body and of the attachments with its facts."""
    yield from _read_all(document.body, (), Context())
    for line in document.closing:
        provision = Provision(number="", words=line.words, line=line.line, is_heading=False)
        facts = read_provision(provision)
        # The usual formula is no duty; a date in it is one: «định kỳ trước ngày 15/12 báo cáo».
        if facts.deadlines:
            yield Entry(provision, (), facts)
    for attachment in document.attachments:
        yield from read_entries(attachment)


def _read_all(
    provisions: Sequence[Provision], above: tuple[Provision, ...], context: Context
) -> Iterator[Entry]:
    row_above: Mapping[str, str] = {}
    for provision in provisions:
        row = replace(provision, cells=_fill_ditto(provision.cells, row_above))
        row_above = row.cells
        heading = _read_heading(provision, context)
        below = _below(provision, context, heading)
        is_plain_title = heading is None and _is_title(provision) and not _leads_in(provision)
        if heading is not None and not _is_duty_itself(provision, heading):
            yield Entry(provision, above, Facts())
        elif is_plain_title and not _is_work(provision, context):
            yield Entry(provision, above, _facts_of_title(provision, context))
        else:
            facts = read_provision(row, context)
            # A sentence that only leads in is no work itself; those below are.
            is_work = not (_leads_in(provision) and _only_leads_in(provision, facts))
            yield Entry(provision, above, facts if is_work else Facts())
            below = _with_clause(provision, facts, below)
            context = _after_leading(provision, facts, context)
        yield from _read_all(provision.children, (*above, provision), below)


def _fill_ditto(cells: Mapping[str, str], above: Mapping[str, str]) -> Mapping[str, str]:
    """Put the words of the row above where a cell only says that they are the same."""
    return {
        column: above.get(column, cell) if is_ditto(cell) else cell
        for column, cell in cells.items()
    }


def _is_title(provision: Provision) -> bool:
    return not provision.words.strip() or provision.is_heading


def _leads_in(provision: Provision) -> bool:
    """«Căn cứ tình hình, các cơ quan, đơn vị thực hiện các hoạt động sau:» is no title."""
    words = provision.words.rstrip()
    if not words.endswith(":") or len(words.split()) <= _LONG_TITLE:
        return False
    return bool(roles.read_roles(words).clauses)


def _only_leads_in(provision: Provision, facts: Facts) -> bool:
    spans = [one.body.span for one in facts.assignments if not one.body.is_inherited]
    if not spans or not provision.children:
        return False
    rest = provision.words[max(span.end for span in spans) :]
    return bool(_ONLY_LEADS_IN.search(rest)) and _is_short(rest)


def _is_short(rest: str) -> bool:
    """Whether little stands between a body and «… thực hiện các nhiệm vụ sau:»."""
    most = 12
    return len(_ONLY_LEADS_IN.sub("", rest).split()) <= most


def _facts_of_title(provision: Provision, context: Context) -> Facts:
    """Read a title: only a figure or an exact date in it is a fact of its own."""
    facts = read_provision(provision, Context(part=context.part))
    dates = any(re.match(r"<?\d{4}-", due.norm) for due in facts.deadlines)
    return replace(facts, assignments=(), questions=()) if facts.figures or dates else Facts()


def _is_work(provision: Provision, context: Context) -> bool:
    """«Sửa đổi Luật … để:» under a body is its work, although points stand under it."""
    most = 6
    tokens = tokenize(provision.words)
    is_verb = bool(tokens) and bool(match_adjacent(tokens, 0, lexicon.DUTY_VERBS))
    is_open = provision.words.rstrip().endswith(":")
    return bool(context.bodies) and is_verb and is_open and len(tokens) > most


def _read_heading(provision: Provision, context: Context) -> roles.Reading | None:
    """Read the bodies of a heading that names them: «2. Sở Tài chính:»."""
    if context.part in ("objective", "purpose") and _WHOM_IT_CONCERNS.match(provision.words):
        return None
    if provision.cells or not (provision.children or provision.is_heading):
        return None
    return roles.read_heading(provision.words)


def _is_duty_itself(provision: Provision, heading: roles.Reading) -> bool:
    """Tell a duty besides a heading: «Sở A chủ trì, phối hợp với Sở B xây dựng …, gồm:»."""
    most = 8
    if not provision.words.rstrip().endswith((":", ".", ";")) and not heading.partners:
        return False
    last = max(span.end for span in (*heading.bodies, *heading.partners))
    rest = _BRACKETS.sub("", provision.words[last:])
    return not _is_short(rest) if _ONLY_LEADS_IN.search(rest) else len(rest.split()) > most


def _below(provision: Provision, context: Context, heading: roles.Reading | None) -> Context:
    """Make the context of the provisions under a heading."""
    if heading is not None:
        clause = heading.clauses[0]
        bodies = tuple(span for one in heading.clauses for span in one.bodies)
        return Context(bodies, clause.role, heading.partners, False, "duties")
    if label := roles.read_label(provision.words):
        return Context(part=context.part, listed=label)
    words = provision.words.rstrip()
    is_sentence = words.endswith(":") and len(words.split()) > _LONG_TITLE
    part = read_part(words) if _is_title(provision) and not is_sentence else ""
    return replace(context, part=part) if part else context


def _with_clause(provision: Provision, facts: Facts, below: Context) -> Context:
    """Give the points under a sentence its bodies: «Sở A thực hiện các nội dung sau:»."""
    printed = [one for one in facts.assignments if not one.body.is_inherited]
    if not provision.children or not printed:
        return below
    bodies = tuple(one.body.span for one in printed if not one.is_partner)
    partners = tuple(one.body.span for one in printed if one.is_partner)
    if not bodies:
        return below
    return Context(bodies, printed[0].role, partners, False, below.part)


def _after_leading(provision: Provision, facts: Facts, context: Context) -> Context:
    """«…, các Bộ cần thực hiện các nhiệm vụ sau đây:» gives its bodies to what follows."""
    words = provision.words.rstrip()
    is_leading = (
        words.endswith(":")
        and words.rstrip(": ").split()[-1:]
        and (words.rstrip(": ").split()[-1] in _LEADS_IN)
    )
    if provision.children or not is_leading:
        return context
    subjects = [
        one for one in facts.assignments if not one.is_partner and not one.body.is_inherited
    ]
    if not subjects:
        return context
    bodies = tuple(one.body.span for one in subjects)
    role: Role | None = "requested" if subjects[0].role == "requested" else None
    return replace(context, bodies=bodies, role=role, partners=(), is_leading=True)


# ------------------------------------------------------------------ TSV


def write_tsv(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the header and one line for each provision with a fact or a question."""
    yield "\t".join(COLUMNS)
    for entry in entries:
        if entry.facts:
            yield "\t".join(_cells(entry))


def _cells(entry: Entry) -> Iterator[str]:
    facts = entry.facts
    yield str(entry.provision.line)
    yield _on_one_line(entry.provision.words)[:SHOWN_WORDS].strip()
    yield facts.kind or ""
    for role in ("lead", "coordinating", "implementing", "requested"):
        yield _names(facts.bodies(role))
    yield " | ".join(_on_one_line(due.span.printed) for due in facts.deadlines)
    yield " | ".join(due.norm for due in facts.deadlines)
    yield " | ".join(_on_one_line(figure.span.printed) for figure in facts.figures)
    yield " | ".join(figure.norm for figure in facts.figures)
    yield _on_one_line("; ".join(f"?{question}" for question in facts.questions))
    yield _on_one_line(facts.result)
    yield _names(one.body for one in facts.assignments if one.is_partner)


def _names(bodies: Iterable[BodyName]) -> str:
    return " | ".join(
        f"{'^' if body.is_inherited else ''}{_on_one_line(body.printed)}" for body in bodies
    )


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
