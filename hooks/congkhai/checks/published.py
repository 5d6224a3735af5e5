"""Rules about what was published: addresses and ids of items stay valid, what was filed stays.

Comes in: the `Dataset`, and the files that differ from a commit, as they were there, or the
ledgers of all plans. Goes out: errors where an id has come to mean something else; else warnings:
there are reasons to withdraw something, git keeps it, and the ledger tells readers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

from congkhai.checks.context import Placed, place_plan
from congkhai.checks.item_ids import published_words, require_words_of_ids
from congkhai.data import schema
from congkhai.data.encoding import decode
from congkhai.data.files import read_file, with_unix_ends
from congkhai.data.folder import shown_as
from congkhai.data.git_history import Published
from congkhai.data.load import Dataset, Loaded
from congkhai.data.migrations import FormatError, migrate
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import parse, read
from congkhai.data.yaml_errors import find_reviews
from congkhai.model.amendments import (
    Amendment,
    AmendmentKind,
    compare_plans,
    items_by_id,
    words_of,
)
from congkhai.model.plan_view import PlanView
from congkhai.model.views import first_id
from congkhai.text.dates import format_day
from congkhai.text.vietnamese import same_words

Shape = TypeVar("Shape")

MOST_NAMED = 5
"""Most items that one warning names."""
_REGISTERS = frozenset({"units.yml", "documents.yml", "programmes.yml", "measures.yml"})
_EXPLAINING = frozenset({"note", "spellings", "abbreviations", "names", "known_from", "text_at"})
"""Fields by which entries are found, or that say where something is known from."""
SHOWN = 160
"""Most letters of what was published, and of what stands there now, that a warning quotes."""
_AMENDED: Mapping[AmendmentKind, str] = {
    "words": "chữ",
    "figure-raised": "chỉ tiêu",
    "figure-lowered": "chỉ tiêu",
    "figure-changed": "chỉ tiêu",
    "deadline-later": "thời hạn",
    "deadline-earlier": "thời hạn",
    "deadline-changed": "thời hạn",
    "lead": "cơ quan chủ trì",
    "unit": "cơ quan",
    "kind": "loại",
    "item-added": "mục thêm vào:",
}
"""What an amendment is about; of other kinds the field says it."""
_TOLD_OTHERWISE = frozenset({"note", "item-withdrawn", "item-moved"})
"""A note is no word of the document; ids that are gone or moved have a warning of their own."""
_ANSWER_ANEW = "trả lại như cũ; có sai sót thì trả lời thêm trong một tệp mới"
_CORRECT = "trả lại như cũ; nếu sai thì đính chính ở báo cáo kỳ sau: corrects: {} và reason"


def leave_out_drafts(before: Published) -> Published:
    """Leave out the folders of drafts whose questions nobody had answered: nobody published them.

    So they lie on the branch on which they are answered.
    """
    drafts = {
        name.removesuffix("plan.yml")
        for name, raw in before.files.items()
        if name.endswith("/plan.yml") and any(find_reviews(decode(raw, name)[0] or ""))
    }
    files = {
        name: raw
        for name, raw in before.files.items()
        if not any(name.startswith(folder) for folder in drafts)
    }
    return before._replace(files=files)


def find_missing_plans(dataset: Dataset, before: Published) -> Iterator[Problem]:
    """Warn of a published plan without its folder, unless `former_paths` of a plan names it."""
    for old, plan in _read_all(before, "/plan.yml", schema.Plan):
        if _find_plan(dataset, old) is not None or old in dataset.broken:
            continue
        new_file = next(
            (
                loaded.path
                for loaded in dataset.plans.values()
                if _identity_of(loaded.value) == _identity_of(plan)
            ),
            "plan.yml ở thư mục mới",
        )
        yield _describe_missing(
            dataset,
            f"{old}/plan.yml",
            "không thấy thư mục của kế hoạch đã công bố; người đọc mở địa chỉ cũ sẽ gặp trang lỗi",
            f"thêm former_paths: [{old}] vào {new_file}, hoặc đưa lại thư mục cũ",
        )


def find_changed_first_paths(dataset: Dataset, before: Published) -> Iterator[Problem]:
    """Refuse former paths that do not begin with the first: ids in feeds are bound to it."""
    for old, plan in _read_all(before, "/plan.yml", schema.Plan):
        loaded = _find_plan(dataset, old)
        if loaded is None:
            continue
        first = first_id(old, plan.former_paths)
        paths = loaded.value.former_paths
        now = first_id(next(id for id, one in dataset.plans.items() if one is loaded), paths)
        if now != first:
            rest = [path for path in paths if path != first]
            yield loaded.problem(
                ("former_paths",),
                f"former_paths không bắt đầu bằng đường dẫn công bố đầu tiên «{first}»,"
                " mã trong lịch và tin cập nhật sẽ đổi",
                f"ghi cũ nhất trước: former_paths: [{', '.join([first, *rest])}]",
            )


def find_rebound_ids(dataset: Dataset, before: Published) -> Iterator[Problem]:
    """Refuse an id that has other words than were published there; see `item_ids`."""
    for old, plan in _read_all(before, "/plan.yml", schema.Plan):
        loaded = _find_plan(dataset, old)
        if loaded is not None:
            published = {name: [words_of(item)] for name, item in items_by_id(plan).items()}
            yield from require_words_of_ids(loaded, published)


def find_missing_sources(dataset: Dataset, before: Published) -> Iterator[Problem]:
    """Warn of a plan that had the text as received, by which its words could be proved."""
    for name in sorted(before.files):
        old, _, file = name.rpartition("/")
        if file == "source.txt" and old in dataset.plans and not dataset.source_text(old):
            yield _describe_missing_source(dataset, old)


def check_history(dataset: Dataset, views: Iterable[PlanView]) -> Iterator[Problem]:
    """Check plans against all that was ever published of them, by their ledgers."""
    for view in views:
        loaded = dataset.plans[view.id]
        yield from require_words_of_ids(loaded, published_words(view.ledger))
        had_source = any(entry.file == "source.txt" for entry in view.ledger)
        if had_source and not view.has_source:
            yield _describe_missing_source(dataset, view.id)


def _describe_missing_source(dataset: Dataset, plan_id: str) -> Problem:
    return _describe_missing(
        dataset,
        f"{plan_id}/source.txt",
        "bản chữ đã công bố không còn, nên không đối chiếu được kế hoạch với văn bản",
        "đưa source.txt trở lại; trang của kế hoạch sẽ ghi ngày tệp bị gỡ",
    )


def _identity_of(plan: schema.Plan) -> tuple[object, ...]:
    """Return what makes a plan in another folder the same plan."""
    return plan.locality, plan.issuer, plan.programme, plan.period


def find_changed_item_ids(dataset: Dataset, before: Published) -> Iterator[Problem]:
    """Warn of items of a published plan whose id is gone: citations and reports lead to it."""
    for old, plan in _read_all(before, "/plan.yml", schema.Plan):
        loaded = _find_plan(dataset, old)
        if loaded is None:
            continue
        now = {placed.item.id: placed for placed in place_plan(loaded.value)}
        then = {placed.item.id: placed for placed in place_plan(plan)}
        moved = {placed.item.moved_from for placed in now.values()}
        moved |= {withdrawal.item for withdrawal in loaded.value.withdrawn}
        missing = [name for name in then if name not in now and name not in moved]
        added = {_words(placed): placed for name, placed in now.items() if name not in then}
        for name in [name for name in missing if _words(then[name]) in added]:
            missing.remove(name)
            placed = added[_words(then[name])]
            yield loaded.problem(
                (*placed.loc, "id"),
                f"mã «{name}» đã công bố bị đổi thành «{placed.item.id}»,"
                " liên kết cũ đến mục này sẽ không mở được",
                f"giữ id: {name}; buộc phải đổi thì thêm vào mục này: moved_from: {name}",
                "warning",
            )
        if missing:
            names = ", ".join(f"«{name}»" for name in missing[:MOST_NAMED])
            if len(missing) > MOST_NAMED:
                names += f" và {len(missing) - MOST_NAMED} mục nữa"
            yield loaded.problem(
                ("body",),
                f"mục đã công bố không còn: {names}",
                "đưa mục ấy trở lại với mã cũ, nếu văn bản vẫn có; văn bản đã bỏ thì thêm"
                f" withdrawn: [{{item: {missing[0]}, reason: nêu văn bản đã bỏ mục này}}]",
                "warning",
                key=True,
            )


def find_amended_plans(dataset: Dataset, before: Published) -> Iterator[Problem]:
    """Warn of each statement of a published plan that is another now, from what to what.

    Readers are told by the ledger; whoever sends the change is to know that, too. Words that the
    plan itself says were reworded are explained.
    """
    since = f" ngày {format_day(before.day)}" if before.day is not None else ""
    for old, plan in _read_all(before, "/plan.yml", schema.Plan):
        loaded = _find_plan(dataset, old)
        if loaded is None:
            continue
        items = {placed.item.id: placed for placed in place_plan(loaded.value)}
        for amendment in compare_plans(plan, loaded.value):
            placed = items.get(amendment.item or "")
            if amendment.kind in _TOLD_OTHERWISE or _is_explained(amendment, placed):
                continue
            what = _AMENDED.get(amendment.kind, f"«{amendment.field}»")
            where = f" của mục {amendment.item}" if amendment.item else ""
            yield loaded.problem(
                (*placed.loc, "id") if placed is not None else ("document",),
                f"{what}{where} đã khác với bản đã công bố{since}:"
                f" {_shorten(amendment.before)} → {_shorten(amendment.after)}",
                "trang web sẽ ghi thay đổi này cho người đọc; không định sửa thì trả lại như cũ",
                "warning",
                key=placed is None,
            )


def _is_explained(amendment: Amendment, placed: Placed | None) -> bool:
    return (
        amendment.kind == "words"
        and placed is not None
        and any(same_words(row.was, amendment.before or "") for row in placed.item.reworded)
    )


def _shorten(text: str | None) -> str:
    """Quote a text, or its beginning, on one line; or say that there is none."""
    if text is None:
        return "(không có)"
    line = " ".join(text.split())
    return f"«{line}»" if len(line) <= SHOWN else f"«{line[:SHOWN].rsplit(' ', 1)[0]}…»"


def find_changed_originals(dataset: Dataset, before: Published) -> Iterator[Problem]:
    """Warn of a text or file as received that is another than was published, by both hashes."""
    for name in sorted(before.files):
        old, _, file = name.rpartition("/")
        loaded = dataset.plans.get(old)
        if loaded is None or file not in dataset.files.get(old, ()):
            continue
        original = loaded.value.original
        if file != "source.txt" and (original is None or file not in original.files):
            continue
        raws = [before.files[name], read_file(dataset.root / name)]
        if file == "source.txt":
            raws = list(map(with_unix_ends, raws))
        hashes = [hashlib.sha256(raw).hexdigest() for raw in raws]
        if hashes[0] == hashes[1]:
            continue
        yield Problem(
            f"{shown_as(dataset.root)}/{name}",
            0,
            0,
            f"tệp đã công bố bị thay: SHA-256 {hashes[0]} → {hashes[1]}",
            "trang web sẽ ghi thay đổi này cho người đọc; không định thay thì đưa lại tệp cũ",
            "warning",
        )


def find_changed_registers(dataset: Dataset, before: Published) -> Iterator[Problem]:
    """Warn of what a register said of a published entry and says otherwise now.

    Names, titles and meanings stand on pages beside the words of plans, and no plan changes with
    them. Localities have a rule of their own: `changes` tells readers what they were called.
    """
    for name in sorted(set(before.files) & _REGISTERS):
        text, _ = decode(before.files[name], name)
        published, _ = parse(text or "", name)
        now = read(dataset.root / name, f"{shown_as(dataset.root)}/{name}")
        if not isinstance(published, dict) or not isinstance(now.data, dict):
            continue
        for key, entry in published.items():
            held = now.data.get(key)
            if not isinstance(entry, dict) or not isinstance(held, dict):
                continue
            for field, value in entry.items():
                if field in _EXPLAINING or held.get(field) == value:
                    continue
                line, column = now.line((key, field) if field in held else (key,), key=True)
                yield Problem(
                    now.path,
                    line,
                    column,
                    f"«{field}» của «{key}» đã khác với bản đã công bố:"
                    f" {_shorten(_write(value))} → {_shorten(_write(held.get(field)))}",
                    "mọi trang có tên này sẽ đổi theo; không định sửa thì trả lại như cũ",
                    "warning",
                )


def _write(value: object) -> str | None:
    return None if value is None else str(value)


def find_changed_reports(dataset: Dataset, before: Published) -> Iterator[Problem]:
    """Warn of published reports that were removed or changed; a later report corrects them.

    More lines may be added.
    """
    for file, report, today in _pair_with_today(dataset, before, "reports", schema.Report):
        if isinstance(today, Loaded):
            yield from _compare_reports(report, today, _CORRECT.format(file))
        elif file not in {withdrawal.report for withdrawal in today.plan.withdrawn}:
            yield _describe_missing(
                dataset,
                today.path,
                "báo cáo đã công bố bị xóa",
                f"{_CORRECT.format(file)}; buộc phải gỡ thì thêm vào plan.yml"
                f" withdrawn: [{{report: {file}, reason: vì sao gỡ}}]",
            )


def find_changed_responses(dataset: Dataset, before: Published) -> Iterator[Problem]:
    """Warn of published responses that were removed or changed; a later one says more."""
    for file, response, today in _pair_with_today(dataset, before, "responses", schema.Response):
        if isinstance(today, Loaded):
            yield from _compare_responses(response, today)
        elif file not in {withdrawal.response for withdrawal in today.plan.withdrawn}:
            yield _describe_missing(
                dataset,
                today.path,
                "câu trả lời đã công bố bị xóa",
                f"{_ANSWER_ANEW}; buộc phải gỡ thì thêm vào plan.yml"
                f" withdrawn: [{{response: {file}, reason: vì sao gỡ}}]",
            )


@dataclass(frozen=True)
class _Gone:
    """A published file that is not among the data of today, nor unreadable there."""

    plan: schema.Plan
    path: str


def _pair_with_today(
    dataset: Dataset,
    before: Published,
    folder: Literal["reports", "responses"],
    shape: type[Shape],
) -> Iterator[tuple[str, Shape, Loaded[Shape] | _Gone]]:
    """Yield name and content of each published file of a kind, and what it is today."""
    for name, published in _read_all(before, f"/{folder}/", shape):
        old, _, file = name.partition(f"/{folder}/")
        plan = _find_plan(dataset, old)
        if plan is None:
            continue
        plan_id = next(name for name, loaded in dataset.plans.items() if loaded is plan)
        today = getattr(dataset, folder).get(plan_id, {}).get(file)
        if today is not None:
            yield file, published, today
        elif f"{plan_id}/{file}" not in dataset.broken:
            yield file, published, _Gone(plan.value, f"{plan_id}/{folder}/{file}")


def _compare_responses(
    published: schema.Response, loaded: Loaded[schema.Response]
) -> Iterator[Problem]:
    """Yield a warning for each published answer that the response of today does not have."""
    for key in ("unit", "date", "source"):
        if getattr(loaded.value, key) != getattr(published, key):
            message = f"«{key}» của câu trả lời đã công bố bị sửa"
            yield loaded.problem((key,), message, _ANSWER_ANEW, "warning")
    answers = {answer.item: (index, answer) for index, answer in enumerate(loaded.value.answers)}
    for answer in published.answers:
        index, now = answers.get(answer.item, (0, None))
        if now is None:
            message = f"câu trả lời đã công bố về mục «{answer.item}» bị xóa"
            yield loaded.problem(("answers",), message, _ANSWER_ANEW, "warning", key=True)
        elif now != answer:
            message = f"câu trả lời đã công bố về mục «{answer.item}» bị sửa"
            yield loaded.problem(("answers", index, "item"), message, _ANSWER_ANEW, "warning")


def _compare_reports(
    published: schema.Report, loaded: Loaded[schema.Report], hint: str
) -> Iterator[Problem]:
    """Yield a warning for each published statement that the report of today does not have."""
    for key in ("unit", "period", "date", "source"):
        if getattr(loaded.value, key) != getattr(published, key):
            yield loaded.problem((key,), f"«{key}» của báo cáo đã công bố bị sửa", hint, "warning")
    entries = {
        (entry.item, entry.target): (index, entry)
        for index, entry in enumerate(loaded.value.entries)
    }
    for entry in published.entries:
        index, now = entries.get((entry.item, entry.target), (0, None))
        if now is None:
            yield loaded.problem(
                ("entries",),
                f"dòng đã công bố về mục «{entry.item}» bị xóa",
                hint,
                "warning",
                key=True,
            )
        elif now != entry:
            yield loaded.problem(
                ("entries", index, "item"),
                f"dòng đã công bố về mục «{entry.item}» bị sửa",
                hint,
                "warning",
            )


RULES = (
    find_missing_plans,
    find_rebound_ids,
    find_changed_first_paths,
    find_changed_item_ids,
    find_amended_plans,
    find_changed_originals,
    find_changed_registers,
    find_changed_reports,
    find_changed_responses,
    find_missing_sources,
)
"""Rules that need an earlier commit, and so are called apart from those of `runner`."""


def _read_all(before: Published, part: str, shape: type[Shape]) -> Iterator[tuple[str, Shape]]:
    """Yield plans by folder, others by path; a file that was invalid was never published."""
    reader = TypeAdapter(shape)
    for name in sorted(before.files):
        if part in name:
            text, _ = decode(before.files[name], name)
            data, _ = parse(text or "", name)
            try:
                if shape is schema.Plan and isinstance(data, dict):
                    data = migrate(data)
                yield name.removesuffix("/plan.yml"), reader.validate_python(data)
            except (ValidationError, FormatError):
                continue


def _find_plan(dataset: Dataset, old: str) -> Loaded[schema.Plan] | None:
    """Find the plan that was in a folder, there or where it was moved."""
    return dataset.plans.get(old) or next(
        (loaded for loaded in dataset.plans.values() if old in loaded.value.former_paths), None
    )


def _words(placed: Placed) -> tuple[str | None, ...]:
    """Return the official words of an item, by which it is recognised under another id."""
    return placed.item.number, placed.item.title, placed.item.text


def _describe_missing(dataset: Dataset, name: str, message: str, hint: str) -> Problem:
    """Describe a file that is no longer there."""
    return Problem(f"{shown_as(dataset.root)}/{name}", 0, 0, message, hint, "warning")
