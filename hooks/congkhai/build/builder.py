"""The whole site: each province by itself, then what shows them all.

Comes in: the data folder, and what is kept of the build before. Goes out: every generated
file, in the build's folder; problems. A province is read, judged, computed and written in
one go and let go of again; of its plans only the short views go on to the pages that
show the country. So memory grows with the largest province, all cores work from the
first file on, and of what did not change only the bytes are looked at.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain
from pathlib import Path

from congkhai.build.cache import Cache, Files, Index, Kept, Part, digest
from congkhai.build.inputs import BuildInputs
from congkhai.build.object_store import File
from congkhai.build.parallel import beside, run_tasks
from congkhai.checks.placement import Link, Links, link_of
from congkhai.checks.runner import check_links, check_plans, check_registers
from congkhai.data.load import load_plans
from congkhai.data.problem import Problem
from congkhai.exports import pagefind
from congkhai.exports.files import feed_files, national_jobs, plan_files, province_files
from congkhai.exports.job import Job
from congkhai.exports.search_documents import PROVISIONS, documents_to_index
from congkhai.exports.tables import TABLE, join_tables
from congkhai.model.changelog import local_subjects, wide_subjects
from congkhai.model.commitments import view_plan
from congkhai.model.derive import combine_plans
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import SiteModel
from congkhai.pages.page import Page
from congkhai.pages.pages import national_pages
from congkhai.pages.province_pages import place_page, plan_pages, year_pages
from congkhai.pages.render import Renderer

FEW_PLANS = 60
"""Fewer are done before another process is ready."""
CHUNKS = 8
"""Into so many shares the pages of the whole country are dealt out."""
SEARCH_WORK = 16
"""How much work the search index is, beside one such share."""
FEW_TABLES = 500
"""Fewer plans' tables are put together before another process is ready."""
NATION = "*"
"""The part of all pages that show several provinces; no folder has this name."""
WHOLE = "**"
"""The part that is put together from files of all others."""


@dataclass(frozen=True, slots=True)
class Province:
    """What came of one province's folder."""

    problems: tuple[Problem, ...]
    said: Mapping[str, Link]
    """What its plans say of others."""
    views: bytes
    """Its plans in short, packed; opened only when pages that show them have to be made."""
    digests: Mapping[str, bytes]
    """Of each of those views. Not of its packed form: that tells also which of its parts are one in memory."""
    part: Part | None
    """What was made; None when something is wrong with the data."""


class SiteBuilder:
    """One build of all generated files. First `provinces()`; then, when no error was found, `nation()`, and what came of it to `keep()`."""

    def __init__(
        self, inputs: BuildInputs, renderer: Renderer, cache: Cache, problems: Iterable[Problem]
    ) -> None:
        """`problems`: those found on the way to the inputs."""
        self._inputs = inputs
        self._renderer = renderer
        self._cache = cache
        self._problems = [*problems, *check_registers(inputs.registers)]
        self._provinces: dict[str, Province] = {}

    def provinces(self) -> list[Problem]:
        """Read, judge and write every province; all problems, sorted. With an error nothing more is of use."""
        inputs = self._inputs
        # Two plans that claim one address could not both be written there.
        known = chain(self._problems, check_links(inputs.links))
        makes = not any(problem.severity == "error" for problem in known)
        folders: dict[str, list[str]] = {}
        for plan_id in inputs.folder.plans:
            folders.setdefault(plan_id.partition("/")[0], []).append(plan_id)
        kept: dict[str, Part] = {}
        waiting = []
        for name, plan_ids in folders.items():
            basis = digest(
                inputs.basis,
                inputs.large,
                [(plan_id, inputs.bases[plan_id]) for plan_id in plan_ids],
            )
            part = self._same(name, basis)
            if part is not None:
                kept[name] = part
                self._provinces[name] = replace(pickle.loads(part.facts), part=part)
            else:
                waiting.append((name, basis, plan_ids))
        self._do_provinces(waiting, makes)
        found = self._judge()
        if not any(problem.severity == "error" for problem in found):
            # What is put in its place last need not be put there at all when something is wrong.
            gone = [
                (name, part.basis, folders[name])
                for name, part in kept.items()
                if not self._cache.reuse(_files(part))
            ]
            self._do_provinces(gone, makes)
        return found

    def _do_provinces(self, tasks: Sequence[tuple[str, bytes, Sequence[str]]], makes: bool) -> None:
        done = run_tasks(
            [partial(self._do_province, *task, makes) for task in tasks],
            [len(task[2]) for task in tasks],
            FEW_PLANS,
        )
        self._provinces |= {
            name: province for (name, _, _), province in zip(tasks, done, strict=True)
        }

    def _judge(self) -> list[Problem]:
        said = {
            plan_id: link
            for name in sorted(self._provinces)
            for plan_id, link in self._provinces[name].said.items()
        }
        found = [problem for province in self._provinces.values() for problem in province.problems]
        return sorted(
            {
                *self._problems,
                *found,
                *check_links(Links(said, self._inputs.registers.folders, self._inputs.read)),
            }
        )

    def nation(self, addresses: Sequence[str]) -> Index:
        """Write what shows the whole country; what to keep of it all.

        `addresses`: of the hand-written pages that the sitemap lists.
        """
        inputs = self._inputs
        parts = {
            name: province.part
            for name, province in sorted(self._provinces.items())
            if province.part is not None
        }
        digests = {
            plan_id: digest(told, inputs.history_of(plan_id))
            for province in self._provinces.values()
            for plan_id, told in province.digests.items()
        }
        made = {name: file for part in parts.values() for name, file in _files(part).items()}
        listed = [
            *addresses,
            *(
                address
                for part in parts.values()
                for kept in part.jobs.values()
                for address in kept.listed
            ),
        ]
        basis = digest(inputs.basis, inputs.history is None, sorted(digests.items()), listed)
        nation, shares, plans = self._same(NATION, basis), [], len(inputs.bases)
        # The table of all needs none of the plans, which one process joins meanwhile.
        with beside(lambda: self._table(made), plans, FEW_TABLES) as table:
            if nation is None or not self._cache.reuse(_files(nation)):
                nation, shares = None, self._share_nation(digests, listed)
            # The index takes longest, and uses one core: the pages of the whole country are made beside it.
            tasks = [lambda: {"search": self._search(made, basis)}, *shares]
            words, *done = run_tasks(
                tasks, [SEARCH_WORK * plans, *[plans] * len(shares)], SEARCH_WORK * FEW_PLANS
            )
            whole = Part(basis, {**words, "table": table()})
        nation = nation or Part(
            basis, {name: kept for share in done for name, kept in share.items()}
        )
        index = Index(parts={**parts, NATION: nation, WHOLE: whole}, seen=inputs.seen)
        self._cache.finish(index)
        return index

    def keep(self, index: Index) -> None:
        """Keep what was made for the next build; nothing of a build during which the data changed."""
        if self._inputs.still():
            self._cache.keep(index)

    def _table(self, made: Files) -> Kept:
        """All commitments in one table, put together from those of the plans that count. See `_may_stay`."""
        kept = self._before(WHOLE).get("table")
        if kept is not None and self._may_stay and self._cache.reuse(kept.files):
            return kept
        tables = [
            f"ke-hoach/{plan_id}/{TABLE}"
            for plan_id in sorted(self._inputs.bases)
            if plan_id not in self._inputs.superseded
        ]
        job = Job(
            "table", lambda: [(f"cam-ket/{TABLE}", join_tables(map(self._cache.read, tables)))]
        )
        return self._do(
            job,
            digest(self._inputs.basis, [made[name].digest for name in tables]),
            self._before(WHOLE),
        )

    def _search(self, made: Files, basis: bytes) -> Kept:
        """The search index, made again when a word or a page's name changed. See `_may_stay`."""
        kept = self._before(WHOLE).get("search")
        words = digest(
            basis,
            sorted(known.digest for name, known in made.items() if name.endswith(f"/{PROVISIONS}")),
        )
        if (
            kept is not None
            and (kept.basis == words or self._may_stay)
            and self._cache.reuse(kept.files)
        ):
            return kept
        self._cache.clear(pagefind.FOLDER)
        found = pagefind.index(
            documents_to_index(self._site_model, self._cache.read), Path(self._cache.staging)
        )
        return Kept(words, dict(map(self._cache.adopt, found)), {})

    @property
    def _may_stay(self) -> bool:
        """In a large site's preview the index and the table of before may stay: they would take longer than all that an editor looks at."""
        return self._inputs.large and self._renderer.site.preview

    @cached_property
    def _site_model(self) -> SiteModel:
        """The whole country, of plans in short."""
        inputs = self._inputs
        views = [
            inputs.opens(view)
            for province in self._provinces.values()
            for view in pickle.loads(province.views)
        ]
        return combine_plans(
            inputs.registers, inputs.gazetteer, views, inputs.as_of, inputs.history
        )

    def _do_province(
        self, name: str, basis: bytes, plan_ids: Sequence[str], makes: bool
    ) -> Province:
        inputs = self._inputs
        dataset, problems = load_plans(inputs.registers, inputs.folder, plan_ids)
        problems += check_plans(dataset, inputs.gazetteer.places, inputs.as_of)
        said = {plan_id: link_of(loaded.value) for plan_id, loaded in dataset.plans.items()}
        if not makes or any(problem.severity == "error" for problem in problems):
            return Province(tuple(problems), said, b"", {}, None)
        views = [
            inputs.recorded(
                view_plan(
                    dataset,
                    plan_id,
                    inputs.gazetteer.places,
                    inputs.superseded.get(plan_id),
                    inputs.as_of,
                )
            )
            for plan_id in dataset.plans
        ]
        site_model = combine_plans(
            inputs.registers, inputs.gazetteer, views, inputs.as_of, inputs.history
        )
        subjects = local_subjects(site_model)
        self._renderer.show(site_model, subjects)
        url = self._renderer.site.url

        def own(plans: Sequence[PlanView]) -> Job:
            """All that shows one locality and its plans."""
            place = plans[0].place
            pages = [] if place.level == "province" else [place_page(site_model, place)]
            pages += [page for plan in plans for page in plan_pages(site_model, plan)]

            def make() -> Iterator[tuple[str, bytes]]:
                yield from self._print(pages)
                for plan in plans:
                    yield from plan_files(site_model, plan, url, inputs.data)
                yield from feed_files(
                    site_model,
                    {
                        address: subjects[address]
                        for address in (place.address, *(plan.address for plan in plans))
                        if address in subjects
                    },
                    url,
                )

            return Job(
                place.code, make, listed=tuple(page.address for page in pages if page.listed)
            )

        jobs = [
            (own(plans), digest(*(inputs.bases[plan.id] for plan in plans)))
            for plans in site_model.plans_of.values()
        ]
        years = list(year_pages(site_model)) if inputs.large else []
        jobs.append(
            (
                Job(
                    name,
                    lambda: chain(
                        self._print(years), province_files(site_model, url, large=inputs.large)
                    ),
                    listed=tuple(page.address for page in years),
                ),
                basis,
            )
        )
        before = self._before(name)
        made = {job.name: self._do(job, based_on, before) for job, based_on in jobs}
        packed = pickle.dumps(
            [replace(view, opener=None) for view in views], pickle.HIGHEST_PROTOCOL
        )
        province = Province(
            tuple(problems), said, packed, {view.id: digest(view) for view in views}, None
        )
        return replace(
            province, part=Part(basis, made, pickle.dumps(province, pickle.HIGHEST_PROTOCOL))
        )

    def _share_nation(
        self, digests: Mapping[str, bytes], listed: Sequence[str]
    ) -> list[Callable[[], dict[str, Kept]]]:
        """The pages of the whole country, dealt out into shares of like size."""
        inputs, site_model = self._inputs, self._site_model
        self._renderer.show(site_model, wide_subjects(site_model))
        pages = list(national_pages(site_model))
        found = [*listed, *(page.address for page in pages if page.listed)]
        jobs = [Job(page.address, partial(self._print, [page]), page.of) for page in pages]
        jobs += national_jobs(site_model, self._renderer.site.url, found)
        every = digest(sorted(digests.items()))

        def basis(job: Job) -> bytes:
            told = (
                every
                if job.of is None
                else [
                    digests[thing.id] if isinstance(thing, PlanView) else repr(thing)
                    for thing in job.of
                ]
            )
            return digest(
                inputs.basis, inputs.history is None, job.name, told, found if job.lists_all else ()
            )

        before = self._before(NATION)

        def do(share: Sequence[Job]) -> dict[str, Kept]:
            return {job.name: self._do(job, basis(job), before) for job in share}

        return [partial(do, jobs[start::CHUNKS]) for start in range(CHUNKS)]

    def _do(self, job: Job, basis: bytes, before: Mapping[str, Kept]) -> Kept:
        """The files of one job: those of the build before, when they would be the same; else made now."""
        kept = before.get(job.name)
        if (
            kept is not None
            and kept.basis == basis
            and self._inputs.unchanged(kept.opened)
            and self._cache.reuse(kept.files)
        ):
            return kept
        self._inputs.opened.clear()
        files = dict(self._cache.write(address, content) for address, content in job.make())
        return Kept(basis, files, dict(self._inputs.opened), job.listed)

    def _same(self, name: str, basis: bytes) -> Part | None:
        """A part of the build before, when it would be the same now."""
        part = self._cache.before.parts.get(name)
        same = (
            part is not None
            and part.basis == basis
            and all(self._inputs.unchanged(kept.opened) for kept in part.jobs.values())
        )
        return part if same else None

    def _before(self, name: str) -> Mapping[str, Kept]:
        part = self._cache.before.parts.get(name)
        return part.jobs if part else {}

    def _print(self, pages: Iterable[Page]) -> Iterator[tuple[str, bytes]]:
        return ((page.address, self._renderer.page(page).encode()) for page in pages)


def _files(part: Part) -> dict[str, File]:
    return {name: file for kept in part.jobs.values() for name, file in kept.files.items()}
