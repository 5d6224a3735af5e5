"""Rules that every unit in a role is named by the words, and in the role that they give it.

Comes in: a `PlanContext`. Goes out: differences. Who is named, and in which role, is read
in the item, in the headings above it, and in the notes at either, by the grammar of
`congkhai.reading.roles`; which unit of the register a name means, by its name, its
spellings and its abbreviations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from congkhai.checks.context import Difference, Placed, PlanContext
from congkhai.checks.unit_names import names
from congkhai.data import registers, schema
from congkhai.data.problem import Severity
from congkhai.data.strict_yaml import Loc
from congkhai.model.assignments import kind_of
from congkhai.reading.bodies import member_names
from congkhai.reading.provision import BRACKET_ROLE, read_bodies_of_cell
from congkhai.reading.roles import read_heading, read_roles
from congkhai.sources.tables import is_ditto, name_columns

_REQUEST = re.compile(r"(?<!\w)(?:kính )?(?:đề nghị|kiến nghị|mời)(?!\w)", re.I)
_LEAD = re.compile(r"(?<!\w)(?:chủ trì|đầu mối|chịu trách nhiệm chính|thường trực)(?!\w)", re.I)
_COORDINATE = re.compile(r"(?<!\w)(?:phối hợp|phối kết hợp|tham gia|cùng với)(?!\w)", re.I)
_IMPLEMENT = re.compile(r"(?<!\w)(?:thực hiện|tổ chức|triển khai|chịu trách nhiệm)(?!\w)", re.I)
_EVIDENCE: tuple[tuple[schema.Role, re.Pattern[str]], ...] = (
    ("lead", _LEAD),
    ("coordinating", _COORDINATE),
    ("requested", _REQUEST),
    ("implementing", _IMPLEMENT),
)
# «Cơ quan thực hiện:», «Đơn vị phối hợp:» as the heading of a list of units.
_LABEL = re.compile(
    r"^\W*+(?:\(?[\w.]+[.)]\s*)?(?:các )?(?:cơ quan|đơn vị|bộ phận|phân công)?\s*(?:được giao )?"
    r"(?P<role>chủ trì|phối hợp|thực hiện|chịu trách nhiệm|đầu mối)\b",
    re.I,
)
_LABEL_ROLES: Mapping[str, schema.Role] = {
    "chủ trì": "lead",
    "chịu trách nhiệm": "lead",
    "đầu mối": "lead",
    "phối hợp": "coordinating",
    "thực hiện": "implementing",
}
# «(chủ trì: Sở Y tế; phối hợp: Sở Tài chính)»: lists in a sentence, each after its role.
_LABELLED = re.compile(
    r"(?<!\w)(?P<role>chủ trì|phối hợp|thực hiện)\s*:\s*(?P<bodies>[^;:.()\n]+)", re.I
)
_SPOKEN = re.compile(r"(?<!\w)(?:chủ trì|phối hợp)(?!\w)", re.I)
# Words that give a body a role; without any, only the subject of a text has one.
_ACTS = ("chủ trì", "phối hợp", "trách nhiệm", "đề nghị", "yêu cầu", "đầu mối")
_GIVES = re.compile(r"\W*giao ")
_BY_BODY = re.compile(r"(?<!\w)do (?=[A-ZĐ])")
_GIVEN = re.compile(r"\W*giao (?!\w+ lưu)", re.I)
_OPENS_WITH_ROLE = re.compile(r"chủ trì|phối hợp|đầu mối|thường trực|tham mưu", re.I)
_OPENING = 120
"""Characters in which the first verbs of a text stand."""
# A column of a table in which bodies stand, and in which role.
_COLUMN = re.compile(r"chủ trì|phối hợp|đầu mối|chịu trách nhiệm|thực hiện", re.I)
_BODIES = re.compile(r"cơ quan|đơn vị|bộ phận", re.I)
# «Là cơ quan đầu mối»: some read who leads, others who carries out.
_CONTACT = re.compile(r"\W*+(?:là|làm) (?:cơ quan |đơn vị )?(?:đầu mối|thường trực)", re.I)
_OUTSIDE = ("front", "union", "party")
"""Bodies that a People's Committee can only ask, whatever the words say."""
_ROLE_WORDS: Mapping[schema.Role, str] = {
    "lead": "chủ trì",
    "coordinating": "phối hợp",
    "implementing": "thực hiện",
    "requested": "đề nghị",
}


# ------------------------------------------------------------------ who is named


def compare_units(context: PlanContext) -> Iterator[Difference]:
    """Compare the units in a role with those that the item, its headings or a note name."""
    units = context.dataset.units
    for placed, role, index, name in context.named_units:
        unit = units.get(name)
        if unit is None:
            continue
        item, loc = placed.item, (*placed.loc, role, index)
        merged = (words for words, _ in _pieces_of(placed)) if item.cells else ()
        texts = (*_texts_of(item), *merged, *_headings_of(placed.above))
        if not any(names(unit, text) for text in texts) and not _noted(context, placed, unit):
            yield Difference(
                field="roles",
                places=_places_of(placed),
                loc=loc,
                message=f"chữ của mục, đề mục và ghi chú không nêu «{unit.name}»",
                hint=f"bỏ, sửa mã, hoặc thêm cách viết trong văn bản vào spellings của {name}"
                f" (units.yml); có căn cứ khác thì thêm vào notes: {{at: {item.id}, kind: context,"
                f' text: "{unit.name} {_ROLE_WORDS[role]}, theo …"}}',
                names=_spelled(unit),
            )
        elif item.applies_to is not None or not item.items or item.text is not None:
            yield from _compare_role(context, placed, role, unit, loc)
        elif _heading_role(item) is None or "requested" in (role, _heading_role(item)):
            # Of other headings only the items below say which role they give.
            yield from _compare_role(context, placed, role, unit, loc)


def _compare_role(
    context: PlanContext,
    placed: Placed,
    role: schema.Role,
    unit: registers.Unit,
    loc: Loc,
) -> Iterator[Difference]:
    roles = roles_given(context, placed, unit)
    if role in roles or (role == "requested" and unit.nature in _OUTSIDE and not _is_label(placed)):
        return
    printed = " hoặc ".join(f"{one} ({_ROLE_WORDS[one]})" for one in sorted(roles))
    yield Difference(
        field="roles",
        places=(placed.item.id,),
        loc=loc,
        message=f"«{unit.name}» ghi ở {role} ({_ROLE_WORDS[role]}),"
        + (f" chữ của mục là {printed}" if roles else " chữ của mục không ghi vai trò đó"),
        hint=(f"chuyển sang {min(roles)}" if roles else "xem lại vai trò")
        + f"; cố ý khác thì thêm vào notes: {{at: {placed.item.id}, kind: context,"
        f' differs: roles, text: "{unit.name}: lý do"}}',
        names=_spelled(unit),
    )


def compare_missing_units(context: PlanContext) -> Iterator[Difference]:
    """Warn of a unit that an item's words give a role and its lists of units leave out.

    A unit that stands twice in the lists of an item is an error.
    """
    for placed in context.items:
        listed = [unit for role in schema.ROLES for unit in getattr(placed.item, role)]
        is_inherited = not listed
        if is_inherited:
            by_role = context.assignments.get(placed.item.id, {})
            listed = [unit for assigned in by_role.values() for unit, _ in assigned]
        if not listed or (placed.item.items and not placed.item.text):
            continue
        for loc, unit in _find_repeated(context, placed):
            yield _describe_listed(
                context, placed, unit, loc, "ghi hai lần ở mục này", "chỉ giữ một vai trò"
            )
        # Whether anybody else is named first: to read a text takes long. A name inside of a longer
        # one, «các đơn vị» of «các đơn vị được giao nhiệm vụ», is none.
        mentioned = set(_mentioned(context, placed))
        if mentioned <= set(listed):
            continue
        given = dict.fromkeys(
            (unit, role)
            for words, role in _pieces_about(placed)
            for name in _members(words)
            for unit in context.unit_index.find(name)
            # Whom all items of a part have as partner stands once above them.
            if unit in mentioned and unit not in listed
            if not (is_inherited and role == "coordinating")
        )
        for unit, role in given:
            yield _describe_listed(
                context,
                placed,
                unit,
                placed.loc,
                f"được chữ của mục {placed.item.id} nêu mà dữ liệu không có",
                f"thêm {role}: [{unit}]",
                "warning",
            )


def _mentioned(context: PlanContext, placed: Placed) -> Iterator[str]:
    """Yield every unit that an item's words or the heading above it may give a role."""
    headings = [step.title for step in placed.above if step.title and _heading_role(step)]
    texts = list(headings[-1:])
    for text in _texts_of(placed.item):
        lists = _labelled(text)
        texts += [match["bodies"] for match in lists]
        rest = _without(text, lists)
        if placed.item.cells or _is_label(placed) or _gives_role(rest):
            texts.append(rest)
        else:
            yield from context.unit_index.find(rest, last=1)
    for text in texts:
        for name in _members(text):
            yield from context.unit_index.find(name)


@lru_cache(maxsize=1024)
def _gives_role(text: str) -> bool:
    lower = text.lower()
    is_given = any(words in lower for words in _ACTS) or _GIVES.match(lower) is not None
    return is_given or _BY_BODY.search(text) is not None


@lru_cache(maxsize=1024)
def _members(words: str) -> tuple[str, ...]:
    """Return words, and the names that one noun in front of them holds together."""
    is_list = words[:4].lower().startswith(("các ", "sở", "bộ ", "phòn"))
    return (words, *member_names(words)) if is_list else (words,)


def _pieces_about(placed: Placed) -> Iterator[tuple[str, schema.Role]]:
    """Yield the words that name who acts by an item: its own, or those of the heading above."""
    item = placed.item
    own = list(_pieces_of(placed))
    if item.cells:
        yield from (piece for piece in own if piece[0] in item.cells)
        return
    yield from own
    heading = list(_pieces_of_heading(item))
    yield from heading
    if heading or _is_label(placed):
        return
    above = next(
        filter(None, (list(_pieces_of_heading(step)) for step in reversed(placed.above))), []
    )
    # Headings first: a text without one that names bodies need not be read as one below it.
    if above and not (item.text and read_roles(item.text, is_under_body=True).clauses):
        role = _first_role(item.text or "")
        yield from ((words, role or given) for words, given in above)


def _find_repeated(context: PlanContext, placed: Placed) -> Iterator[tuple[Loc, str]]:
    """Yield each unit that stands twice, unless two columns of its table name it so."""
    units = context.dataset.units
    first_roles: dict[str, schema.Role] = {}
    for role in schema.ROLES:
        listed = getattr(placed.item, role)
        for index, unit in enumerate(listed):
            if unit not in units:
                continue
            first = first_roles.setdefault(unit, role)
            is_twice_in_role = unit in listed[:index]
            has_two_roles = first != role and not (
                {first, role} <= roles_given(context, placed, units[unit])
            )
            if is_twice_in_role or has_two_roles:
                yield (*placed.loc, role, index), unit


def _describe_listed(
    context: PlanContext,
    placed: Placed,
    name: str,
    loc: Loc,
    message: str,
    hint: str,
    severity: Severity = "error",
) -> Difference:
    unit = context.dataset.units[name]
    return Difference(
        field="roles",
        places=(placed.item.id,),
        loc=loc,
        message=f"«{unit.name}» {message}",
        hint=f"{hint}; cố ý khác thì thêm vào notes: {{at: {placed.item.id}, kind: context,"
        f' differs: roles, text: "{unit.name}: lý do"}}',
        names=_spelled(unit),
        severity=severity,
    )


def _pieces_of_heading(item: schema.Item) -> Iterator[tuple[str, schema.Role]]:
    """Yield the words of a heading that names bodies, with the role it gives them."""
    reading = read_heading(item.title) if item.title else None
    if item.title is None or reading is None:
        return
    for clause in reading.clauses:
        words = item.title[clause.bodies[0].start : clause.bodies[-1].end]
        yield words, clause.role or "implementing"


def _spelled(unit: registers.Unit) -> tuple[str, ...]:
    return (unit.name, *unit.spellings, *unit.abbreviations)


def _places_of(placed: Placed) -> tuple[str, ...]:
    return (placed.item.id, *(item.id for item in placed.above))


def _texts_of(item: schema.Item) -> tuple[str, ...]:
    return tuple(text for text in (item.title, item.text, *item.cells) if text)


def _headings_of(above: Sequence[schema.Item]) -> Iterator[str]:
    for item in reversed(above):
        yield from (text for text in (item.title, item.text) if text)


def _noted(context: PlanContext, placed: Placed, unit: registers.Unit) -> tuple[str, ...]:
    """List the notes at an item or its headings that name a unit."""
    places = _places_of(placed)
    return tuple(
        words
        for note in context.plan.notes
        if note.at in places
        for words in [f"{note.printed or ''} {note.text or ''}"]
        if names(unit, words)
    )


# ------------------------------------------------------------------ in which role


def roles_given(
    context: PlanContext, placed: Placed, unit: registers.Unit
) -> frozenset[schema.Role]:
    """Return the roles that the words give a unit; more than one where they leave it open.

    First what the item's own words say of it, then what the heading that names it gives to the
    item's words, then the notes; at last any role whose word the item prints.
    """
    item = placed.item
    # Whether the unit is named at all first: to read a text takes a hundred times as long.
    # A row may have its unit from a cell that is merged with one above.
    if item.cells or any(names(unit, text) for text in _texts_of(item)):
        own = _roles_after_labels(item, unit) or frozenset(
            role for words, role in _pieces_of(placed) if names(unit, words)
        )
        if own:
            return own
    inherited = _role_under_heading(placed, unit)
    if inherited:
        return inherited
    noted = " ".join(_noted(context, placed, unit))
    if noted:
        found = frozenset(role for role, pattern in _EVIDENCE if pattern.search(noted))
        return found or frozenset(schema.ROLES)
    # Named, but not where the grammar finds a body: in a role that the text gives at all.
    given = frozenset(role for _, role in _pieces_of(placed))
    words = " ".join(_texts_of(item))
    return given or frozenset(role for role, pattern in _EVIDENCE if pattern.search(words))


def _roles_after_labels(item: schema.Item, unit: registers.Unit) -> frozenset[schema.Role]:
    """Return the roles of the lists in which a text names a unit: «(chủ trì: Sở Y tế)»."""
    return frozenset(
        _LABEL_ROLES[match["role"].lower()]
        for match in _labelled(item.text or "")
        # «Đơn vị thực hiện: Phòng Kinh tế chủ trì; …»: the sentence says another role.
        if names(unit, match["bodies"]) and not _SPOKEN.search(match["bodies"])
    )


@lru_cache(maxsize=1024)
def _labelled(text: str) -> tuple[re.Match[str], ...]:
    if ":" not in text:
        return ()
    # From the first colon's label on: most of a text stands in front of it.
    before = len(text[: text.index(":")].rstrip())
    return tuple(_LABELLED.finditer(text, max(0, before - len("thực hiện"))))


def _without(text: str, matches: Sequence[re.Match[str]]) -> str:
    """Return a text with a blank in the place of each match."""
    starts = [0, *(match.end() for match in matches)]
    ends = [*(match.start() for match in matches), len(text)]
    return " ".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def _first_role(text: str) -> schema.Role | None:
    """Return the role with which a text begins: «Chủ trì …», «Chủ động phối hợp …»."""
    # Few texts do, and to read one takes long.
    opening = text[:_OPENING].partition(";")[0]
    if not _OPENS_WITH_ROLE.search(opening):
        return None
    return read_roles(opening, is_under_body=True).role


def _pieces_of(placed: Placed) -> Iterator[tuple[str, schema.Role]]:
    """Yield the words that name bodies with the role that the item gives them."""
    item = placed.item
    if label := _is_label(placed):
        yield item.text or item.title or "", label
        return
    table = next((one for one in reversed(placed.above) if one.columns), None)
    if item.cells and table is not None:
        yield from _pieces_of_row(item, placed.above[-1].items, table.columns)
        return
    is_under_body = any(_heading_role(one) is not None for one in placed.above)
    if item.text is not None:
        yield from _pieces_in(item.text, is_under_body or bool(item.title))
    elif item.title is not None and not item.items:
        yield from _pieces_in(item.title, is_under_body)


def _pieces_of_row(
    row: schema.Item, beside: Sequence[schema.Item], columns: Sequence[str]
) -> Iterator[tuple[str, schema.Role]]:
    """Yield the cells of a row in columns that give a role; a merged cell stands above.

    `beside`: the rows of the same section of the table.
    """
    rows = beside[: beside.index(row) + 1]
    for column, key in enumerate(name_columns(columns)[-len(row.cells) :]):
        role = next((role for role in schema.ROLES if role == key), None)
        if role is None and not _COLUMN.search(columns[column - len(row.cells)]):
            continue
        filled = [one.cells[column] for one in rows if column < len(one.cells)]
        cell = next((words for words in reversed(filled) if words and not is_ditto(words)), "")
        spoken = list(_pieces_in(cell, False)) if _COLUMN.search(cell) else []
        if BRACKET_ROLE.search(cell):
            bodies, _ = read_bodies_of_cell(cell, role or "implementing")
            spoken = [(one.body.printed, one.role) for one in bodies]
        yield from spoken or [(cell, role or "implementing")]


def _pieces_in(text: str, is_under_body: bool) -> Iterator[tuple[str, schema.Role]]:
    reading = read_roles(text, is_under_body=is_under_body)
    for clause in reading.clauses:
        first, last = clause.bodies[0], clause.bodies[-1]
        role = clause.role or "implementing"
        if role == "coordinating" and _GIVEN.match(text):
            # «Giao A phối hợp với B …»: the one who is told carries out, as the method page says.
            role = "implementing"
        yield text[first.start : last.end], role
    for partner in reading.partners:
        yield partner.printed, "coordinating"


def _is_label(placed: Placed) -> schema.Role | None:
    """Return the role of a list of units: «Cơ quan thực hiện: Sở Y tế.»."""
    item = placed.item
    match = _LABEL.match(item.title or "") if item.text or item.applies_to else None
    return _LABEL_ROLES[match["role"].lower()] if match else None


def _role_under_heading(placed: Placed, unit: registers.Unit) -> frozenset[schema.Role]:
    """Return the role that an item's words give to the body of its heading."""
    item = placed.item
    for step in (item, *reversed(placed.above)) if item.text else reversed(placed.above):
        words = (step.title,) if step is item else (step.title, step.text)
        if not any(heading and names(unit, heading) for heading in words):
            continue
        base = _heading_role(step)
        if base == "requested":
            return frozenset({"requested"})
        text = item.text or item.title or ""
        role = _first_role(text) if step is not item or item.text else None
        if role != "lead" and _CONTACT.match(text):
            return frozenset({"lead", "implementing"})
        return frozenset({role or base or "implementing"})
    return frozenset()


def _heading_role(item: schema.Item) -> schema.Role | None:
    """Return the role that a heading gives its bodies; None for a heading on a subject."""
    reading = read_heading(item.title) if item.title else None
    if reading is None:
        return None
    return reading.clauses[0].role or "implementing"


# ------------------------------------------------------------------ below a heading


def compare_inherited_roles(context: PlanContext) -> Iterator[Difference]:
    """Compare the role that an item has from its heading with what its own words say.

    Under «1. Sở Nội vụ» with `implementing` an item «Phối hợp với …» needs its own line; what
    is assigned in a line of its own («Đơn vị chủ trì: …») is compared there. Who acts by the
    words and has no role at all is a warning.
    """
    units = context.dataset.units
    labelled = {placed.item.id for placed in context.items if placed.item.applies_to is not None}
    for placed in context.items:
        item = placed.item
        if item.items or kind_of(item, placed.above) not in schema.COMMITMENT_KINDS:
            continue
        by_role = context.assignments.get(item.id, {})
        for role, assigned in by_role.items():
            for name, source in assigned:
                if source != item.id and source not in labelled and name in units:
                    yield from _compare_inherited(context, placed, role, name, source)
        if not by_role and item.applies_to is None:
            yield from _find_unassigned(context, placed)


def _compare_inherited(
    context: PlanContext, placed: Placed, role: schema.Role, name: str, source: str
) -> Iterator[Difference]:
    unit, item = context.dataset.units[name], placed.item
    roles = roles_given(context, placed, unit)
    if role in roles or not roles or (role == "requested" and unit.nature in _OUTSIDE):
        return
    right = min(roles)
    yield Difference(
        field="roles",
        places=(item.id,),
        loc=placed.loc,
        message=f"«{unit.name}» có vai trò {role} ({_ROLE_WORDS[role]}) theo mục {source},"
        f" chữ của mục {item.id} là {right} ({_ROLE_WORDS[right]})",
        hint=f"thêm ở mục này {right}: [{name}]; cố ý khác thì thêm vào notes:"
        f' {{at: {item.id}, kind: context, differs: roles, text: "{unit.name}: lý do"}}',
        names=_spelled(unit),
        given=(right, name),
    )


def _find_unassigned(context: PlanContext, placed: Placed) -> Iterator[Difference]:
    """Yield a warning for a body that the words make responsible where the data names nobody."""
    units, item = context.dataset.units, placed.item
    if next(_mentioned(context, placed), None) is None:
        return
    bodies = [words for words, _ in _pieces_about(placed)]
    for words in bodies:
        found = (one for part in _members(words) for one in context.unit_index.find(part))
        name = next(found, None)
        if name is None:
            continue
        given = min(roles_given(context, placed, units[name]), default="implementing")
        yield Difference(
            field="roles",
            places=(item.id, *(step.id for step in placed.above)),
            loc=placed.loc,
            message=f"chữ giao cho «{words[:60]}» mà mục {item.id} không phân công ai",
            hint=f"thêm {given}: [{name}]; cố ý không ghi thì thêm vào notes:"
            f' {{at: {item.id}, kind: context, differs: roles, text: "{units[name].name}: lý do"}}',
            names=_spelled(units[name]),
            severity="warning",
        )
        return


def compare_places_of_assignments(context: PlanContext) -> Iterator[Difference]:
    """Compare `applies_to` with the place of its line: in the same part of the document.

    «b) Đơn vị chủ trì: …» is about what it stands beside, or about the part it stands in.
    """
    for placed in context.items:
        item = placed.item
        target = context.by_id.get(item.applies_to) if item.applies_to else None
        if target is None:
            continue
        parent = placed.above[-1] if placed.above else None
        is_beside = target.above[-1:] == placed.above[-1:] and target.item.applies_to is None
        if target.item is parent or (is_beside and target.item is not item):
            continue
        beside = [
            one.item.id
            for one in context.items
            if one.above[-1:] == placed.above[-1:] and one.item.applies_to is None
        ]
        right = beside[0] if beside else (parent.id if parent is not None else item.id)
        yield Difference(
            field="roles",
            places=(item.id,),
            loc=(*placed.loc, "applies_to"),
            message=f"applies_to: {target.item.id} ở phần khác của văn bản",
            hint=f"dạng đúng: applies_to: {right}; cố ý khác thì thêm vào notes:"
            f' {{at: {item.id}, kind: context, differs: roles, text: "lý do"}}',
        )


# ------------------------------------------------------------------ reports and recipients


def compare_reporting(context: PlanContext) -> Iterator[Difference]:
    """Compare to whom units report, and through whom, with the words of the provision."""
    units = context.dataset.units
    for placed in context.items:
        rule = placed.item.reporting
        if rule is None:
            continue
        texts = (*_texts_of(placed.item), *_headings_of(placed.above))
        through = " ".join(match[0] for text in texts for match in _THROUGH.finditer(text))
        other = " ".join(_THROUGH.sub(" ", text) for text in texts)
        named: list[tuple[Loc, str, str]] = [
            (("reporting", "to", index), name, other) for index, name in enumerate(rule.to)
        ]
        if rule.via is not None:
            named.append((("reporting", "via"), rule.via, through))
        for below, name, words in named:
            unit = units.get(name)
            if unit is None or names(unit, words) or _noted(context, placed, unit):
                continue
            yield Difference(
                field="roles",
                places=_places_of(placed),
                loc=(*placed.loc, *below),
                message=f"chữ của mục không ghi báo cáo {_WAYS[below[1]]} «{unit.name}»",
                hint=f"bỏ, sửa mã, hoặc thêm cách viết trong văn bản vào spellings của {name}"
                f" (units.yml); có căn cứ khác thì thêm vào notes: {{at: {placed.item.id},"
                f' kind: context, text: "Báo cáo {_WAYS[below[1]]} {unit.name}, theo …"}}',
                names=_spelled(unit),
            )


_THROUGH = re.compile(r"(?<!\w)(?:thông )?qua (?!đó)[^,;.()]+", re.I)
_WAYS: Mapping[str | int, str] = {"to": "cho", "via": "qua"}


def compare_recipients(context: PlanContext) -> Iterator[Difference]:
    """Compare the units of each line of «Nơi nhận» with its words."""
    units = context.dataset.units
    for index, recipient in enumerate(context.plan.recipients):
        for number, name in enumerate(recipient.units):
            unit = units.get(name)
            if unit is None or names(unit, recipient.text):
                continue
            yield Difference(
                field="roles",
                places=("recipients",),
                loc=("recipients", index, "units", number),
                message=f"dòng «{recipient.text[:60]}» không nêu «{unit.name}»",
                hint=f"bỏ, sửa mã, hoặc thêm cách viết trong văn bản vào spellings của {name}"
                " (units.yml); cố ý khác thì thêm vào notes: {at: recipients, kind: context,"
                f' differs: roles, text: "{unit.name}: lý do"}}',
                names=_spelled(unit),
            )
