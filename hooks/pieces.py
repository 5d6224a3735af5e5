"""The small pieces of HTML that stand a hundred times on a page, and the addresses in them.

Comes in: a commitment, an item, a line of a report, and the `Links` of the page it stands
on. Goes out: its HTML as `Markup`; `theme/` gives it its place, and is where all other
HTML is. As macros these pieces took nine tenths of the time of a plan's page, which shows
each of its commitments three times and more; what is the same in all places is made once
for a page. Every value passes through `safe`, which escapes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from markupsafe import Markup, escape

from hooks import labels, model, states
from hooks.atlas import Atlas
from hooks.dates import PartialDate, format_day
from hooks.plan_view import CalendarDay, OpenPlan, PlanView
from hooks.views import Commitment, EntryView, ReportView, State


def relative(target: str, page: str) -> str:
    """The address `target` as seen from the page at address `page`; both from the root.

    >>> relative("don-vi/so-noi-vu/", "ke-hoach/lai-chau/ascc-2026-2030/")
    '../../../don-vi/so-noi-vu/'
    """
    path, hash_mark, anchor = target.partition("#")
    if path == page and hash_mark:
        return f"#{anchor}"
    here, steps = page.split("/")[:-1], path.split("/")
    shared = 0
    while shared < len(here) and shared < len(steps) - 1 and here[shared] == steps[shared]:
        shared += 1
    result = "../" * (len(here) - shared) + "/".join(steps[shared:]) or "./"
    return result + hash_mark + anchor


class Links(dict[str, str]):
    """Addresses as seen from one page, each worked out once: a plan's page names a unit fifty times."""

    def __init__(self, page: str, root: str | None = None) -> None:
        """`root`: what each address starts with, on a page that is served at any depth."""
        self._page, self._root = page, root
        self.made: dict[tuple[Any, ...], Markup] = {}
        """Pieces made for this page, by what they are and of what."""

    def __missing__(self, target: str) -> str:
        self[target] = result = relative(target, self._page) if self._root is None else self._root + target
        return result

    __call__ = dict[str, str].__getitem__


class _Safe(dict[str, str]):
    """Escaped texts. Ids, references and units are the same on most pages, and an item's words stand thrice on its own."""

    def __missing__(self, text: object) -> str:
        result = str(escape(text))
        # Markup equals the text that it looks like: kept under one key, it would let that text through.
        if type(text) is str:
            if len(self) >= _KEPT:
                self.clear()
            self[text] = result
        return result


_KEPT = 5_000
"""Escaped texts kept: those of some fifty plans."""
safe = _Safe().__getitem__


class Pieces:
    """Makes the pieces from what the atlas says."""

    def __init__(self, atlas: Atlas, icon: Callable[[str], Markup]) -> None:
        self._atlas = atlas
        self._icon = icon
        self._states: dict[State | None, Markup] = {
            state: Markup(f'<span class="state state-{safe(state)}">{safe(labels.capital(name))}</span>') for state, name in states.LABELS.items()
        }
        self._roles = [
            (role, Markup(f'<span class="who"><span class="role role-{safe(role)}">{safe(labels.capital(labels.ROLES[role]))}:</span> '))
            for role in model.ROLES
        ]

    # ----------------------------------------------------- in what state, who, when

    def state(self, judged: Commitment | CalendarDay) -> Markup:
        """A state as a coloured word."""
        return self._states[judged.state]

    def unit_link(self, url: Links, unit: str) -> Markup:
        """A unit's name, leading to its page."""
        view = self._atlas.units[unit]
        return Markup(f'<a href="{safe(url[view.address])}">{safe(view.unit.name)}</a>')

    def unit_links(self, url: Links, units: Iterable[str]) -> Markup:
        """Units one after the other, each with those that followed it."""
        return Markup("; ".join([url.made.get(("unit", unit)) or self._with_successors(url, unit) for unit in units]))

    def _with_successors(self, url: Links, unit: str) -> Markup:
        followers = ", ".join([self.unit_link(url, follower) for follower in self._atlas.units[unit].unit.successors])
        made = url.made["unit", unit] = self.unit_link(url, unit) + (Markup(f" (xem: {followers})") if followers else "")
        return made

    def who(self, url: Links, commitment: Commitment) -> Markup:
        """The units of a commitment by role."""
        key = ("who", commitment.address)
        made = url.made.get(key)
        if made is None:
            made = url.made[key] = Markup("\n".join(self._who(url, commitment)))
        return made

    def _who(self, url: Links, commitment: Commitment) -> Iterator[str]:
        if not commitment.assignments:
            yield '<span class="who muted">Văn bản không ghi đơn vị nào</span>'
            return
        units: dict[str, list[str]] = {}
        for assignment in commitment.assignments:
            units.setdefault(assignment.role, []).append(assignment.unit)
        for role, opening in self._roles:
            if role in units:
                yield f"{opening}{self.unit_links(url, units[role])}</span>"

    def due_words(self, commitment: Commitment) -> Markup:
        """Its deadlines as printed; nothing without any."""
        if not commitment.deadlines:
            return Markup()
        printed = "; ".join([f'<span class="official">{safe(deadline.printed)}</span>' for deadline in commitment.deadlines])
        return Markup(f'<span class="due">{self._icon("calendar-clock-outline")} Hạn: {printed}</span>')

    # ------------------------------------------------------------- what was reported

    def word(self, entry: model.Entry, item: model.Item) -> Markup:
        """The unit's own word on one line of a report, with what it measured."""
        said = labels.capital(labels.STATUSES[entry.status]) if entry.status else "Đã rà soát, không có gì mới" if entry.unchanged else "Số liệu mới"
        words = f"<strong>{safe(said)}</strong>"
        if entry.done_on:
            words += f" (xong {_precision(entry.done_on)} {safe(str(entry.done_on))})"
        if entry.value is not None:
            for target in item.targets:
                if entry.target in (None, target.key):
                    words += f"; đạt {safe(labels.measured(entry.value, target.unit))}, chỉ tiêu «{safe(target.printed)}»"
        return Markup(words)

    def latest(self, url: Links, commitment: Commitment) -> Markup:
        """The newest line reported on a commitment; nothing without any."""
        line = commitment.latest
        if line is None:
            return Markup()
        key = ("latest", commitment.address)
        made = url.made.get(key)
        if made is None:
            entry, report, item = line.entry, line.report, commitment.item
            link = _report_link(url, report, item, f"báo cáo ngày {format_day(report.day)} của {self._unit_name(report)}")
            text = f": {safe(entry.text)}" if entry.text else ""
            reason = f" Lý do: {safe(entry.reason)}" if entry.reason else ""
            made = url.made[key] = Markup(f'<p class="latest">{self.word(entry, item)},\ntheo {link}{text}{reason}</p>')
        return made

    def history(self, url: Links, commitment: Commitment) -> Markup:
        """Every line ever reported on an item, newest first; what was corrected stays, struck through."""
        if len(commitment.history) < 2:
            return Markup()
        lines = []
        for line in reversed(commitment.history):
            words = f"{format_day(line.report.day)}, {self._unit_name(line.report)}, kỳ {labels.report_period(line.report.period)}"
            lines.append(f"<li>{_report_link(url, line.report, commitment.item, words)}: {self.struck(url, line, commitment.item)}</li>\n")
        summary = f"<summary>Mọi dòng báo cáo về mục này ({len(lines)})</summary>"
        return Markup(f'<details class="history">\n{summary}\n<ul class="brief">\n{"".join(lines)}</ul>\n</details>')

    def struck(self, url: Links, line: EntryView, item: model.Item) -> Markup:
        """A line's word, with what corrects it or what it corrects."""
        word = self.word(line.entry, item)
        if line.corrected_by:
            link = _report_link(url, line.corrected_by, item, f"báo cáo ngày {format_day(line.corrected_by.day)}")
            return Markup(f'<s><span class="visually-hidden">Đã được đính chính: </span>{word}</s> (đính chính trong {link})')
        if line.corrects:
            link = _report_link(url, line.corrects, item, f"báo cáo ngày {format_day(line.corrects.day)}")
            return Markup(f"{word} (đính chính {link})")
        return word

    def _unit_name(self, report: ReportView) -> str:
        return self._atlas.units[report.unit].unit.name

    # ------------------------------------------------------------------- commitments

    def cards(self, url: Links, commitments: Iterable[Commitment]) -> Markup:
        """Commitments of one plan on its page."""
        return Markup("".join([self.commitment_card(url, commitment) for commitment in commitments]))

    def commitment_card(self, url: Links, commitment: Commitment, show_place: bool = False, show_who: bool = True) -> Markup:
        """A commitment among others: its words, what was last reported, its state, who, when, where."""
        key = ("card", commitment.address, show_place, show_who)
        made = url.made.get(key)
        if made is None:
            made = url.made[key] = Markup("\n".join(filter(None, self._card(url, commitment, show_place, show_who))))
        return made

    def _card(self, url: Links, commitment: Commitment, show_place: bool, show_who: bool) -> Iterator[str]:
        item = commitment.item
        yield '<li class="card">'
        if show_place:
            plan = self._atlas.plans[commitment.plan_id]
            yield f'<p class="card-place"><a href="{safe(url[plan.address])}">{safe(labels.capital(plan.place.name))}</a></p>'
        if item.title and item.text:
            yield f'<p class="official heading-words">{safe(item.title)}</p>\n<p class="official">{safe(item.text)}</p>'
        else:
            yield f'<p class="official">{safe(commitment.words)}</p>'
        yield self.latest(url, commitment)
        yield f'<p class="card-meta">\n{self._states[commitment.state]}'
        if show_who:
            yield self.who(url, commitment)
        yield self.due_words(commitment)
        where = safe(labels.capital(commitment.reference))
        yield f'<a class="clause" href="{safe(url[commitment.address])}">{where}<span class="visually-hidden"> trong toàn văn</span></a>\n</p>\n</li>\n'

    def briefs(self, url: Links, commitments: Iterable[Commitment]) -> Markup:
        """Commitments as lines of a list on their own plan's page."""
        return Markup("".join([self._brief(url, commitment) for commitment in commitments]))

    def _brief(self, url: Links, commitment: Commitment) -> str:
        key = ("brief", commitment.address)
        made = url.made.get(key)
        if made is None:
            words = safe(labels.shorten(commitment.words, 150))
            made = url.made[key] = Markup(f'<li><a href="#{safe(commitment.item.id)}">{words}</a> {self._states[commitment.state]}</li>\n')
        return made

    # -------------------------------------------------------- the document's own words

    def provision(self, url: Links, view: PlanView, item: model.Item) -> Markup:
        """An item of a plan in its official words, with all below it. What is ours carries data-editorial."""
        lines: list[str] = []
        self._add_provision(lines, url, view.open(), item, 0)
        return Markup("\n".join(lines))

    def _add_provision(self, lines: list[str], url: Links, view: OpenPlan, item: model.Item, depth: int) -> None:
        commitment = view.by_item.get(item.id)
        bullet = item.number in ("-", "+")
        key = safe(item.id)
        number = f'<span class="n">{safe(item.number)}</span> ' if item.number else ""
        lines.append(f'<div class="item{" bullet" if bullet else ""} depth-{depth}" id="{key}">')
        if item.title and not bullet:
            level = min(depth + 3, 6)  # the document stands under an <h2>, and HTML has six levels
            reference = item.number or "đề mục này"
            lines.append(f'<h{level} class="official">{number}{safe(item.title)}</h{level}>')
        else:
            reference = commitment.reference if commitment else item.id
            title = f"{safe(item.title)} " if item.title else ""
            lines.append(f'<p class="official">{number}{title}{safe(item.text or "")}</p>')
        label = safe(f"Liên kết tới {reference}")
        lines.append(f'<a class="permalink" data-editorial href="#{key}" aria-label="{label}">{self._icon("link-variant")}</a>')
        if item.title and not bullet and item.text:
            lines.append(f'<p class="official">{safe(item.text)}</p>')
        if commitment:
            lines += filter(None, self._facts(url, commitment))
        lines += [self.note(note) for note in view.notes.get(item.id, ())]
        for child in item.items:
            self._add_provision(lines, url, view, child, depth + 1)
        lines.append("</div>")

    def _facts(self, url: Links, commitment: Commitment) -> Iterator[str]:
        yield f'<div class="facts" data-editorial>\n<span class="kind">{safe(labels.capital(labels.KINDS[commitment.kind]))}</span>'
        if commitment.kind != "objective":
            yield self._states[commitment.state]
        if commitment.assignments:
            yield self.who(url, commitment)
        if elsewhere := commitment.assigned_in:
            links = ", ".join([f'<a href="#{safe(item)}">{safe(reference)}</a>' for item, reference in elsewhere])
            yield f'<span class="who muted">Phân công ghi ở {links}</span>'
        yield self.due_words(commitment)
        yield self.latest(url, commitment)
        yield self.history(url, commitment)
        yield "</div>"

    def note(self, note: model.Note) -> Markup:
        """What a reader has to know about the source."""
        words = f"<strong>{safe(labels.NOTES[note.kind])}.</strong>"
        if note.printed:
            words += f" Văn bản in «{safe(note.printed)}»{f'; có lẽ là «{safe(note.meant)}»' if note.meant else ''}."
        if note.text:
            words += f" {safe(note.text)}"
        return Markup(f'<div class="note" data-editorial>\n<p>{words}</p>\n</div>\n')


def _precision(day: PartialDate) -> str:
    return "ngày" if day.day else "tháng" if day.month else "năm"


def _report_link(url: Links, report: ReportView, item: model.Item, words: str) -> str:
    """A link to what a report says of an item."""
    return f'<a href="{safe(url[report.address])}#{safe(item.id)}">{safe(words)}</a>'
