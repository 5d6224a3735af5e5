"""The ledger of one plan: what became different after publication, and on which day.

A plan with its reports and responses, and the git history of its folder come in; `LedgerEntry`s
go out, in the order of the commits. One entry is one commit's change of one file. Days outside
the time between a document's date and the day that the site is of are not believed, and then are
None: a clock may be wrong, or a date made up. Nothing here is typed by anybody.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, NamedTuple

from pydantic import TypeAdapter, ValidationError

from congkhai.data import schema
from congkhai.data.encoding import decode
from congkhai.data.files import with_unix_ends
from congkhai.data.folder import PROPOSALS
from congkhai.data.git_history import History, ReadContent, Revision, content_id
from congkhai.data.migrations import FormatError, migrate
from congkhai.data.strict_yaml import parse
from congkhai.data.yaml_errors import find_reviews
from congkhai.model import routes
from congkhai.model.amendments import (
    Amendment,
    compare_plans,
    compare_reports,
    compare_responses,
    items_by_id,
)
from congkhai.model.references import references
from congkhai.model.today import Today
from congkhai.model.views import FiledResponse, ReportView, first_id
from congkhai.text.personal_data import find_personal_data
from congkhai.text.vietnamese import same_words

LedgerKind = Literal[
    "plan-added",
    "plan-edited",
    "report",
    "report-edited",
    "report-removed",
    "report-restored",
    "response",
    "response-edited",
    "response-removed",
    "response-restored",
    "file-added",
    "file-edited",
    "file-removed",
]
ARRIVALS: Mapping[str, LedgerKind] = {"report": "report", "response": "response"}
EDITS: Mapping[str, LedgerKind] = {
    "plan": "plan-edited",
    "report": "report-edited",
    "response": "response-edited",
}
REMOVALS: Mapping[str, LedgerKind] = {
    "report": "report-removed",
    "response": "response-removed",
}
RETURNS: Mapping[str, LedgerKind] = {
    "report": "report-restored",
    "response": "response-restored",
}
"""What may happen to a file that holds records, by what it is."""
PLAN = "plan.yml"
SOURCE = "source.txt"
REPORTS = "reports/"
RESPONSES = "responses/"
SHA1 = "0" * 40
DAYS_TO_ARRIVE = 7
"""A report that arrives within so many days of its own date is shown with that date alone."""
_UNCOMMITTED = 10**9
"""Stands for the number of the commit that is still to be made."""
HIDDEN = "[không hiện lại: có thông tin riêng của người dân]"
"""Stands for words that were published once and must not be published again."""

_READERS: Mapping[str, TypeAdapter[Any]] = {
    "plan": TypeAdapter(schema.Plan),
    "report": TypeAdapter(schema.Report),
    "response": TypeAdapter(schema.Response),
}
_NOT_DATA = frozenset({"README.md", ".gitkeep", PROPOSALS})
_SHORT = 12
"""Digits of a content's id that make a key unique enough among the changes of one file."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One change of one file of a plan's folder."""

    kind: LedgerKind
    key: str
    """Permanent: the same change has the same key in every build."""
    day: date | None
    """Day on which it was published; None when git cannot tell, or tells one not to believe."""
    file: str
    """Name within the plan's folder: `plan.yml`, `reports/2026-so-noi-vu.yml`, `source.txt`."""
    amendments: tuple[Amendment, ...] = ()
    """What it changed. Of a removed report or response all that it said; of one that arrived
    nothing."""
    report: ReportView | None = None
    """The report that the file is or was."""
    response: FiledResponse | None = None
    """The response that the file is or was."""
    before: str | None = None
    """SHA-256 of the content that it replaced; None where there was none."""
    after: str | None = None
    """SHA-256 of the new content; None where there is none. Not given for what is added."""
    not_before: date | None = None
    """Where the day is not known: that of the change before it, which git has in this order."""
    content: str | None = None
    """Id of what a removed report or response said last, by which git finds it."""
    is_hidden: bool = False
    """The removed content must not be published again."""
    reason: str = ""
    """Why, in the plan's own words, when it gives any."""

    @property
    def sorting_day(self) -> date | None:
        """Return the day among other changes: its own, or the one that it cannot be before."""
        return self.day or self.not_before

    @property
    def is_news(self) -> bool:
        """Say whether it tells readers anything: a change of comments does not."""
        is_edit = self.kind in ("plan-edited", "report-edited", "response-edited")
        return bool(self.amendments) or not is_edit

    @property
    def is_reading(self) -> bool:
        """Say whether the document says what it said, and only the site reads it otherwise."""
        readings = [amendment.is_reading for amendment in self.amendments]
        return self.kind == "plan-edited" and bool(readings) and all(readings)

    @property
    def official(self) -> tuple[Amendment, ...]:
        """Return what it changed in what was published, readings of the same words left out."""
        return tuple([amendment for amendment in self.amendments if not amendment.is_reading])

    @property
    def readings(self) -> tuple[Amendment, ...]:
        """Return what it changed in how the site reads words that are the same."""
        return tuple([amendment for amendment in self.amendments if amendment.is_reading])

    @property
    def late_arrival(self) -> date | None:
        """Return the day on which a report or response arrived, if a week after its own day."""
        filed = self.filed
        if self.day is None or filed is None or self.kind not in ARRIVALS:
            return None
        return self.day if (self.day - filed.day).days > DAYS_TO_ARRIVE else None

    @property
    def filed(self) -> ReportView | FiledResponse | None:
        """The report or response that it is about."""
        return self.report or self.response


class ContentFacts(NamedTuple):
    """What is to be known of one content of a file without reading it again."""

    sha256: str
    is_valid: bool
    """Whether it can be read; what cannot was never published."""
    filed: schema.Report | schema.Response | None
    """The report or response that it is."""


@dataclass
class Comparisons:
    """What was read from git and compared, by the ids of contents; kept between builds."""

    contents: dict[str, ContentFacts] = field(default_factory=dict)
    amendments: dict[tuple[str, str], tuple[Amendment, ...]] = field(default_factory=dict)
    """By the content before and the content after."""


class _Version(NamedTuple):
    """The content of one file from one commit on."""

    order: int
    """Number of the commit."""
    day: date | None
    """None for what is not committed yet."""
    content: str | None
    """Its id; None while there is no such file."""


class LedgerReader:
    """Reads the ledgers of plans from one history, on one day; to be used in a `with`."""

    def __init__(
        self,
        history: History | None,
        today: Today,
        kept: Comparisons | None = None,
    ) -> None:
        """Begin to read.

        `kept`: what an earlier reader found out; this one's `comparisons` are what it used of it
        and added.
        """
        self.history = history
        self.today = today
        self.comparisons = Comparisons()
        self._kept = kept if kept is not None else Comparisons()
        self._stack = ExitStack()
        self._read_content: ReadContent = lambda name: None
        self._files: dict[str, bytes] = {}
        self._records: dict[str, Any] = {}

    def __enter__(self) -> LedgerReader:
        if self.history is not None:
            self._read_content = self._stack.enter_context(self.history.open_contents())
        return self

    def __exit__(self, *raised: object) -> None:
        self._stack.close()

    def knows(self, plan_id: str) -> bool:
        """Say whether what changed in a plan, and when, is known."""
        return self.history is not None

    def read(
        self,
        plan_id: str,
        plan: schema.Plan,
        filed: Mapping[str, ReportView | FiledResponse],
        files: Mapping[str, bytes],
    ) -> tuple[LedgerEntry, ...]:
        """Read the ledger of a plan.

        `filed`: the reports and responses held now; `files`: what is in each file of its folder
        now. Both by name: `reports/…`, `responses/…`.
        """
        if self.history is None:
            return _undated_ledger(first_id(plan_id, plan.former_paths), filed)
        folders = [self.history.of_plan(folder) for folder in (*plan.former_paths, plan_id)]
        self._records.clear()
        self._files = {}
        chains = {}
        for name in sorted({*files, *(name for found in folders for name in found)} - _NOT_DATA):
            revisions = [found.get(name, ()) for found in folders]
            chains[name] = self._list_versions(name, revisions, files.get(name))
        current = chains[PLAN][-1].content if PLAN in chains else None
        if current is not None:
            self._records[current] = plan
        return tuple(_PlanLedger(self, plan_id, plan, filed).entries(chains))

    def _list_versions(
        self, name: str, revisions: Sequence[Sequence[Revision]], now: bytes | None
    ) -> list[_Version]:
        """List the versions of a file that was in several folders, one after another.

        `revisions`: in each of its folders, the present one last; `now`: what is in it.
        """
        steps = sorted(
            (change.order, index, change)
            for index, changes in enumerate(revisions)
            for change in changes
        )
        held: dict[int, str] = {}
        versions: list[_Version] = []
        for position, (order, index, change) in enumerate(steps):
            if change.after is None:
                held.pop(index, None)
            else:
                held[index] = change.after
            if position + 1 < len(steps) and steps[position + 1][0] == order:
                continue  # moved: the same commit has it elsewhere
            content = held[max(held)] if held else None
            if not versions or versions[-1].content != content:
                versions.append(_Version(order, change.day, content))
        last = versions[-1].content if versions else None
        current = None
        if now is not None:
            some_id = next((version.content for version in versions if version.content), SHA1)
            current = content_id(now, some_id)
            if last is not None and current != last and self.published_bytes(name, last) == now:
                current = last
            self._files[current] = now
        if current != last:
            versions.append(_Version(_UNCOMMITTED, None, current))
        return versions

    # ------------------------------------------------------------------- contents

    def facts(self, name: str, content: str) -> ContentFacts:
        """Return what is to be known of a content of the file `name`."""
        facts = self.comparisons.contents.get(content) or self._kept.contents.get(content)
        if facts is None:
            raw = self.published_bytes(name, content)
            record = self.record(name, content)
            facts = ContentFacts(
                hashlib.sha256(raw or b"").hexdigest(),
                raw is not None and (record is not None or _shape_of(name) is None),
                record if isinstance(record, schema.Report | schema.Response) else None,
            )
        self.comparisons.contents[content] = facts
        return facts

    def record(self, name: str, content: str) -> Any:
        """Read a content as what the file is; None when it cannot be read as that."""
        if content not in self._records:
            shape = _shape_of(name)
            raw = self._bytes(content) if shape is not None else None
            self._records[content] = (
                parse_content(raw, shape) if raw is not None and shape else None
            )
        return self._records[content]

    def compare(
        self, name: str, before: str, after: str, stands: Mapping[str, str]
    ) -> tuple[Amendment, ...]:
        """Compare two contents of the file `name`, both of which can be read.

        `stands`: where each item of the plan stands.
        """
        pair = (before, after)
        amendments = self._kept.amendments.get(pair)
        if amendments is None:
            old, new = self.record(name, before), self.record(name, after)
            amendments = compare_plans(old, new) if name == PLAN else _compare(old, new, stands)
        self.comparisons.amendments[pair] = amendments
        return amendments

    def hide_private(self, amendments: Iterable[Amendment]) -> tuple[Amendment, ...]:
        """Take out words of the past that are personal data."""
        return tuple(
            amendment._replace(before=HIDDEN)
            if amendment.before is not None and is_private(amendment.before)
            else amendment
            for amendment in amendments
        )

    def believe(self, day: date | None, earliest: date | None) -> date | None:
        """Return a day that may be true: not before a document's own, not in the future."""
        if day is None or day > self.today or (earliest is not None and day < earliest):
            return None
        return day

    def published_bytes(self, name: str, content: str) -> bytes | None:
        """Return what is published of a content of the file `name`; None when it is lost."""
        raw = self._bytes(content)
        return with_unix_ends(raw) if raw is not None and is_text(name) else raw

    def is_current(self, content: str | None) -> bool:
        """Say whether a content is that of a file of the plan as it is now."""
        return content in self._files

    def _bytes(self, content: str) -> bytes | None:
        raw = self._files.get(content)
        return raw if raw is not None else self._read_content(content)


class _PlanLedger:
    """The ledger of one plan, being put together."""

    def __init__(
        self,
        reader: LedgerReader,
        plan_id: str,
        plan: schema.Plan,
        filed: Mapping[str, ReportView | FiledResponse],
    ) -> None:
        self._reader = reader
        self._plan_id = plan_id
        self._first_id = first_id(plan_id, plan.former_paths)
        self._plan = plan
        self._filed = filed
        self._stands = references(plan.body, plan.attachments)
        self._items = items_by_id(plan)
        self._keys: Counter[str] = Counter()
        self._reasons = {
            folder + name: withdrawal
            for withdrawal in plan.withdrawn
            for folder, name in (
                (REPORTS, withdrawal.report),
                (RESPONSES, withdrawal.response),
            )
            if name
        }

    def entries(self, chains: Mapping[str, Sequence[_Version]]) -> Iterator[LedgerEntry]:
        """Yield the changes of all files, oldest first."""
        valid = {name: self._list_valid(name, versions) for name, versions in chains.items()}
        published = min(
            (version.order for version in valid.get(PLAN, ()) if version.content),
            default=_UNCOMMITTED,
        )
        found = [
            (order, name, entry)
            for name, versions in valid.items()
            for order, entry in self._of_file(name, _list_since(versions, published), published)
        ]
        latest: date | None = None
        for _, _, entry in sorted(found, key=lambda row: (row[0], row[1] != PLAN, row[1])):
            if entry.day is None:
                yield replace(entry, not_before=latest)
                continue
            latest = max(entry.day, latest or entry.day)
            yield entry

    def _of_file(
        self, name: str, valid: Sequence[_Version], published: int
    ) -> Iterator[tuple[int, LedgerEntry]]:
        last: str | None = None
        is_held = False
        for version in valid:
            if version.content is None:
                if is_held and last is not None:
                    yield version.order, self._removed(name, version, last)
                is_held = False
                continue
            entry = self._arrived(name, version, published) if last is None else None
            if last is not None and not (is_held and version.content == last):
                entry = self._changed(name, version, last, is_held)
            if entry is not None:
                yield version.order, entry
            last, is_held = version.content, True

    def _list_valid(self, name: str, versions: Sequence[_Version]) -> list[_Version]:
        if len(versions) == 1 and self._reader.is_current(versions[0].content):
            return list(versions)  # as it is now: the checks have read it
        return [version for version in versions if self._was_published(name, version)]

    def _was_published(self, name: str, version: _Version) -> bool:
        return version.content is None or self._reader.facts(name, version.content).is_valid

    def _arrived(self, name: str, version: _Version, published: int) -> LedgerEntry | None:
        if name == PLAN:
            day = self._reader.believe(version.day, self._earliest)
            return LedgerEntry("plan-added", f"plan-added:{self._first_id}", day, name)
        kind = _shape_of(name)
        if kind is not None:
            filed = self._filed.get(name) or self._look_at(name, version.content)
            day = self._reader.believe(version.day, filed.day if filed else None)
            key = f"{kind}:{self._first_id}:{name.rpartition('/')[2]}"
            return _about(LedgerEntry(ARRIVALS[kind], key, day, name), filed)
        if name == SOURCE and version.order > published:
            return self._entry("file-added", name, version, None)
        return None  # evidence comes with a report or a response that says so

    def _changed(
        self, name: str, version: _Version, last: str, is_held: bool
    ) -> LedgerEntry | None:
        assert version.content is not None
        shape = _shape_of(name)
        if is_held and self._sha256(name, last) == self._sha256(name, version.content):
            return None
        if shape is None:
            return self._entry("file-edited" if is_held else "file-added", name, version, last)
        amendments = self._reader.compare(name, last, version.content, self._stands)
        kind = EDITS[shape] if is_held or name == PLAN else RETURNS[shape]
        entry = replace(
            self._entry(kind, name, version, last),
            amendments=self._reader.hide_private(self._place(amendments)),
        )
        return _about(entry, self._filed.get(name) or self._look_at(name, version.content))

    def _removed(self, name: str, version: _Version, last: str) -> LedgerEntry:
        shape = _shape_of(name)
        if shape is None or name == PLAN:
            return self._entry("file-removed", name, version, last)
        entry = _about(self._entry(REMOVALS[shape], name, version, last), self._look_at(name, last))
        amendments = _compare(self._reader.facts(name, last).filed, None, self._stands)
        shown = self._reader.hide_private(amendments)
        withdrawal = self._reasons.get(name)
        is_hidden = shown != amendments or (withdrawal is not None and withdrawal.private)
        return replace(
            entry,
            amendments=() if is_hidden else shown,
            content=None if is_hidden else last,
            is_hidden=is_hidden,
            reason=withdrawal.reason if withdrawal else "",
        )

    def _entry(
        self, kind: LedgerKind, name: str, version: _Version, last: str | None
    ) -> LedgerEntry:
        ids = f"{(last or '')[:_SHORT]}-{(version.content or '')[:_SHORT]}"
        key = f"{kind}:{self._first_id}:{name}:{ids}"
        self._keys[key] += 1
        if self._keys[key] > 1:
            key += f":{self._keys[key]}"
        return LedgerEntry(
            kind,
            key,
            self._reader.believe(version.day, self._earliest_of(name)),
            name,
            before=self._sha256(name, last),
            after=self._sha256(name, version.content),
        )

    def _sha256(self, name: str, content: str | None) -> str | None:
        return self._reader.facts(name, content).sha256 if content is not None else None

    def _place(self, amendments: Iterable[Amendment]) -> Iterator[Amendment]:
        """Say where the items stand now, and hide what the plan says is to be hidden."""
        withdrawn = {row.item: row for row in self._plan.withdrawn if row.item}
        for amendment in amendments:
            stands = self._stands.get(amendment.item or "", amendment.reference)
            is_withdrawn = amendment.kind == "item-withdrawn"
            row = withdrawn.get(amendment.item or "") if is_withdrawn else None
            yield amendment._replace(
                reference=stands,
                before=HIDDEN if row and row.private else amendment.before,
                reason=row.reason if row else self._reason_for(amendment),
            )

    def _reason_for(self, amendment: Amendment) -> str:
        item = self._items.get(amendment.item or "")
        if item is None or amendment.kind != "words":
            return ""
        reasons = (
            row.reason for row in item.reworded if same_words(row.was, amendment.before or "")
        )
        return next(reasons, "")

    @property
    def _earliest(self) -> date | None:
        day = self._plan.document.date
        return day.first_day() if day is not None and not day.recurring else None

    def _earliest_of(self, name: str) -> date | None:
        filed = self._filed.get(name)
        return filed.day if filed is not None else self._earliest

    def _look_at(self, name: str, content: str | None) -> ReportView | FiledResponse | None:
        """Return what a report or a response was that is no longer held."""
        filed = self._reader.facts(name, content).filed if content else None
        if filed is None:
            return None
        file = name.rpartition("/")[2]
        if isinstance(filed, schema.Response):
            return file_response(self._plan_id, file, filed)
        return ReportView(
            plan_id=self._plan_id,
            file=file,
            path=name,
            unit=filed.unit,
            period=filed.period,
            day=filed.date.last_day(),
            address=routes.report(self._plan_id, file),
            lines=len(filed.entries),
        )


def _list_since(versions: Sequence[_Version], published: int) -> list[_Version]:
    """Leave out the versions of a file that came and went before its plan was published.

    An upload that was renamed, a text whose draft was still asked about: nobody saw them.
    """
    before = [version for version in versions if version.order <= published]
    first = [version for version in before[-1:] if version.content is not None]
    return [*first, *versions[len(before) :]]


def file_response(plan_id: str, file: str, response: schema.Response) -> FiledResponse:
    """Return what is to be known of a response without its answers."""
    address = routes.response(plan_id, file)
    return FiledResponse(response.unit, response.date.last_day(), address)


def _about(entry: LedgerEntry, filed: ReportView | FiledResponse | None) -> LedgerEntry:
    if isinstance(filed, FiledResponse):
        return replace(entry, response=filed)
    return replace(entry, report=filed)


def _compare(
    before: schema.Report | schema.Response | None,
    after: schema.Report | schema.Response | None,
    stands: Mapping[str, str],
) -> tuple[Amendment, ...]:
    """Compare two versions of a report or of a response; None for one that is not there."""
    if isinstance(before, schema.Response):
        assert after is None or isinstance(after, schema.Response)
        return compare_responses(before, after, stands)
    assert not isinstance(after, schema.Response)
    return compare_reports(before, after, stands)


def _undated_ledger(
    first_plan_id: str, filed: Mapping[str, ReportView | FiledResponse]
) -> tuple[LedgerEntry, ...]:
    """Return what is known without git: that there is a plan, and the days on what was filed."""
    entries = [LedgerEntry("plan-added", f"plan-added:{first_plan_id}", None, PLAN)]
    for name, one in filed.items():
        kind = "report" if name.startswith(REPORTS) else "response"
        key = f"{kind}:{first_plan_id}:{name.rpartition('/')[2]}"
        entries.append(_about(LedgerEntry(ARRIVALS[kind], key, one.day, name), one))
    return tuple(entries)


def is_private(text: str) -> bool:
    """Say whether a text holds personal data, so that it is not published once more."""
    return any(kind.is_certain for kind in find_personal_data(text))


def is_text(name: str) -> bool:
    """Say whether a file of a plan's folder is written by people, in lines."""
    return name == SOURCE or _shape_of(name) is not None


def _shape_of(name: str) -> str | None:
    if name == PLAN:
        return "plan"
    if name.startswith(RESPONSES):
        return "response"
    return "report" if name.startswith(REPORTS) else None


def parse_content(raw: bytes, shape: str) -> Any:
    """Read a plan, report or response of the past; None for one that nobody could publish.

    So it is with a draft whose questions nobody has answered.
    """
    text, _ = decode(raw, shape)
    data, _ = parse(text or "", shape)
    if not isinstance(data, dict) or any(find_reviews(text or "")):
        return None
    try:
        return _READERS[shape].validate_python(migrate(data) if shape == "plan" else data)
    except (ValidationError, FormatError):
        return None
