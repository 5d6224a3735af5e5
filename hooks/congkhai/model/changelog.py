"""What changed on the site, newest first: plans added and edited, reports received, and so on.

Plan views with their ledgers come in; `Change`s go out, and the feeds that they belong to.
Where git cannot tell, the day is None and the page says «không rõ».
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from congkhai.model import routes
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import Change, SiteModel
from congkhai.model.views import Place
from congkhai.text.vietnamese import capital

Subjects = dict[str, tuple[str, list[Change]]]
"""The feeds: address of the page → (title, changes)."""


def list_changes(views: Iterable[PlanView]) -> tuple[Change, ...]:
    """List all changes, newest first; those without a day last."""
    changes = [
        (entry.sorting_day or date.min, order, view.id, Change(view, entry))
        for view in views
        for order, entry in enumerate(view.ledger)
        if entry.is_news
    ]
    return tuple(row[-1] for row in sorted(changes, key=lambda row: row[:-1], reverse=True))


def local_subjects(site_model: SiteModel) -> Subjects:
    """Group the changes by plan, and by locality below the province."""
    groups: Subjects = {}
    for change in site_model.changes:
        plan = change.plan
        title = f"{capital(plan.document.type_name)} của {plan.issuer.name}"
        groups.setdefault(plan.address, (title, []))[1].append(change)
        if plan.place.level != "province":
            groups.setdefault(plan.place.address, (capital(plan.place.name), []))[1].append(change)
    return groups


def wide_subjects(site_model: SiteModel) -> Subjects:
    """Group the changes for feeds that span localities: the site, provinces, units.

    A province's feed has its communes' changes; a unit's feed has the plans that it
    issued or that name it, and the reports and responses that it made.
    """
    groups: Subjects = {
        routes.UPDATES: ("Công khai kế hoạch: mọi thay đổi", list(site_model.changes))
    }
    # Whoever waits for the first plan of a place can subscribe before it comes.
    for quiet in site_model.provinces:
        groups[quiet.address] = (capital(quiet.name), [])
    for unit_view in site_model.units_with_page:
        groups[unit_view.address] = (unit_view.unit.name, [])
    for change in site_model.changes:
        place = change.plan.place
        province = site_model.places.get(place.province or place.code)
        about = {}
        if province and province.level == "province":
            about[province.address] = capital(province.name)
        named = [share.unit for share in change.plan.units]
        if not change.plan.issuer.speaks_for_place:
            named.append(change.plan.issuer.unit)
        filed = change.entry.filed
        for unit in [filed.unit] if filed else named:
            about[site_model.units[unit].address] = site_model.units[unit].unit.name
        for address, title in about.items():
            groups.setdefault(address, (title, []))[1].append(change)
    return groups


def quiet_subjects(site_model: SiteModel, province: Place) -> Subjects:
    """Return the feeds, still empty, of a province's communes without a plan."""
    return {
        commune.address: (f"{capital(commune.name)}, {province.name}", [])
        for commune in site_model.communes.get(province.code, ())
        if not site_model.has_plan(commune) and not commune.anchor
    }
