"""Rules about the registers shared by all plans.

Comes in: a `Dataset`. Goes out: problems. A register that could not be read is left out:
`load` has reported it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from congkhai.checks.context import describe_unknown, place_items
from congkhai.checks.printed_figures import compare_cited_figures
from congkhai.data.folder import RESERVED
from congkhai.data.load import Dataset
from congkhai.data.problem import Problem
from congkhai.data.schema import NATION
from congkhai.data.strict_yaml import Loc
from congkhai.model.places import build_places
from congkhai.model.topics import split
from congkhai.text.vietnamese import fold, nfc

_CODE_LENGTHS = {"province": 2, "district": 3, "commune": 5, "central": 0}


def _localities(dataset: Dataset) -> Iterator[tuple[str, Loc, str, str]]:
    """Yield every locality as (code, place in the file, name, level)."""
    for code, province in dataset.localities.provinces.items():
        yield code, ("provinces", code), province.name, "province"
        for commune, name in province.communes.items():
            yield commune, ("provinces", code, "communes", commune), name, "commune"
    for code, old in dataset.localities.dissolved.items():
        yield code, ("dissolved", code), old.name, old.level


def require_official_codes(dataset: Dataset) -> Iterator[Problem]:
    """Require official codes, each used once: 2 digits a province, 3 a district, 5 a commune.

    A dissolved locality whose code was given to another one has its name for a code.
    """
    seen: dict[str, str] = {}
    loaded = dataset.registers.get("localities")
    if loaded is None:
        return
    for code, loc, name, level in _localities(dataset):
        length = _CODE_LENGTHS[level]
        by_name = loc[0] == "dissolved" and re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", code)
        if not by_name and not re.fullmatch(rf"[0-9]{{{length}}}", code):
            yield loaded.problem(
                loc,
                f"mã «{code}» của {name} sai dạng",
                f'mã chính thức có {length} chữ số, đặt trong dấu ngoặc kép: "{"01060"[:length]}"',
                key=True,
            )
        if code in seen:
            yield loaded.problem(
                loc,
                f"mã «{code}» của {name} đã dùng cho {seen[code]}",
                "mỗi mã chỉ một địa phương",
                key=True,
            )
        seen[code] = name


def require_plans_of_held_documents(dataset: Dataset) -> Iterator[Problem]:
    """Require that a document which is `held` names the folder of a plan under plans/."""
    loaded = dataset.registers.get("documents")
    for name, document in dataset.documents.items():
        if (
            loaded is not None
            and document.held is not None
            and document.held not in dataset.folders
        ):
            yield describe_unknown(
                loaded,
                (name, "held"),
                "kế hoạch",
                document.held,
                dataset.folders,
                "đường dẫn thư mục dưới plans/: hai-phong/ascc-2026-2030",
            )


def require_successors_of_localities(dataset: Dataset) -> Iterator[Problem]:
    """Require that dissolved localities lead to others in the register, never in a circle."""
    loaded = dataset.registers.get("localities")
    if loaded is None:
        return
    codes = {code: name for code, _, name, _ in _localities(dataset)}
    for code, old in dataset.localities.dissolved.items():
        for index, successor in enumerate(old.successors):
            if successor not in codes:
                yield describe_unknown(
                    loaded,
                    ("dissolved", code, "successors", index),
                    "địa phương mã",
                    successor,
                    codes,
                    "thêm địa phương đó, hoặc bỏ mã này",
                )
        if old.province is not None and old.province not in codes:
            yield describe_unknown(
                loaded,
                ("dissolved", code, "province"),
                "tỉnh mã",
                old.province,
                codes,
                "thêm tỉnh đó vào dissolved",
            )
    edges = {code: old.successors for code, old in dataset.localities.dissolved.items()}
    for cycle in find_cycles(edges):
        yield loaded.problem(
            ("dissolved", cycle[0], "successors"),
            f"địa phương tiếp nhận chỉ vòng lại chính nó: {' → '.join(cycle)}",
            "xem lại successors",
        )


def require_localities_of_changes(dataset: Dataset) -> Iterator[Problem]:
    """Require that a change of names is about localities in force, and changes something."""
    loaded = dataset.registers.get("localities")
    if loaded is None:
        return
    current = {
        code: name
        for code, _, name, _ in _localities(dataset)
        if code not in dataset.localities.dissolved
    }
    provinces = {**dataset.localities.provinces, **dataset.localities.dissolved}
    for key, change in dataset.localities.changes.items():
        for part, former in (("names", change.names), ("provinces", change.provinces)):
            for code in former:
                if code not in current:
                    yield describe_unknown(
                        loaded,
                        ("changes", key, part, code),
                        "địa phương mã",
                        code,
                        current,
                        "changes chỉ ghi nơi còn trong provinces; nơi không còn ghi ở dissolved",
                    )
        for code, province in change.provinces.items():
            if province not in provinces:
                yield describe_unknown(
                    loaded,
                    ("changes", key, "provinces", code),
                    "tỉnh mã",
                    province,
                    provinces,
                    "thêm tỉnh đó vào dissolved",
                )
        if change.day.day is None or change.day.year is None:
            yield loaded.problem(
                ("changes", key, "day"),
                f"ngày {change.day} không phải một ngày cụ thể",
                'ghi ngày có hiệu lực, ví dụ "2026-09-20"',
            )
        if not change.names and not change.provinces:
            yield loaded.problem(
                ("changes", key),
                f"thay đổi «{key}» không nói nơi nào đổi gì",
                'thêm names: {"07294": xã Bố Hạ}, tên trước ngày đó',
                key=True,
            )


def require_localities_of_districts(dataset: Dataset) -> Iterator[Problem]:
    """Require codes of three digits for districts, each once, and places that are in force."""
    loaded = dataset.registers.get("localities")
    districts = dataset.localities.districts
    if loaded is None or districts is None:
        return
    provinces = {**dataset.localities.provinces, **dataset.localities.dissolved}
    communes = {code: name for code, _, name, level in _localities(dataset) if level == "commune"}
    seen = set(dataset.localities.dissolved)
    for province, by_code in districts.provinces.items():
        if province not in provinces:
            yield describe_unknown(
                loaded,
                ("districts", "provinces", province),
                "tỉnh mã",
                province,
                provinces,
                "thêm tỉnh đó vào dissolved",
            )
        for code, district in by_code.items():
            loc = ("districts", "provinces", province, code)
            if code in seen or not re.fullmatch(r"[0-9]{3}", code):
                yield loaded.problem(
                    loc,
                    f"mã «{code}» của {district.name} sai dạng hoặc đã dùng",
                    'mã cấp huyện có 3 chữ số, trong dấu ngoặc kép, mỗi mã một nơi: "291"',
                    key=True,
                )
            seen.add(code)
            for index, commune in enumerate(district.communes):
                if commune not in communes:
                    yield describe_unknown(
                        loaded,
                        (*loc, "communes", index),
                        "xã, phường mã",
                        commune,
                        communes,
                        "ghi mã trong provinces, hoặc của xã, phường trong dissolved",
                    )


def require_distinct_addresses(dataset: Dataset) -> Iterator[Problem]:
    """Require different names, without tones, within a province, and different addresses.

    Addresses are those of `places`.
    """
    loaded = dataset.registers.get("localities")
    if loaded is None:
        return
    places = build_places(dataset.localities, ())
    seen: dict[tuple[str | None, str], tuple[str, Loc]] = {}
    for code, loc, name, _ in _localities(dataset):
        place = places[code]
        keys = ((place.province, place.slug), (None, place.address))
        other, other_loc = next((seen[key] for key in keys if key in seen), (name, loc))
        if other_loc != loc:
            path, line, _ = loaded.place(other_loc)
            where = f"dòng {line}" if path == loaded.place(loc)[0] else f"{path}:{line}"
            yield loaded.problem(
                loc,
                f"{name} và {other} ({where}) cùng địa chỉ «{place.slug}» sau khi bỏ dấu",
                "thêm phần phân biệt vào tên, ví dụ năm không còn, trong ngoặc",
                key=True,
            )
        for key in keys:
            seen.setdefault(key, (name, loc))


def refuse_reserved_keys(dataset: Dataset) -> Iterator[Problem]:
    """Refuse codes that Windows or the site reserves: a code becomes a folder of the site."""
    for register in ("units", "documents", "programmes", "measures", "topics"):
        loaded = dataset.registers.get(register)
        if loaded is None:
            continue
        for name in loaded.value:
            if name in RESERVED:
                yield loaded.problem(
                    (name,),
                    f"không dùng được mã «{name}»: mã này đã có nghĩa khác",
                    "chọn mã khác, ví dụ thêm loại cơ quan: so-…",
                    key=True,
                )


def require_successors_of_units(dataset: Dataset) -> Iterator[Problem]:
    """Require that former units lead to units in the register, never in a circle."""
    loaded = dataset.registers.get("units")
    if loaded is None:
        return
    for name, unit in dataset.units.items():
        for index, successor in enumerate(unit.successors):
            if successor not in dataset.units:
                yield describe_unknown(
                    loaded,
                    (name, "successors", index),
                    "đơn vị",
                    successor,
                    dataset.units,
                    "units.yml",
                )
    for cycle in find_cycles({name: unit.successors for name, unit in dataset.units.items()}):
        yield loaded.problem(
            (cycle[0], "successors"),
            f"cơ quan tiếp nhận chỉ vòng lại chính nó: {' → '.join(cycle)}",
            "xem lại successors",
        )


def require_electronic_codes_of_bodies(dataset: Dataset) -> Iterator[Problem]:
    """Require that an electronic code is of a body that there is, and of no other body."""
    loaded = dataset.registers.get("units")
    if loaded is None or "localities" in dataset.broken:
        return
    levels = {code: level for code, _, _, level in _localities(dataset)} | {NATION: "central"}
    seen: dict[str, str] = {}
    for name, unit in dataset.units.items():
        for locality, held in unit.electronic_codes.items():
            loc = (name, "electronic_codes", locality)
            if locality not in levels:
                yield loaded.problem(
                    loc,
                    f"không có địa phương mã «{locality}»",
                    f'mã địa phương đặt trong nháy: "12"; cơ quan trung ương ghi {NATION}',
                    key=True,
                )
            elif levels[locality] not in unit.level:
                yield loaded.problem(
                    loc,
                    f"«{unit.name}» không có ở cấp của địa phương «{locality}»",
                    f"cấp của cơ quan này: {', '.join(unit.level)}; xem lại mã địa phương",
                    key=True,
                )
            if held.code in seen:
                yield loaded.problem(
                    (*loc, "code"),
                    f"mã định danh điện tử «{held.code}» đã ghi cho {seen[held.code]}",
                    "mỗi mã chỉ một cơ quan; xem lại nguồn",
                )
            seen[held.code] = f"{name}, {locality}"


def require_unambiguous_spellings(dataset: Dataset) -> Iterator[Problem]:
    """Require that no spelling means two units: neither a search nor a draft could tell them apart.

    Spellings are compared as they are looked up, without tones, capitals and marks, with the
    names of the other units too; abbreviations as written.
    """
    loaded = dataset.registers.get("units")
    if loaded is None:
        return
    seen = {_flat(unit.name): name for name, unit in reversed(list(dataset.units.items()))}
    seen_as_written: dict[str, str] = {}
    for name, unit in dataset.units.items():
        for field, words in (("abbreviations", unit.abbreviations), ("spellings", unit.spellings)):
            for index, word in enumerate(words):
                others = [seen_as_written.setdefault(word, name)]
                if field == "spellings":
                    others.append(seen.setdefault(_flat(word), name))
                other = next((one for one in others if one != name), None)
                if other is not None:
                    yield loaded.problem(
                        (name, field, index),
                        f"«{word}» đã là cách viết của «{other}»",
                        "mỗi cách viết chỉ đặt ở một đơn vị",
                    )


def _flat(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(nfc(name))))


def require_distinct_names_of_units(dataset: Dataset) -> Iterator[Problem]:
    """Require different names for units: readers could not tell two of one name apart."""
    loaded = dataset.registers.get("units")
    if loaded is None:
        return
    seen: dict[str, str] = {}
    for name, unit in dataset.units.items():
        other = seen.setdefault(" ".join(unit.name.casefold().split()), name)
        if other != name:
            yield loaded.problem(
                (name, "name"),
                f"«{name}» và «{other}» cùng tên «{unit.name}»",
                f"dùng mã {other} cho cả hai, hoặc ghi tên đầy đủ để phân biệt",
            )


def require_parents_of_documents(dataset: Dataset) -> Iterator[Problem]:
    """Require that the parent of a document is in the register, and is not below it."""
    loaded = dataset.registers.get("documents")
    if loaded is None:
        return
    for name, document in dataset.documents.items():
        if document.parent is not None and document.parent not in dataset.documents:
            yield describe_unknown(
                loaded,
                (name, "parent"),
                "văn bản",
                document.parent,
                dataset.documents,
                "documents.yml",
            )
    edges = {
        name: (document.parent,) for name, document in dataset.documents.items() if document.parent
    }
    for cycle in find_cycles(edges):
        yield loaded.problem(
            (cycle[0], "parent"),
            f"văn bản cấp trên chỉ vòng lại chính nó: {' → '.join(cycle)}",
            "xem lại parent của từng văn bản",
        )


def require_references_of_documents(dataset: Dataset) -> Iterator[Problem]:
    """Require that the measures and the province that a document names are in the registers."""
    loaded = dataset.registers.get("documents")
    if loaded is None:
        return
    provinces = dataset.localities.provinces
    for name, document in dataset.documents.items():
        for index, target in enumerate(document.targets):
            if "measures" not in dataset.broken and target.measure not in dataset.measures:
                yield describe_unknown(
                    loaded,
                    (name, "targets", index, "measure"),
                    "chỉ tiêu",
                    target.measure,
                    dataset.measures,
                    "measures.yml",
                )
        if (
            document.obliges is not None
            and "localities" not in dataset.broken
            and document.obliges not in provinces
        ):
            yield describe_unknown(
                loaded,
                (name, "obliges"),
                "tỉnh mã",
                document.obliges,
                provinces,
                'ghi mã của một tỉnh đang có: "31"',
            )


def require_unique_items_of_documents(dataset: Dataset) -> Iterator[Problem]:
    """Require that the id of an item stands once in a document."""
    loaded = dataset.registers.get("documents")
    if loaded is None:
        return
    for name, document in dataset.documents.items():
        seen: dict[str, Loc] = {}
        for placed in place_items(document.items, (name, "items")):
            if placed.item.id in seen:
                line = loaded.place((*seen[placed.item.id], "id"))[1]
                yield loaded.problem(
                    (*placed.loc, "id"),
                    f"mã mục «{placed.item.id}» đã có ở dòng {line}",
                    "mỗi mục một mã",
                )
            seen.setdefault(placed.item.id, placed.loc)


def require_place_of_known_plans(dataset: Dataset) -> Iterator[Problem]:
    """Require that a plan known to exist names its locality and its programme, and a source."""
    loaded = dataset.registers.get("documents")
    if loaded is None:
        return
    codes = {code for code, *_ in _localities(dataset)}
    for name, document in dataset.documents.items():
        if (document.locality is None) != (document.programme is None):
            there, missing = (
                ("programme", "locality")
                if document.locality is None
                else ("locality", "programme")
            )
            yield loaded.problem(
                (name, there),
                f"có {there} nhưng không có {missing}",
                f'ghi cả hai: locality: "49" và programme: ascc-2016-2025; hoặc bỏ dòng {there}',
            )
        if (
            document.locality is not None
            and "localities" not in dataset.broken
            and document.locality not in codes
        ):
            yield describe_unknown(
                loaded,
                (name, "locality"),
                "địa phương mã",
                document.locality,
                codes,
                'ghi mã trong localities.yml, trong dấu ngoặc kép: "49"',
            )
        if (
            document.programme is not None
            and "programmes" not in dataset.broken
            and document.programme not in dataset.programmes
        ):
            yield describe_unknown(
                loaded,
                (name, "programme"),
                "chương trình",
                document.programme,
                dataset.programmes,
                "programmes.yml",
            )


def require_items_of_provenance(dataset: Dataset) -> Iterator[Problem]:
    """Require that what is said to be read somewhere is an item of the document."""
    loaded = dataset.registers.get("documents")
    if loaded is None:
        return
    for name, document in dataset.documents.items():
        ids = [placed.item.id for placed in place_items(document.items, (name, "items"))]
        for index, entry in enumerate(document.provenance):
            for position, item in enumerate(entry.items):
                if item not in ids:
                    yield describe_unknown(
                        loaded,
                        (name, "provenance", index, "items", position),
                        "mục trong items",
                        item,
                        ids,
                        "ghi mã một mục trong items của văn bản này",
                    )


def warn_of_goals_without_source(dataset: Dataset) -> Iterator[Problem]:
    """Warn of goals of a document that is not held, of which nobody can tell the source."""
    loaded = dataset.registers.get("documents")
    if loaded is None:
        return
    for name, document in dataset.documents.items():
        if document.held is not None:
            continue
        read = {item for entry in document.provenance for item in entry.items}
        for placed in place_items(document.items, (name, "items")):
            above = {placed.item.id, *(step.id for step in placed.above)}
            if not placed.item.items and not above & read:
                yield loaded.problem(
                    (*placed.loc, "id"),
                    f"mục «{placed.item.id}» của {name} chưa ghi đọc được ở đâu",
                    "thêm vào danh sách provenance của văn bản này một dòng:"
                    f" - {{items: [{placed.item.id}], certainty: one,"
                    " sources: {title: tên nguồn}}",
                    "warning",
                )


def require_localities_of_absences(dataset: Dataset) -> Iterator[Problem]:
    """Require that a place said to have no plan is in the register."""
    loaded = dataset.registers.get("programmes")
    if loaded is None or "localities" in dataset.broken:
        return
    codes = {code for code, *_ in _localities(dataset)}
    for name, programme in dataset.programmes.items():
        for index, absence in enumerate(programme.absences):
            if absence.locality not in codes:
                yield describe_unknown(
                    loaded,
                    (name, "absences", index, "locality"),
                    "địa phương mã",
                    absence.locality,
                    codes,
                    'ghi mã trong localities.yml, trong dấu ngoặc kép: "49"',
                )


def require_documents_of_programmes(dataset: Dataset) -> Iterator[Problem]:
    """Require that the top document of a programme is in the register."""
    loaded = dataset.registers.get("programmes")
    if loaded is None or "documents" in dataset.broken:
        return
    for name, programme in dataset.programmes.items():
        if programme.document not in dataset.documents:
            yield describe_unknown(
                loaded,
                (name, "document"),
                "văn bản",
                programme.document,
                dataset.documents,
                "documents.yml",
            )


def require_words_of_topics(dataset: Dataset) -> Iterator[Problem]:
    """Require that a topic has words, and that none of them is said to be about something else."""
    loaded = dataset.registers.get("topics")
    if loaded is None:
        return
    for name, topic in dataset.topics.items():
        words = {split(word) for group in topic.words for word in group.words}
        if not words:
            yield loaded.problem(
                (name, "words"),
                f"chủ đề «{name}» chưa có chữ nào",
                "thêm một nhóm chữ: - {words: [rác thải], reason: Nói về rác}",
            )
        for index, group in enumerate(topic.not_words):
            for position, word in enumerate(group.words):
                if split(word) in words:
                    yield loaded.problem(
                        (name, "not_words", index, "words", position),
                        f"«{word}» vừa ở words vừa ở not_words của chủ đề «{name}»",
                        "xóa ở một trong hai chỗ",
                    )


def require_printed_figures(dataset: Dataset) -> Iterator[Problem]:
    """Require that the figures of cited documents are those that their sources print."""
    loaded = dataset.registers.get("documents")
    if loaded is None:
        return
    for name, index, field, message, hint in compare_cited_figures(dataset.documents):
        yield loaded.problem((name, "targets", index, field), message, hint)


def find_cycles(edges: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Yield every cycle of a graph as its nodes: (a, b, a).

    Without recursion: a chain may be longer than Python's stack.
    """
    done: set[str] = set()
    for start in edges:
        path: list[str] = []
        waiting: list[Iterator[str]] = [iter((start,))]
        while waiting:
            step = next(waiting[-1], None)
            if step is None:
                waiting.pop()
                if path:
                    done.add(path.pop())
            elif step in path:
                yield (*path[path.index(step) :], step)
            elif step not in done:
                path.append(step)
                waiting.append(iter(edges.get(step, ())))
