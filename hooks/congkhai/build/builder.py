"""All generated files of a site: each province by itself, then what shows several of them.

Comes in: `BuildInputs`, and what is kept of the last build. Goes out: every generated file in
the build's folder; problems; the index of what was made. A province is read, checked,
computed and written by one task, which then lets go of it; of its plans only the short views
go on to the pages of the whole country. So memory grows with the largest province, and all
cores work from the first file on.
"""

from __future__ import annotations

import pickle
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from congkhai.build.cache import (
    Cache,
    CacheIndex,
    JobResult,
    RegisterCheck,
    SitePart,
    digest,
)
from congkhai.build.inputs import BuildInputs
from congkhai.build.ledger_store import LedgerStore
from congkhai.build.parallel import Elsewhere, Executor, ExecutorError, SerialExecutor, Task
from congkhai.build.published_data import list_sources, register_name
from congkhai.checks.placement import Link, Links, link_of
from congkhai.checks.published import check_history
from congkhai.checks.runner import check_links, check_plans, check_registers
from congkhai.data.files import read_lines
from congkhai.data.git_history import History, read_history
from congkhai.data.load import Dataset, load_plans
from congkhai.data.problem import Problem
from congkhai.exports.calendars import place_calendar
from congkhai.exports.facets import FOLDER as FACETS
from congkhai.exports.facets import province_tables
from congkhai.exports.files import (
    feed_files,
    national_jobs,
    plan_files,
    province_files,
    removed_files,
    withdrawn_files,
)
from congkhai.exports.job import Job
from congkhai.exports.open_data.json_files import day_file
from congkhai.exports.open_data.plan_tables import PlanTables
from congkhai.exports.search_documents import PROVISIONS, search_files
from congkhai.exports.shared_pictures import picture_job
from congkhai.exports.tables import TABLE, join_tables
from congkhai.model import routes
from congkhai.model.changelog import Subjects, local_subjects, quiet_subjects, wide_subjects
from congkhai.model.commitments import view_plan
from congkhai.model.derive import add_ledgers, combine_plans
from congkhai.model.plan_view import PlanStore, PlanView
from congkhai.model.redirects import FormerName, Redirects, list_moves, list_rules
from congkhai.model.site_model import SiteModel
from congkhai.model.today import Interval, meet_all
from congkhai.model.views import Place
from congkhai.model.withdrawn_plans import WithdrawnPlan
from congkhai.pages import redirect_rules, security_headers
from congkhai.pages.body_pages import body_pages, province_body_pages
from congkhai.pages.page import Page
from congkhai.pages.pages import moved_page, national_pages
from congkhai.pages.province_pages import (
    commune_pages,
    former_plans,
    place_page,
    plan_pages,
    year_pages,
)
from congkhai.pages.render import Renderer
from congkhai.pages.shared_pictures import plan_picture

# Weights of tasks, in the work of linking one plan's files into the site.
REUSE_WEIGHT = 1
MAKE_WEIGHT = 16
MIN_WEIGHT_FOR_PARALLEL = 60 * MAKE_WEIGHT
"""With less to do, forking costs more than it saves."""
NATIONAL_SHARES = 8
"""The pages of the whole country are dealt out to so many tasks."""

NATION = "*"
"""The part of all pages that show several provinces; no folder has this name."""
WHOLE = "**"
"""The part that is put together from files of all others."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What came of a build."""

    problems: list[Problem]
    """Sorted. With an error among them, no site can be published."""
    index: CacheIndex
    """What was made; empty when there is an error."""


@dataclass(frozen=True, slots=True)
class ProvinceFolder:
    """The plans of a province, of which the pages are still to be made or reused."""

    name: str
    """Of the province's folder today; plans may lie in one that it had before."""
    plan_ids: Sequence[str]
    basis: bytes
    kept: SitePart | None
    """What the last build made of it; None when that would be different now."""

    @property
    def weight(self) -> int:
        """Return how much work it is."""
        return len(self.plan_ids) * (MAKE_WEIGHT if self.kept is None else REUSE_WEIGHT)


@dataclass(frozen=True, slots=True)
class Province:
    """What came of one province's folder."""

    problems: tuple[Problem, ...]
    links: Mapping[str, Link]
    """By plan: what it says of other plans."""
    digests: Mapping[str, bytes]
    """A hash of each plan in short. Not of its pickled form: that also tells which of its values
    are one object in memory."""
    part: SitePart | None
    """What was made, with the plans in short among its facts; None when there is an error in the
    data."""


@dataclass(frozen=True, slots=True)
class ReadProvince:
    """A province whose files are still to be made."""

    problems: tuple[Problem, ...]
    links: Mapping[str, Link]
    views: Sequence[PlanView]
    """Empty when something is wrong, here or elsewhere."""
    store: PlanStore
    """Holds every plan of `views` in full."""


@dataclass(frozen=True, slots=True)
class MadeElsewhere:
    """What another machine made of a province."""

    province: Province
    contents: bytes
    """Its files by name, pickled and compressed."""


class SiteBuilder:
    """One build of all generated files."""

    def __init__(
        self,
        inputs: BuildInputs,
        renderer: Renderer,
        cache: Cache,
        executor: Executor,
        problems: Iterable[Problem],
    ) -> None:
        """`problems`: those that came with the inputs."""
        self._inputs = inputs
        self._renderer = renderer
        self._cache = cache
        self._executor = executor
        self._register_check = self._check_registers()
        self._problems = [*problems, *self._register_check.problems]
        self._provinces: dict[str, Province] = {}
        self._store = inputs.new_store()
        self._ledgers = LedgerStore(cache)

    def build(self, addresses: Sequence[str]) -> BuildResult:
        """Write every generated file; when the data has an error, list all problems instead.

        `addresses`: those of the hand-written pages that the sitemap lists.
        """
        self._provinces = self._build_provinces()
        problems = self._collect_problems()
        if _has_errors(problems):
            return BuildResult(problems, CacheIndex())
        return BuildResult(problems, self._build_nation(addresses))

    @property
    def valid(self) -> Interval:
        """Return the days on which what all pages rest on is so."""
        with self._inputs.today.watch(self._inputs.withdrawn_valid) as watch:
            return watch.interval

    def list_sources(self, index: CacheIndex) -> dict[str, str]:
        """Return where each file of the data folder is on the site."""
        return list_sources(self._inputs.folder, index.files().keys())

    def save(self, index: CacheIndex) -> None:
        """Keep what was made for the next build, unless the data changed meanwhile."""
        if self._inputs.are_current():
            self._cache.save(index)

    def _check_registers(self) -> RegisterCheck:
        """Check the registers, unless they are those of the last build."""
        inputs = self._inputs
        basis = digest(inputs.basis, sorted(inputs.folder.plans), sorted(inputs.held.items()))
        last = self._cache.index.register_check
        if last is not None and last.basis == basis:
            return last
        return RegisterCheck(basis, tuple(check_registers(inputs.registers)))

    # -------------------------------------------------------------- provinces

    def _build_provinces(self) -> dict[str, Province]:
        # Two plans that claim one address could not both be written there.
        early_problems = chain(self._problems, check_links(self._inputs.links))
        is_writable = not _has_errors(early_problems)
        folders = self._province_folders()
        if any(folder.kept is None for folder in folders):
            self._renderer.load_templates()
        results = self._executor.run(
            [
                Task(
                    partial(self._build_or_reuse, folder, is_writable),
                    folder.weight,
                    # What is kept is kept here.
                    partial(self._send, folder, is_writable) if folder.kept is None else None,
                )
                for folder in folders
            ],
            min_weight=MIN_WEIGHT_FOR_PARALLEL,
        )
        return {
            folder.name: result if result is not None else _unpickle_province(folder.kept)
            for folder, result in zip(folders, results, strict=True)
        }

    def _province_folders(self) -> list[ProvinceFolder]:
        inputs = self._inputs
        plan_ids_by_name: dict[str, list[str]] = {}
        for plan_id in inputs.folder.plans:
            name = inputs.provinces.get(plan_id) or plan_id.partition("/")[0]
            plan_ids_by_name.setdefault(name, []).append(plan_id)
        folders = []
        for name, plan_ids in plan_ids_by_name.items():
            bases = [(plan_id, inputs.bases[plan_id]) for plan_id in plan_ids]
            basis = digest(inputs.basis, inputs.is_large, bases)
            folders.append(ProvinceFolder(name, plan_ids, basis, self._kept_part(name, basis)))
        return folders

    def _build_or_reuse(self, folder: ProvinceFolder, is_writable: bool) -> Province | None:
        """Put a province's files into the build; None when all are those of the last build."""
        if folder.kept is not None and self._cache.reuse(folder.kept.files()):
            return None
        return self.build_province(folder, is_writable)

    def _send(self, folder: ProvinceFolder, is_writable: bool) -> Elsewhere[Province | None]:
        """Prepare a province for another machine."""
        work = partial(build_elsewhere, self._order, folder, is_writable)
        return Elsewhere(work, partial(self._take_in, folder.name))

    @cached_property
    def _order(self) -> bytes:
        """What every province depends on, packed for other machines."""
        return zlib.compress(
            _pickle((self._inputs, self._renderer.site, self._renderer.template_folders)), 1
        )

    def _take_in(self, name: str, made: object) -> Province:
        """Put what another machine made of a province into the build, if it came in whole."""
        assert isinstance(made, MadeElsewhere)
        files = made.province.part.files() if made.province.part is not None else {}
        contents = pickle.loads(zlib.decompress(made.contents))
        if contents.keys() != files.keys():
            raise ExecutorError(f"tệp của «{name}» về không đủ; dựng lại")
        for file, content in contents.items():
            if self._cache.write(file, content)[1] != files[file]:
                raise ExecutorError(f"{file}: nội dung về đây khác lúc gửi; dựng lại")
        return made.province

    def build_province(self, folder: ProvinceFolder, is_writable: bool) -> Province:
        """Read, check and write one province; `is_writable`: nothing else is wrong so far."""
        read = self._read_province(folder, is_writable)
        views = read.views
        if not views:
            return Province(read.problems, read.links, {}, None)
        jobs = self._write_province(folder, views, read.store)
        digests = {view.id: digest(view) for view in views}
        province = Province(read.problems, read.links, digests, None)
        facts = _pickle((province, _pickle([replace(view, store=None) for view in views])))
        valid = meet_all(view.valid for view in views)
        return replace(province, part=SitePart(folder.basis, jobs, facts, valid))

    def _read_province(self, folder: ProvinceFolder, is_writable: bool) -> ReadProvince:
        """Read, check and compute one province. What only the checks need is let go here."""
        inputs = self._inputs
        dataset, problems = load_plans(inputs.registers, inputs.folder, folder.plan_ids)
        problems += check_plans(dataset, inputs.gazetteer.places, inputs.as_of)
        links = {plan_id: link_of(loaded.value) for plan_id, loaded in dataset.plans.items()}
        store = PlanStore(today=inputs.today)
        views: list[PlanView] = []
        if is_writable and not _has_errors(problems):
            views = [
                view_plan(
                    dataset,
                    plan_id,
                    inputs.gazetteer.places,
                    inputs.superseded.get(plan_id),
                    inputs.today,
                    store,
                    inputs.topics,
                )
                for plan_id in dataset.plans
            ]
            views = self._add_ledgers(folder.name, views, dataset)
            problems += check_history(dataset, views)
        return ReadProvince(tuple(problems), links, [] if _has_errors(problems) else views, store)

    def _add_ledgers(
        self, name: str, views: Sequence[PlanView], dataset: Dataset
    ) -> list[PlanView]:
        inputs = self._inputs
        kept = self._ledgers.load(name)
        with inputs.new_reader(kept) as reader:
            result = add_ledgers(views, dataset, reader)
        if reader.comparisons != kept:
            self._ledgers.save(name, reader.comparisons)
        return result

    def _write_province(
        self, folder: ProvinceFolder, views: Sequence[PlanView], store: PlanStore
    ) -> dict[str, JobResult]:
        inputs = self._inputs
        site_model = combine_plans(
            inputs.registers,
            inputs.gazetteer,
            views,
            inputs.today,
            dates_known=inputs.dates_known,
        )
        subjects = local_subjects(site_model)
        self._renderer.show(site_model, subjects)
        tables = PlanTables(site_model, self._renderer.site.url)
        kept = self._kept_jobs(folder.name)
        results = {}
        plans_by_place: dict[str, list[PlanView]] = {}
        for view in site_model.plans.values():
            plans_by_place.setdefault(view.place.code, []).append(view)
        for plans in plans_by_place.values():
            job = self._place_job(site_model, subjects, tables, plans)
            basis = digest(*(inputs.bases[plan.id] for plan in plans))
            results[job.name] = self._run_job(job, basis, kept, store)
        for view in site_model.plans.values():
            job = picture_job(plan_picture(view, site_model), self._renderer.site)
            results[job.name] = self._run_job(job, job.basis or folder.basis, kept, store)
        job = self._province_job(site_model, tables, folder.name)
        results[job.name] = self._run_job(job, folder.basis, kept, store)
        # The next province needs the memory.
        self._renderer.let_go()
        return results

    def _place_job(
        self,
        site_model: SiteModel,
        subjects: Subjects,
        tables: PlanTables,
        plans: Sequence[PlanView],
    ) -> Job:
        """Return the job of all that shows one locality and its plans."""
        place = plans[0].place
        url = self._renderer.site.url
        with self._inputs.today.watch(_valid(plans)) as watch:
            pages = [] if place.level == "province" else [place_page(site_model, place)]
            pages += [page for plan in plans for page in plan_pages(site_model, plan)]
            pages += body_pages(site_model, plans)
        rests_on = watch.interval
        addresses = [place.address, *(plan.address for plan in plans)]
        feeds = {address: subjects[address] for address in addresses if address in subjects}

        def make() -> Iterator[tuple[str, bytes]]:
            yield from self._render(pages, rests_on)
            for plan in plans:
                yield from plan_files(site_model, plan, url, self._inputs.data, tables)
            yield from self._removed_files(plans)
            yield place_calendar(site_model, plans, url)
            yield from feed_files(site_model, feeds, url)

        listed = tuple(page.address for page in pages if page.listed)
        return Job(place.code, make, listed=listed, rests_on=rests_on)

    def _removed_files(self, plans: Sequence[PlanView]) -> Iterator[tuple[str, bytes]]:
        history = self._inputs.history
        gone = [plan for plan in plans if plan.removed_reports or plan.removed_responses]
        if history is None or not gone:
            return
        with history.open_contents() as read_content:
            for plan in gone:
                yield from removed_files(plan, read_content)

    def _register_files(self) -> Iterator[tuple[str, bytes]]:
        """Publish the data folder's own registers, as its plans are: others can build it again."""
        for file in sorted(self._inputs.folder.registers):
            yield register_name(file), read_lines(self._inputs.data / file)

    def _withdrawn_files(self) -> Iterator[tuple[str, bytes]]:
        history = self._inputs.history
        if history is None or not self._inputs.withdrawn:
            return
        with history.open_contents() as read_content:
            yield from withdrawn_files(self._inputs.withdrawn, read_content)

    def _province_job(self, site_model: SiteModel, tables: PlanTables, name: str) -> Job:
        """Return the job of what shows all plans of a province."""
        is_large = self._inputs.is_large
        with self._inputs.today.watch(_valid(site_model.plans.values())) as watch:
            pages = [
                *province_body_pages(site_model, large=is_large),
                *(year_pages(site_model) if is_large else ()),
            ]
        rests_on = watch.interval

        def make() -> Iterator[tuple[str, bytes | Iterator[bytes | memoryview]]]:
            yield from self._render(pages, rests_on)
            yield from province_files(site_model, self._renderer.site.url, tables, large=is_large)
            if is_large:
                yield from province_tables(site_model, self._cache.read)

        # A slash: the code of the nation is its folder too.
        listed = tuple(page.address for page in pages)
        return Job(f"{name}/", make, listed=listed, rests_on=rests_on)

    def _collect_problems(self) -> list[Problem]:
        inputs = self._inputs
        provinces = [self._provinces[name] for name in sorted(self._provinces)]
        links = {
            plan_id: link for province in provinces for plan_id, link in province.links.items()
        }
        return sorted(
            {
                *self._problems,
                *(problem for province in provinces for problem in province.problems),
                *check_links(
                    Links(
                        links, inputs.registers.folders, inputs.read_plan, inputs.gazetteer.places
                    )
                ),
            }
        )

    # ------------------------------------------------------ the whole country

    def _build_nation(self, addresses: Sequence[str]) -> CacheIndex:
        inputs = self._inputs
        parts = {
            name: province.part
            for name, province in sorted(self._provinces.items())
            if province.part is not None
        }
        digests = {
            plan_id: view_digest
            for province in self._provinces.values()
            for plan_id, view_digest in province.digests.items()
        }
        jobs = [job for part in parts.values() for job in part.jobs.values()]
        listed = [*addresses, *(address for job in jobs for address in job.listed)]
        # Of all files these would be ten megabytes.
        file_digests = {
            name: file.digest
            for job in jobs
            for name, file in job.files.items()
            if name.endswith((f"/{PROVISIONS}", f"/{TABLE}")) or name.startswith(FACETS)
        }
        digests["*"] = digest(inputs.withdrawn, inputs.register_changes)
        basis = digest(inputs.basis, inputs.dates_known, self._hash_plans(digests), listed)
        nation = self._kept_part(NATION, basis)
        if nation is not None and not self._cache.reuse(nation.files()):
            nation = None
        shares = [] if nation is not None else self._national_shares(digests, listed)
        plan_count = len(inputs.bases)
        # The search index takes longest, and one core: the pages are made beside it.
        search, table, *results = self._executor.run(
            [
                Task(lambda: {"search": self._build_search(file_digests, basis)}, 16 * plan_count),
                Task(lambda: {"table": self._build_table(file_digests)}, plan_count),
                *(Task(partial(self._run_share, share), plan_count) for share in shares),
            ],
            min_weight=MIN_WEIGHT_FOR_PARALLEL,
        )
        if nation is None:
            nation = SitePart(basis, {name: job for jobs in results for name, job in jobs.items()})
        made = [job.files for part in (*parts.values(), nation) for job in part.jobs.values()]
        made += [job.files for job in (search | table).values()]
        files = {name: file.digest for job_files in made for name, file in job_files.items()}
        former_names = self._redirects.all_former_names(files.keys())
        redirects = {"redirects": self._build_redirects(former_names, files)}
        whole = SitePart(basis, search | table | redirects | {"day": self._build_day()})
        return CacheIndex(
            parts={**parts, NATION: nation, WHOLE: whole},
            folder_states=inputs.folder_states,
            register_check=self._register_check,
            redirects={old: former.new for old, former in former_names.items()},
        )

    def _national_shares(
        self, digests: Mapping[str, bytes], listed: Sequence[str]
    ) -> list[list[tuple[Job, bytes]]]:
        """Deal out the jobs of the country's pages, with their bases, into like shares."""
        site_model = self._site_model
        quiet = [quiet_subjects(site_model, province) for province in site_model.provinces]
        subjects = wide_subjects(site_model)
        self._renderer.show(site_model, subjects | {k: v for one in quiet for k, v in one.items()})
        with self._inputs.today.watch() as watch:
            pages = list(national_pages(site_model))
        listed = [*listed, *(page.address for page in pages if page.listed)]
        jobs = [
            Job(
                page.address,
                partial(self._render, [page], self._valid(page.of).meet(watch.interval)),
                page.of,
            )
            for page in pages
        ]
        for province in site_model.provinces:
            job = self._communes_job(site_model, province)
            jobs.append(job)
            listed += job.listed
        jobs += national_jobs(site_model, self._renderer.site, listed)
        jobs.append(Job("registers", self._register_files, ()))
        jobs.append(Job("withdrawn", self._withdrawn_files, self._inputs.withdrawn))
        # A job that hashes all that it shows needs no days beside it.
        jobs = [
            replace(job, rests_on=self._valid(job.of).meet(job.rests_on).meet(watch.interval))
            if job.basis is None
            else job
            for job in jobs
        ]
        every_plan = self._hash_plans(digests)
        weighed = [(job, self._national_basis(job, digests, every_plan, listed)) for job in jobs]
        return [weighed[start::NATIONAL_SHARES] for start in range(NATIONAL_SHARES)]

    def _communes_job(self, site_model: SiteModel, province: Place) -> Job:
        """Return the job of a province's communes without a plan: their pages, and their feeds.

        Of what communes with a plan say, the pages of the others show their names alone.
        """
        pages = list(commune_pages(site_model, province))
        feeds = quiet_subjects(site_model, province)
        with_plan = [
            (commune.code, commune.code in site_model.plans_of)
            for commune in site_model.communes.get(province.code, ())
            if site_model.has_plan(commune)
        ]

        former = [plan for _, plans in former_plans(site_model, province) for plan in plans]
        of = (province, with_plan, *site_model.plans_of.get(province.code, ()), *former)

        def make() -> Iterator[tuple[str, bytes]]:
            yield from self._render(pages, self._valid(of))
            yield from feed_files(site_model, feeds, self._renderer.site.url)

        return Job(
            f"{province.address}*",
            make,
            of,
            listed=tuple(page.address for page in pages if page.listed),
        )

    def _hash_plans(self, digests: Mapping[str, bytes]) -> bytes:
        """Hash all plans in short, and those whose provisions are goals of others in full."""
        return digest(sorted(digests.items()), sorted(self._inputs.held.items()))

    def _national_basis(
        self, job: Job, digests: Mapping[str, bytes], every_plan: bytes, listed: Sequence[str]
    ) -> bytes:
        if job.basis is not None:
            return job.basis
        shown: object = every_plan
        if job.of is not None:
            shown = [
                digests[thing.id] if isinstance(thing, PlanView) else repr(thing)
                for thing in job.of
            ]
        return digest(
            self._inputs.basis,
            self._inputs.dates_known,
            job.name,
            shown,
            listed if job.lists_all else (),
        )

    def _run_share(self, share: Sequence[tuple[Job, bytes]]) -> dict[str, JobResult]:
        kept = self._kept_jobs(NATION)
        return {job.name: self._run_job(job, basis, kept, self._store) for job, basis in share}

    def _valid(self, of: tuple[object, ...] | None) -> Interval:
        """Return the days on which what national pages are made of is so; see `Job.of`."""
        if of is None:
            return self._nation_valid
        withdrawn = any(isinstance(thing, WithdrawnPlan) for thing in of)
        valid = _valid(thing for thing in of if isinstance(thing, PlanView))
        return valid.meet(self._inputs.withdrawn_valid) if withdrawn else valid

    @cached_property
    def _nation_valid(self) -> Interval:
        return _valid(self._site_model.plans.values()).meet(self._inputs.withdrawn_valid)

    def _build_table(self, file_digests: Mapping[str, str]) -> JobResult:
        """Put all commitments into one table, from the tables of the plans that count."""
        kept = self._kept_jobs(WHOLE)
        table = kept.get("table")
        if table is not None and self._may_be_stale and self._cache.reuse(table.files):
            return table
        names = [
            f"{routes.plan(plan_id)}{TABLE}"
            for plan_id in sorted(self._inputs.bases)
            if plan_id not in self._inputs.superseded
        ]
        basis = digest(self._inputs.basis, [file_digests[name] for name in names])
        rows = partial(join_tables, map(self._cache.read, names))
        job = Job("table", lambda: [(routes.COMMITMENTS_TABLE, rows())])
        return self._run_job(job, basis, kept, self._store)

    def _build_day(self) -> JobResult:
        """Write the one file that the day is in, beside the manifest."""
        day = self._inputs.as_of
        job = Job("day", lambda: [day_file(day, self._renderer.site.url)])
        basis = digest(self._inputs.basis, day)
        return self._run_job(job, basis, self._kept_jobs(WHOLE), self._store)

    def _build_redirects(
        self, former_names: Mapping[str, FormerName], files: Mapping[str, str]
    ) -> JobResult:
        """Lead on from every former address: by a page, by a copy, and by rules for hosts.

        `files`: the SHA-256 of every file by its name.
        """
        path = urlsplit(self._renderer.site.url).path
        rules = list_rules(former_names.values(), files)

        def make() -> Iterator[tuple[str, bytes]]:
            yield "_redirects", redirect_rules.for_hosts(rules, path)
            moved = redirect_rules.for_nginx(rules, path)
            yield "nginx.conf.example", security_headers.for_nginx(path, moved)
            for old, former in former_names.items():
                if former.new.endswith(".html"):
                    yield old, self._renderer.page(moved_page(former)).encode()
                else:
                    yield old, self._cache.read(former.new)

        shown = [
            (former, former.new if former.new.endswith(".html") else files[former.new])
            for former in former_names.values()
        ]
        basis = digest(self._inputs.basis, shown, rules)
        return self._run_job(Job("redirects", make), basis, self._kept_jobs(WHOLE), self._store)

    @cached_property
    def _redirects(self) -> Redirects:
        inputs = self._inputs
        former_paths = {
            plan_id: link.former_paths for plan_id, link in inputs.links.by_plan.items()
        }
        return Redirects(list_moves(inputs.gazetteer.places, former_paths))

    def _build_search(self, file_digests: Mapping[str, str], nation_basis: bytes) -> JobResult:
        """Build the search index, unless no word and no page's name has changed."""
        search = self._kept_jobs(WHOLE).get("search")
        basis = digest(
            nation_basis,
            sorted(
                checksum
                for name, checksum in file_digests.items()
                if name.endswith(f"/{PROVISIONS}") or name.startswith(FACETS)
            ),
        )
        is_usable = search is not None and (search.basis == basis or self._may_be_stale)
        if search is not None and is_usable and self._cache.reuse(search.files):
            return search
        job = Job("search", partial(search_files, self._site_model, self._cache.read))
        return self._run_job(job, basis, {}, self._store)

    @property
    def _may_be_stale(self) -> bool:
        """Say whether the search index and the table of all may stay as they are.

        In a large site's preview they would take longer than all that an editor looks at.
        """
        return self._inputs.is_large and self._renderer.site.preview

    @cached_property
    def _site_model(self) -> SiteModel:
        """The whole country, from plans in short."""
        inputs = self._inputs
        views = [
            replace(view, store=self._store)
            for province in self._provinces.values()
            for view in _unpickle_views(province.part)
        ]
        return combine_plans(
            inputs.registers,
            inputs.gazetteer,
            views,
            inputs.today,
            inputs.withdrawn,
            inputs.register_changes,
            dates_known=inputs.dates_known,
        )

    # -------------------------------------------------------------------- jobs

    def _run_job(
        self, job: Job, basis: bytes, kept: Mapping[str, JobResult], store: PlanStore
    ) -> JobResult:
        """Make a job's files, or reuse those of the last build when they would be the same."""
        today = self._inputs.today
        last = kept.get(job.name)
        if (
            last is not None
            and last.basis == basis
            and today.is_within(last.valid)
            and self._inputs.are_unchanged(last.opened)
            and self._cache.reuse(last.files)
        ):
            return last
        with store.record() as opened, today.watch(job.rests_on) as watch:
            files = dict(self._cache.write(address, content) for address, content in job.make())
        bases = {plan_id: self._inputs.bases[plan_id] for plan_id in sorted(opened)}
        return JobResult(basis, files, bases, job.listed, watch.interval)

    def _kept_part(self, name: str, basis: bytes) -> SitePart | None:
        """Return a part of the last build, when it would be the same now."""
        part = self._cache.index.parts.get(name)
        if part is None or part.basis != basis or not self._inputs.today.is_within(part.valid):
            return None
        unchanged = all(self._inputs.are_unchanged(job.opened) for job in part.jobs.values())
        return part if unchanged else None

    def _kept_jobs(self, name: str) -> Mapping[str, JobResult]:
        part = self._cache.index.parts.get(name)
        return part.jobs if part is not None else {}

    def _render(self, pages: Iterable[Page], rests_on: Interval) -> Iterator[tuple[str, bytes]]:
        return ((page.address, self._renderer.page(page, rests_on).encode()) for page in pages)


def _has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _valid(plans: Iterable[PlanView]) -> Interval:
    """Return the days on which all that is said of some plans is so."""
    return meet_all(plan.valid for plan in plans)


def build_elsewhere(order: bytes, folder: ProvinceFolder, is_writable: bool) -> MadeElsewhere:
    """Build a province on a machine that has the same data, and keep nothing there.

    Raises ExecutorError where the data is another one.
    """
    inputs, renderer = _read_order(order)
    differing = inputs.list_differing(folder.plan_ids)
    if differing:
        raise ExecutorError(
            f"dữ liệu ở máy làm việc khác ở đây: {inputs.data}/{differing[0]}"
            f" ({len(differing)} kế hoạch); cho các máy dùng chung một thư mục"
        )
    with tempfile.TemporaryDirectory(prefix="congkhai.") as staging:
        cache = Cache(None, Path(staging))
        builder = SiteBuilder(inputs, renderer, cache, SerialExecutor(), ())
        province = builder.build_province(folder, is_writable)
        files = province.part.files() if province.part is not None else {}
        contents = _pickle({name: cache.read(name) for name in files})
    return MadeElsewhere(province, zlib.compress(contents, 1))


@lru_cache(maxsize=1)  # one machine makes several provinces
def _read_order(order: bytes) -> tuple[BuildInputs, Renderer]:
    inputs, site, template_folders = pickle.loads(zlib.decompress(order))
    if isinstance(inputs.history, History) and read_history(inputs.data) != inputs.history:
        raise ExecutorError(
            f"lịch sử git của {inputs.data} ở máy làm việc khác ở đây;"
            " cho các máy dùng chung một thư mục"
        )
    return inputs, Renderer(template_folders, site)


def _pickle(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _unpickle_province(part: SitePart | None) -> Province:
    assert part is not None, "only a kept part is reused"
    province: Province
    province, _ = pickle.loads(part.facts)
    return replace(province, part=part)


def _unpickle_views(part: SitePart | None) -> list[PlanView]:
    """Read the plans in short, which only pages that show them need."""
    assert part is not None, "pages of the country are made when there is no error"
    _, pickled = pickle.loads(part.facts)
    views: list[PlanView] = pickle.loads(pickled)
    return views
