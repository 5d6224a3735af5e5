"""The small pieces of HTML that stand a hundred times on a page.

Comes in: a commitment, an item, a line of a report, and the `PageContext` of the page it stands
on. Goes out: its HTML as `Markup`; `theme/` gives it its place, and is where all other
HTML is. As macros these pieces took nine tenths of the time of a plan's page, which shows
each of its commitments three times and more; what is the same in all places is made once
for a page. Every value passes through `safe`, which escapes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markupsafe import Markup

from congkhai.data import schema
from congkhai.model import status
from congkhai.model.plan_view import (
    CalendarDay,
    OpenPlan,
    PlanView,
    UnitDuties,
    UnitShare,
)
from congkhai.model.site_model import SiteModel
from congkhai.model.views import Commitment, EntryView, ReportView, State
from congkhai.pages import labels
from congkhai.pages.escape import safe
from congkhai.pages.page_context import Facts, PageContext
from congkhai.text.dates import format_day
from congkhai.text.vietnamese import capital

_LINK, _CALENDAR = "link-variant", "calendar-clock-outline"


class Pieces:
    """Makes the pieces from what the site_model says."""

    def __init__(self, site_model: SiteModel, icon: Callable[[str], Markup]) -> None:
        self._site_model = site_model
        # Drawn once on a page and named where they stand: a plan's page shows a hundred and twenty.
        self._symbols = {
            name: str(icon(name))
            .replace('<svg xmlns="http://www.w3.org/2000/svg"', f'<symbol id="icon_{name}"')
            .replace("svg>", "symbol>")
            for name in (_LINK, _CALENDAR)
        }
        self._icons = {name: f'<svg><use href="#icon_{name}"/></svg>' for name in self._symbols}
        self._states: dict[State | None, str] = {
            state: f'<span class="state state-{safe(state)}">{safe(capital(name))}</span>'
            for state, name in status.LABELS.items()
        }
        self._kinds = {
            kind: f'<span class="kind">{safe(capital(name))}</span>'
            for kind, name in labels.KINDS.items()
        }
        self._roles = [
            (
                role,
                f'<span class="who"><span class="role role-{safe(role)}">{safe(capital(labels.ROLES[role]))}:</span> ',
            )
            for role in schema.ROLES
        ]

    # ----------------------------------------------------- in what state, who, when

    def state(self, judged: Commitment | CalendarDay) -> Markup:
        """A state as a coloured word."""
        return Markup(self._states[judged.state])

    def unit_link(self, url: PageContext, unit: str) -> Markup:
        """A unit's name, leading to its page."""
        return Markup(self._unit_link(url, unit))

    def _unit_link(self, url: PageContext, unit: str) -> str:
        view = self._site_model.units[unit]
        return f'<a href="{safe(url[view.address])}">{safe(view.unit.name)}</a>'

    def unit_links(self, url: PageContext, units: Iterable[str]) -> Markup:
        """Units one after the other, each with those that followed it."""
        return Markup(self._unit_links(url, units))

    def _unit_links(self, url: PageContext, units: Iterable[str]) -> str:
        return "; ".join(
            [url.units.get(unit) or self._with_successors(url, unit) for unit in units]
        )

    def _with_successors(self, url: PageContext, unit: str) -> str:
        followers = ", ".join(
            [
                self._unit_link(url, follower)
                for follower in self._site_model.units[unit].unit.successors
            ]
        )
        made = url.units[unit] = self._unit_link(url, unit) + (
            f" (xem: {followers})" if followers else ""
        )
        return made

    def who(self, url: PageContext, commitment: Commitment) -> Markup:
        """The units of a commitment by role."""
        return Markup(self._facts_of(url, commitment).who)

    def _who(self, url: PageContext, commitment: Commitment) -> str:
        if not commitment.assignments:
            return '<span class="who muted">Văn bản không ghi đơn vị nào</span>'
        units: dict[str, list[str]] = {}
        for assignment in commitment.assignments:
            units.setdefault(assignment.role, []).append(assignment.unit)
        return "\n".join(
            [
                f"{opening}{self._unit_links(url, units[role])}</span>"
                for role, opening in self._roles
                if role in units
            ]
        )

    def due_words(self, url: PageContext, commitment: Commitment) -> Markup:
        """Its deadlines as printed; nothing without any."""
        return Markup(self._facts_of(url, commitment).due)

    def _due_words(self, url: PageContext, commitment: Commitment) -> str:
        if not commitment.deadlines:
            return ""
        url.icons.add(_CALENDAR)
        printed = "; ".join(
            [
                f'<span class="official">{safe(deadline.printed)}</span>'
                for deadline in commitment.deadlines
            ]
        )
        return f'<span class="due">{self._icons[_CALENDAR]} Hạn: {printed}</span>'

    def _facts_of(self, url: PageContext, commitment: Commitment) -> Facts:
        made = url.facts.get(commitment.address)
        if made is None:
            made = url.facts[commitment.address] = Facts(
                self._who(url, commitment),
                self._due_words(url, commitment),
                self._latest(url, commitment),
            )
        return made

    def icons(self, url: PageContext) -> Markup:
        """The drawings of the icons that the pieces of a page name."""
        return Markup(
            f"<div hidden><svg>{''.join(self._symbols[name] for name in sorted(url.icons))}</svg></div>\n"
            if url.icons
            else ""
        )

    # ------------------------------------------------------------- what was reported

    def _word(self, entry: schema.Entry, item: schema.Item) -> str:
        """The unit's own word on one line of a report, with what it measured."""
        said = (
            capital(labels.STATUSES[entry.status])
            if entry.status
            else "Đã rà soát, không có gì mới"
            if entry.unchanged
            else "Số liệu mới"
        )
        words = f"<strong>{safe(said)}</strong>"
        if entry.done_on:
            day = entry.done_on
            words += (
                f" (xong {'ngày' if day.day else 'tháng' if day.month else 'năm'} {safe(str(day))})"
            )
        if entry.value is not None:
            for target in item.targets:
                if entry.target in (None, target.key):
                    words += f"; đạt {safe(labels.measured(entry.value, target.unit))}, chỉ tiêu «{safe(target.printed)}»"
        return words

    def _latest(self, url: PageContext, commitment: Commitment) -> str:
        """The newest line reported on a commitment; nothing without any."""
        line = commitment.latest
        if line is None:
            return ""
        entry, report, item = line.entry, line.report, commitment.item
        link = _report_link(
            url,
            report,
            item,
            f"báo cáo ngày {format_day(report.day)} của {self._unit_name(report)}",
        )
        text = f": {safe(entry.text)}" if entry.text else ""
        reason = f" Lý do: {safe(entry.reason)}" if entry.reason else ""
        return f'<p class="latest">{self._word(entry, item)},\ntheo {link}{text}{reason}</p>'

    def _history(self, url: PageContext, commitment: Commitment) -> str:
        """Every line ever reported on an item, newest first; what was corrected stays, struck through."""
        lines = []
        for line in reversed(commitment.history):
            words = f"{format_day(line.report.day)}, {self._unit_name(line.report)}, kỳ {labels.report_period(line.report.period)}"
            lines.append(
                f"<li>{_report_link(url, line.report, commitment.item, words)}: {self._struck(url, line, commitment.item)}</li>\n"
            )
        summary = f"<summary>Mọi dòng báo cáo về mục này ({len(lines)})</summary>"
        return f'<details class="history">\n{summary}\n<ul class="brief">\n{"".join(lines)}</ul>\n</details>'

    def struck(self, url: PageContext, line: EntryView, item: schema.Item) -> Markup:
        """A line's word, with what corrects it or what it corrects."""
        return Markup(self._struck(url, line, item))

    def _struck(self, url: PageContext, line: EntryView, item: schema.Item) -> str:
        word = self._word(line.entry, item)
        if line.corrected_by:
            link = _report_link(
                url, line.corrected_by, item, f"báo cáo ngày {format_day(line.corrected_by.day)}"
            )
            return f'<s><span class="visually-hidden">Đã được đính chính: </span>{word}</s> (đính chính trong {link})'
        if line.corrects:
            link = _report_link(
                url, line.corrects, item, f"báo cáo ngày {format_day(line.corrects.day)}"
            )
            return f"{word} (đính chính {link})"
        return word

    def _unit_name(self, report: ReportView) -> str:
        return self._site_model.units[report.unit].unit.name

    # ------------------------------------------------------------------- commitments

    def cards(self, url: PageContext, commitments: Iterable[Commitment]) -> Markup:
        """Commitments of one plan on its page."""
        return Markup(
            "".join(
                [
                    url.cards.get((commitment.address, False, True))
                    or self._card(url, commitment, False, True)
                    for commitment in commitments
                ]
            )
        )

    def commitment_card(
        self,
        url: PageContext,
        commitment: Commitment,
        show_place: bool = False,
        show_who: bool = True,
    ) -> Markup:
        """A commitment among others: its words, what was last reported, its state, who, when, where."""
        return Markup(
            url.cards.get((commitment.address, show_place, show_who))
            or self._card(url, commitment, show_place, show_who)
        )

    def _card(
        self, url: PageContext, commitment: Commitment, show_place: bool, show_who: bool
    ) -> str:
        item = commitment.item
        who, due, latest = self._facts_of(url, commitment)
        place = ""
        if show_place:
            plan = self._site_model.plans[commitment.plan_id]
            place = f'<p class="card-place"><a href="{safe(url[plan.address])}">{safe(capital(plan.place.name))}</a></p>\n'
        if item.title and item.text:
            words = f'<p class="official heading-words">{safe(item.title)}</p>\n<p class="official">{safe(item.text)}</p>'
        else:
            words = f'<p class="official">{safe(commitment.words)}</p>'
        where = safe(capital(commitment.reference))
        made = url.cards[commitment.address, show_place, show_who] = (
            f'<li class="card">\n{place}{words}{_line(latest)}\n<p class="card-meta">\n{self._states[commitment.state]}{_line(who) if show_who else ""}{_line(due)}\n'
            f'<a class="clause" href="{safe(url[commitment.address])}">{where}<span class="visually-hidden"> trong toàn văn</span></a>\n</p>\n</li>\n'
        )
        return made

    def due_cards(self, url: PageContext, days: Iterable[CalendarDay]) -> Markup:
        """Due days among others of a calendar."""
        return Markup("".join([self._due_card(url, day) for day in days]))

    def _due_card(self, url: PageContext, day: CalendarDay) -> str:
        commitment, reporting = day.commitment, day.reporting
        last, state = labels.last_day_in_time(day.due), ""
        when = f"<strong>{safe(capital(labels.due_day(day.due)))}</strong>" + (
            f' <span class="muted">({safe(last)})</span>' if last else ""
        )
        lines = [f'<li class="card{" past" if day.passed else ""}">\n<p>{when}</p>']
        if reporting:
            reports = ", ".join(
                [
                    f'<a href="{safe(url[report.address])}">{safe(self._unit_name(report))}</a>'
                    for report in reporting.received
                ]
            )
            lines.append(
                f"<p>Hạn báo cáo: {safe(labels.received(reporting))}{': ' if reports else ''}{reports}.</p>"
            )
        lines.append(f'<p class="official">{safe(labels.shorten(commitment.words, 200))}</p>')
        if day.state and day.known_today and commitment.latest:
            lines.append(self._facts_of(url, commitment).latest)
        if day.state and not (reporting and day.state == "silent"):
            state = (
                "" if day.known_today else f"<span>Cuối năm {day.known_on.year}:</span> "
            ) + self._states[day.state]
        place = f'<a href="{safe(url[day.plan_address])}">{safe(capital(day.place.name))}</a>'
        clause = f'<a class="clause" href="{safe(url[commitment.address])}">{safe(capital(commitment.reference))}</a>'
        lines.append(f'<p class="card-meta">{place} {state} {clause}</p>\n</li>\n')
        return "\n".join(lines)

    def duties(self, url: PageContext, duties: Iterable[UnitDuties]) -> Markup:
        """What each unit answers for, by role, on the page of the plan that says so."""
        lines: list[str] = []
        for duty in duties:
            unit = self._site_model.units[duty.unit]
            name = safe(unit.unit.name)
            lines.append(
                f'<details class="group" id="don-vi-{safe(duty.unit)}">\n<summary><span class="group-name">{name}</span> <span class="count">{duty.total}</span>\n'
                f'<span class="summary-roles">{safe(labels.roles_of(duty))}</span></summary>\n<p><a href="{safe(url[unit.address])}">{name} trong mọi kế hoạch</a></p>\n'
            )
            for role, commitments in duty.commitments:
                lines += [
                    f'<h3 class="role-head">{safe(capital(labels.ROLES[role]))}</h3>\n<ul class="brief">\n',
                    *[self._brief(url, commitment) for commitment in commitments],
                    "</ul>\n",
                ]
            lines.append("</details>\n")
        return Markup("".join(lines))

    def shares(
        self, url: PageContext, unit: str, shares: Iterable[tuple[PlanView, UnitShare]]
    ) -> Markup:
        """How much a unit answers for in each of many plans, as lines of a list."""
        return Markup(
            "".join(
                [
                    f'<li><a href="{safe(url[plan.address])}#don-vi-{safe(unit)}">{safe(labels.plan_in_brief(self._site_model, plan))}</a>{labels.replaced(plan)}: '
                    f"{safe(labels.roles_of(share))}; {safe(labels.rollup_line(share.rollup))}</li>\n"
                    for plan, share in shares
                ]
            )
        )

    def _brief(self, url: PageContext, commitment: Commitment) -> str:
        """A commitment as a line of a list on its own plan's page."""
        made = url.briefs.get(commitment.item.id)
        if made is None:
            words = safe(labels.shorten(commitment.words, 150))
            made = url.briefs[commitment.item.id] = (
                f'<li><a href="#{safe(commitment.item.id)}">{words}</a> {self._states[commitment.state]}</li>\n'
            )
        return made

    # -------------------------------------------------------- the document's own words

    def provision(self, url: PageContext, full: OpenPlan, item: schema.Item) -> Markup:
        """An item of a plan in its official words, with all below it. What is ours carries data-editorial."""
        url.icons.add(_LINK)
        lines: list[str] = []
        self._add_provision(lines, url, full, item, 0)
        return Markup("\n".join(lines))

    def _add_provision(
        self, lines: list[str], url: PageContext, full: OpenPlan, item: schema.Item, depth: int
    ) -> None:
        commitment = full.by_item.get(item.id)
        bullet = item.number in ("-", "+")
        key = safe(item.id)
        number = f'<span class="n">{safe(item.number)}</span> ' if item.number else ""
        more = ""
        if item.title and not bullet:
            level = min(depth + 3, 6)  # the document stands under an <h2>, and HTML has six levels
            reference = item.number or "đề mục này"
            words = f'<h{level} class="official">{number}{safe(item.title)}</h{level}>'
            if item.text:
                more = f'\n<p class="official">{safe(item.text)}</p>'
        else:
            reference = commitment.reference if commitment else item.id
            title = f"{safe(item.title)} " if item.title else ""
            words = f'<p class="official">{number}{title}{safe(item.text or "")}</p>'
        lines.append(
            f'<div class="item{" bullet" if bullet else ""} depth-{depth}" id="{key}">\n{words}\n'
            f'<a class="permalink" data-editorial href="#{key}" aria-label="Liên kết tới {safe(reference)}">{self._icons[_LINK]}</a>{more}'
        )
        if commitment:
            lines.append(self._facts(url, commitment))
        if item.id in full.notes:
            lines += [self.note(note) for note in full.notes[item.id]]
        for child in item.items:
            self._add_provision(lines, url, full, child, depth + 1)
        lines.append("</div>")

    def _facts(self, url: PageContext, commitment: Commitment) -> str:
        who, due, latest = self._facts_of(url, commitment)
        state = _line(self._states[commitment.state]) if commitment.kind != "objective" else ""
        who = _line(who) if commitment.assignments else ""
        if elsewhere := commitment.assigned_in:
            links = ", ".join(
                [f'<a href="#{safe(item)}">{safe(reference)}</a>' for item, reference in elsewhere]
            )
            who += f'\n<span class="who muted">Phân công ghi ở {links}</span>'
        history = _line(self._history(url, commitment)) if len(commitment.history) > 1 else ""
        return f'<div class="facts" data-editorial>\n{self._kinds[commitment.kind]}{state}{who}{_line(due)}{_line(latest)}{history}\n</div>'

    def note(self, note: schema.Note) -> Markup:
        """What a reader has to know about the source."""
        words = f"<strong>{safe(labels.NOTES[note.kind])}.</strong>"
        if note.printed:
            words += f" Văn bản in «{safe(note.printed)}»{f'; có lẽ là «{safe(note.meant)}»' if note.meant else ''}."
        if note.text:
            words += f" {safe(note.text)}"
        return Markup(f'<div class="note" data-editorial>\n<p>{words}</p>\n</div>\n')


def _line(html: str) -> str:
    """On a line of its own, unless there is nothing."""
    return f"\n{html}" if html else ""


def _report_link(url: PageContext, report: ReportView, item: schema.Item, words: str) -> str:
    """A link to what a report says of an item."""
    return f'<a href="{safe(url[report.address])}#{safe(item.id)}">{safe(words)}</a>'
