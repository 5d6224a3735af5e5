"""What a search reads of a site of many plans, without the rest of the site.

Comes in: a data folder as `generate.py` makes it, and a folder for the site. Goes out: there, the
index, the names, the provisions of each plan, the facets and tables of provinces, and the pages
that search: some minutes less than a whole site. The data is not checked.

    python tests/bench/search_site.py DATA SITE
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "hooks")]

from mkdocs.__main__ import cli  # noqa: E402
from pydantic_core import to_json  # noqa: E402

from congkhai.build import builder  # noqa: E402
from congkhai.exports.comparison import compared_fields  # noqa: E402
from congkhai.exports.facets import facet_files  # noqa: E402
from congkhai.exports.search_documents import PROVISIONS, provision_table  # noqa: E402
from congkhai.exports.tables import TABLE, commitments_table  # noqa: E402
from congkhai.model.plan_view import PlanView  # noqa: E402
from congkhai.model.site_model import SiteModel  # noqa: E402
from congkhai.model.today import Interval  # noqa: E402
from congkhai.pages.page import Page  # noqa: E402

PAGES = ("", "tim-kiem/", "cam-ket/")
JOBS = ("hosts",)
"""Of those that make what is no page."""


_render = builder.SiteBuilder._render


def _few_pages(
    self: builder.SiteBuilder, pages: Iterable[Page], rests_on: Interval
) -> Iterator[tuple[str, bytes]]:
    return _render(self, [page for page in pages if page.address in PAGES], rests_on)


def _plan_files(
    site_model: SiteModel, plan: PlanView, site_url: str, *_: object
) -> Iterator[tuple[str, bytes]]:
    yield plan.address + TABLE, commitments_table(site_model, plan, site_url)
    yield (
        plan.address + PROVISIONS,
        to_json({**provision_table(plan), **compared_fields(site_model, plan)}),
    )


def main() -> None:
    """Build with what a search does not read left out."""
    data, site = sys.argv[1:]
    os.environ |= {"PLANS_DIR": data, "AS_OF": "2026-11-22", "BUILD_CACHE": f"{site}.kept"}
    replaced: Any = builder
    national_jobs = builder.national_jobs
    replaced.check_plans = lambda *_: []
    replaced.SiteBuilder._render = _few_pages
    replaced.plan_files = _plan_files
    replaced.province_files = lambda site_model, *_, **__: facet_files(site_model)
    replaced.national_jobs = lambda *given: [
        job for job in national_jobs(*given) if job.name in JOBS
    ]
    for name in ("feed_files", "body_pages", "province_body_pages", "year_pages"):
        setattr(replaced, name, lambda *_, **__: [])
    replaced.place_calendar = lambda _, plans, __: (f"{plans[0].place.address}lich.ics", b"")
    cli(["build", "--quiet", "--site-dir", site])


if __name__ == "__main__":
    main()
