"""Each page forbids itself what it does not need, and hosts are told to forbid the same."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from conftest import both_sites, headers_for, read_headers
from congkhai.model import routes
from congkhai.pages import security_headers


def directives(policy: str) -> dict[str, set[str]]:
    """Read policies that were joined by a comma: a browser obeys each."""
    parts = policy.replace(",", ";").split(";")
    return {name: set(sources) for name, *sources in map(str.split, parts)}


def test_the_host_forbids_all_but_what_the_site_is_made_of(site: Path):
    sent = headers_for(read_headers(site), "/")
    assert directives(sent["Content-Security-Policy"]) == {
        "default-src": {"'none'"},
        "script-src": {"'self'"},
        "style-src": {"'self'"},
        "img-src": {"'self'"},
        "connect-src": {"'self'"},
        "form-action": {"'self'"},
        "base-uri": {"'none'"},
        "frame-ancestors": {"'none'"},
    }
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert {"Referrer-Policy", "Permissions-Policy"} <= set(sent)


def test_only_what_has_its_content_in_its_name_is_kept(site: Path):
    rules = read_headers(site)
    kept = {
        file
        for file in site.rglob("*")
        if file.is_file()
        and "immutable" in headers_for(rules, f"/{file.relative_to(site)}").get("Cache-Control", "")
    }
    assert kept
    named = re.compile(r"assets/(js|tim)/[0-9a-f]{12}/.+")
    places = [named.fullmatch(file.relative_to(site).as_posix()) for file in kept]
    assert all(places) and {place[1] for place in places if place} == {"js", "tim"}


NO_FRAME = {"Content-Security-Policy": "frame-ancestors 'none'"}


def test_no_two_rules_send_the_same_header_but_to_forbid_frames(site: Path):
    """Hosts would join the two values, and a policy joined to another allows less than either."""
    common, *others = (sent for _, sent in read_headers(site))
    assert NO_FRAME in others
    assert all(not set(common) & set(other) for other in others if other != NO_FRAME)


@both_sites
def test_other_sites_may_frame_what_is_made_for_it_and_nothing_else(site: Path):
    rules = read_headers(site)
    framed = set()
    for file in site.rglob("*.html"):
        name = file.relative_to(site).as_posix()
        for address in (name, name.removesuffix("index.html")):
            policy = headers_for(rules, f"/{address}")["Content-Security-Policy"]
            if "frame-ancestors" not in directives(policy):
                framed.add(name.partition("/")[0])
    assert framed == {"nhung"}


def test_nginx_is_given_the_same_headers(site: Path):
    written = (site / "nginx.conf.example").read_text("utf-8")
    added = dict(re.findall(r'^ *add_header (\S+) "(.*)" always;$', written, re.MULTILINE))
    assert added.pop("Content-Security-Policy") == "$congkhai_policy"
    policies = dict(re.findall(r'^ *"?(default|~\^/nhung/)"? +"(default-src .+)";$', written, re.M))
    for framed, policy in ((False, policies["default"]), (True, policies["~^/nhung/"])):
        sent = security_headers.common_headers(framed=framed)
        assert added | {"Content-Security-Policy": policy} == sent
    (endings,) = re.findall(r'^ *"~\\.\((.+)\)\$" +"\*";$', written, re.MULTILINE)
    opened = {f"/*.{ending}": {"Access-Control-Allow-Origin": "*"} for ending in endings.split("|")}
    caches = written.partition("$congkhai_cache {")[2].partition("}")[0]
    cached = dict(re.findall(r'^ *"~\^(\S+)" +"(.+)";$', caches, re.MULTILINE))
    kept = {f"{folder}*": {"Cache-Control": rule} for folder, rule in cached.items()}
    others = {pattern: sent for pattern, sent in read_headers(site)[1:] if sent != NO_FRAME}
    assert kept | opened == others


def test_scripts_of_other_sites_may_read_data_but_no_page(site: Path):
    rules = read_headers(site)
    opened = {
        file.suffix
        for file in site.rglob("*")
        if file.is_file()
        and "Access-Control-Allow-Origin" in headers_for(rules, f"/{file.relative_to(site)}")
    }
    assert {".csv", ".json", ".jsonld", ".md", ".ttl", ".xlsx", ".xml", ".ics", ".yml"} == opened


def test_a_site_below_a_path_sends_the_same_with_the_same_files():
    hosts, nginx = (
        security_headers.for_hosts(["lich", "nhung"], "/ke-hoach/").decode(),
        security_headers.for_nginx("/ke-hoach/").decode(),
    )
    assert [line for line in hosts.splitlines() if line.startswith("/")] == [
        "/ke-hoach/*",
        "/ke-hoach/assets/js/*",
        "/ke-hoach/assets/tim/*",
        "/ke-hoach/",
        "/ke-hoach/index.html",
        "/ke-hoach/404.html",
        "/ke-hoach/lich/*",
        *(f"/ke-hoach/*.{ending}" for ending in security_headers.OPEN_FILES),
    ]
    assert re.findall(r'"~\^(\S+)"', nginx) == [
        "/ke-hoach/assets/js/",
        "/ke-hoach/assets/tim/",
        "/ke-hoach/nhung/",
    ]
    assert "error_page 403 404 =404 /ke-hoach/404.html;" in nginx


class _Head(HTMLParser):
    """The policy that a page carries, and whatever a policy would have to allow before it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.policy: str | None = None
        self.early: list[str] = []
        self.inline: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if (named.get("http-equiv") or "").lower() == "content-security-policy":
            self.policy = named["content"]
        elif self.policy is None and tag in ("script", "link", "style", "base"):
            self.early.append(tag)
        self.inline += [
            f"{tag} {name}" for name in named if name == "style" or name.startswith("on")
        ]
        if tag == "style" or (
            tag == "script"
            and "src" not in named
            and named.get("type") not in ("application/json", "application/ld+json")
        ):
            self.inline.append(tag)


@both_sites
def test_every_page_carries_its_own_policy_before_anything_it_loads(site: Path):
    """Where nobody can set headers, such as on the pages of a forge, it is the only wall."""
    for file in site.rglob("*.html"):
        head = _Head(file.read_text("utf-8"))
        address = file.relative_to(site).as_posix().removesuffix("index.html")
        assert head.policy == security_headers.page_policy(address), address
        assert not head.early, address
        assert not head.inline, address


@pytest.mark.parametrize(
    "word", ["'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "data:", "*"]
)
def test_nothing_wide_is_allowed_anywhere(word: str):
    policies = [
        security_headers.page_policy(""),
        security_headers.page_policy(routes.SEARCH),
        security_headers.common_headers()["Content-Security-Policy"],
        security_headers.common_headers(framed=True)["Content-Security-Policy"],
    ]
    assert not any(
        word in sources for policy in policies for sources in directives(policy).values()
    )
