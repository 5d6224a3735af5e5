"""What is wrong with the settings of a site, before MkDocs reads them: it would say so in English.

Comes in: a `SettingsFile`. Goes out: a problem for every fault, each with its line and a form that
works when pasted there. A rule is a generator of (where, what is wrong, the right form). Settings
that MkDocs refuses are refused here; so are names that nothing reads, which it passes over.
"""

from __future__ import annotations

import ipaddress
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from markdown import Markdown
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from congkhai.build.release import RULE_OF_ADDRESSES, is_plain_address
from congkhai.data.encoding import inspect
from congkhai.data.forge import KEYS, ForgeError, read_forge
from congkhai.data.problem import Problem
from congkhai.data.settings_file import Loc, SettingsFile
from congkhai.text.nearest import hint_nearest

Finding: TypeAlias = "tuple[Loc, str, str]"
Rule: TypeAlias = "Callable[[SettingsFile], Iterator[Finding]]"

_TEXTS: dict[tuple[str, ...], str] = {
    ("site_name",): "Công khai kế hoạch",
    ("site_url",): "https://kehoach.tinh.gov.vn/",
    ("site_description",): "Địa phương có kế hoạch làm gì, ai làm, đã báo cáo gì.",
    ("site_author",): "Sở Nội vụ",
    ("copyright",): "Sở Nội vụ",
    ("docs_dir",): "content",
    ("site_dir",): "site",
    ("dev_addr",): "127.0.0.1:8000",
    ("repo_url",): "https://github.com/co-quan/ke-hoach",
    ("repo_name",): "Kho dữ liệu",
    ("edit_uri",): "edit/main/content/",
    ("edit_uri_template",): "edit/main/content/{path}",
    ("remote_branch",): "gh-pages",
    ("remote_name",): "origin",
    ("exclude_docs",): "nhap.md",
    ("draft_docs",): "nhap.md",
    ("not_in_nav",): "nhap.md",
    ("theme", "custom_dir"): "theme",
    ("theme", "locale"): "vi",
    ("extra", "operator"): "Sở Nội vụ tỉnh Lai Châu",
    ("extra", "contact"): "thư điện tử …, điện thoại …",
    ("extra", "data_license"): "CC-BY-4.0",
    ("extra", "plans_dir"): "plans",
}
"""Settings that are text, each with an example."""
_FREE = (
    *("site_name", "site_description", "site_author", "copyright", "repo_name"),
    *("operator", "contact"),
)
"""Those that may say anything: what was typed is quoted, as a number or «yes» has to be."""
_FLAGS = ("strict", "use_directory_urls")
_LISTS = {
    "extra_css": "[]",
    "extra_javascript": "[]",
    "extra_templates": "[]",
    "nav": "[index.md]",
    "hooks": "[hooks/entry.py]",
    "watch": "[theme]",
}
"""Settings that are lists, each with an example."""
_NOT_BLANK = {"extra": "{}", "hooks": "[]", "watch": "[]", "extra_javascript": "[]"} | {
    "validation": "{}"
}
"""Settings that MkDocs refuses without a value, as when all lines below are comments."""
_GROUPS = {"extra": "{}", "validation": "{}", "theme": "{name: material}"}
"""Settings that hold others."""
_OF_MKDOCS = frozenset(
    [
        *("site_name", "site_url", "site_description", "site_author", "copyright", "docs_dir"),
        *("site_dir", "dev_addr", "repo_url", "repo_name", "edit_uri", "edit_uri_template"),
        *("remote_branch", "remote_name", "exclude_docs", "draft_docs", "not_in_nav", *_FLAGS),
        *(*_LISTS, *_GROUPS, "plugins", "markdown_extensions", "INHERIT"),
    ]
)
_EXTRA = ("operator", "contact", "provinces", "forge", "data_license", "plans_dir")
_LEVELS = ("warn", "info", "ignore")
_CHECKED_LINKS = ("omitted_files", "not_found", "absolute_links", "unrecognized_links", "anchors")
_EXTENSIONS = frozenset(
    [
        *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code"),
        *("footnotes", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc"),
        "wikilinks",
    ]
)
"""Those of Python-Markdown; others are looked up."""


def check_settings(settings: SettingsFile) -> list[Problem]:
    """List all that is wrong with the settings, in the order of their lines."""
    problems = set(settings.problems)
    if settings.values:
        for rule in _RULES:
            problems.update(settings.problem(*finding) for finding in rule(settings))
        problems.update(_find_links(settings))
    return sorted(problems)


def check_provinces(settings: SettingsFile, known: Iterable[str]) -> Iterator[Problem]:
    """Yield the names in extra.provinces that are no province's; `known`: as in addresses."""
    names = settings.get("extra", "provinces")
    known = sorted(known)
    for at, name in enumerate(names if isinstance(names, list) else ()):
        if isinstance(name, str) and name not in known:
            hint = hint_nearest(name, known, "ghi như trong địa chỉ trang của tỉnh, ví dụ lai-chau")
            message = f"extra.provinces: không có tỉnh «{name}»"
            yield settings.problem(("extra", "provinces", at), message, hint)


def _find_unknown(settings: SettingsFile) -> Iterator[Finding]:
    """Find names that nothing reads: a letter that is missing loses the whole line."""
    places: list[tuple[tuple[str, ...], Iterable[str]]] = [
        ((), _OF_MKDOCS),
        (("extra",), _EXTRA),
        (("extra", "forge"), KEYS),
    ]
    for above, known in places:
        held = settings.get(*above)
        for name in held if isinstance(held, dict) else ():
            if name not in known:
                where = f" dưới {'.'.join(above)}" if above else ""
                hint = hint_nearest(str(name), known, "xóa dòng này, hoặc đặt dấu # ở đầu dòng")
                yield (*above, str(name)), f"máy không dùng đến «{name}»{where}", hint


def _find_missing(settings: SettingsFile) -> Iterator[Finding]:
    """Name what a site cannot do without: its name, and this software."""
    if "INHERIT" in settings.values:
        return
    if settings.get("site_name") is None:
        yield ("site_name",), "thiếu tên trang web", 'thêm dòng: site_name: "Công khai kế hoạch"'
    names = [name for _, name, _ in _list_named(settings.get("plugins"))]
    if "congkhai" not in names and not settings.get("hooks"):
        yield ("plugins",), "thiếu phần mềm của trang web", "thêm dòng: plugins: [congkhai]"


def _find_wrong_parent(settings: SettingsFile) -> Iterator[Finding]:
    """Require the file that the settings are added to. What is in it, MkDocs alone checks."""
    if "INHERIT" not in settings.values:
        return
    parent = settings.values["INHERIT"]
    if not isinstance(parent, str) or not (settings.folder / parent).is_file():
        yield (
            ("INHERIT",),
            f"không có tệp cài đặt «{parent or ''}» để lấy thêm",
            "ghi một tệp có thật, tính từ thư mục của mkdocs.yml; hoặc xóa dòng này và ghi mọi cài"
            " đặt ngay trong mkdocs.yml",
        )


def _find_wrong_kinds(settings: SettingsFile) -> Iterator[Finding]:
    """Find what is no text, no flag, where one has to stand."""
    for loc, example in _TEXTS.items():
        value = settings.get(*loc)
        if value is not None and not isinstance(value, str):
            typed = (settings.scalars.get(loc) if loc[-1] in _FREE else "") or example
            quoted = json.dumps(typed, ensure_ascii=False)
            yield loc, f"«{'.'.join(loc)}» phải là chữ", f"dạng đúng: {loc[-1]}: {quoted}"
    for name in _FLAGS:
        value = settings.get(name)
        if value is not None and not isinstance(value, bool):
            yield (name,), f"«{name}» chỉ nhận true hoặc false", f"dạng đúng: {name}: true"


def _find_wrong_characters(settings: SettingsFile) -> Iterator[Finding]:
    """Find characters that pages would show wrongly, those too that are written as an escape.

    An escaped U+202E is plain letters in the file, and turns what follows it round on every page.
    """
    for loc in _TEXTS:
        value = settings.get(*loc)
        for problem in inspect(value, settings.path) if isinstance(value, str) else ():
            yield loc, f"«{'.'.join(loc)}»: {problem.message}", problem.hint


def _find_wrong_groups(settings: SettingsFile) -> Iterator[Finding]:
    """Find what is no list, no group of lines, where one has to stand."""
    for name, example in _LISTS.items():
        value = settings.get(name)
        if value is not None and not isinstance(value, list):
            yield (name,), f"«{name}» phải là danh sách", f"dạng đúng: {name}: {example}"
    for name, example in _GROUPS.items():
        value = settings.get(name)
        if not isinstance(value, dict | None) and (name != "theme" or not isinstance(value, str)):
            message = f"«{name}» phải có các dòng thụt vào bên dưới"
            yield (name,), message, f"dạng đúng: {name}: {example}"
    for name, example in _NOT_BLANK.items():
        if name in settings.values and settings.values[name] is None:
            message = f"dưới «{name}» chưa có gì"
            yield (name,), message, f"dạng đúng: {name}: {example}; hoặc xóa dòng này"


def _find_wrong_addresses(settings: SettingsFile) -> Iterator[Finding]:
    """Check the addresses of the site, of its repository, of the preview."""
    url = settings.get("site_url")
    if isinstance(url, str) and url and not is_plain_address(url):
        name = "SITE_URL" if os.environ.get("SITE_URL") == url else "site_url"
        hint = f"{name}=https://kehoach.tinh.gov.vn/"
        if name == "site_url":
            hint = "dạng đúng: site_url: https://kehoach.tinh.gov.vn/"
        message = f"{name}: địa chỉ trang «{url}» không dùng được, {RULE_OF_ADDRESSES}"
        yield ("site_url",), message, hint
    repository = settings.get("repo_url")
    if isinstance(repository, str) and repository:
        parts = urlsplit(repository)
        if not parts.scheme or not parts.netloc:
            hint = "dạng đúng: repo_url: https://github.com/co-quan/ke-hoach"
            yield ("repo_url",), f"«{repository}» không phải địa chỉ kho", hint
    address = settings.get("dev_addr")
    if isinstance(address, str) and not _is_local_address(address):
        yield (
            ("dev_addr",),
            f"«{address}» không phải địa chỉ máy và số cổng",
            "dạng đúng: dev_addr: 127.0.0.1:8000",
        )


def _is_local_address(address: str) -> bool:
    host, _, port = address.rpartition(":")
    try:
        ipaddress.ip_address("127.0.0.1" if host == "localhost" else host.strip("[]"))
        return 0 < int(port) < 65536
    except ValueError:
        return False


def _find_wrong_folders(settings: SettingsFile) -> Iterator[Finding]:
    """Find folders and files that are not there, or that lie in one another."""
    pages, site = (settings.get(name) for name in ("docs_dir", "site_dir"))
    pages = "docs" if pages is None and "INHERIT" not in settings.values else pages
    site = "site" if site is None else site
    if isinstance(pages, str):
        folder = Path(os.path.abspath(settings.folder / pages))
        if not pages or not folder.is_dir():
            hint = "tạo thư mục ấy, hoặc ghi thư mục có sẵn: docs_dir: content"
            yield ("docs_dir",), f"không có thư mục «{pages}» của các trang viết tay", hint
        elif folder == Path(os.path.abspath(settings.folder)):
            hint = "dạng đúng: docs_dir: content"
            yield ("docs_dir",), "các trang viết tay không nằm ngay cạnh mkdocs.yml được", hint
        elif isinstance(site, str):
            target = Path(os.path.abspath(settings.folder / site))
            if target.is_relative_to(folder) or folder.is_relative_to(target):
                message = f"thư mục «{site}» của trang web và «{pages}» nằm trong nhau"
                yield ("site_dir",), message, "dạng đúng: site_dir: site"
    own = settings.get("theme", "custom_dir")
    if isinstance(own, str) and not (settings.folder / own).is_dir():
        hint = "tạo thư mục ấy, hoặc xóa dòng này"
        yield ("theme", "custom_dir"), f"không có thư mục «{own}» của mẫu trang", hint
    for name in ("hooks", "watch"):
        listed = settings.get(name)
        for at, path in enumerate(listed if isinstance(listed, list) else ()):
            file = settings.folder / str(path)
            is_there = file.is_file() if name == "hooks" else file.exists()
            if not isinstance(path, str) or not is_there:
                yield (name, at), f"{name}: không có «{path}»", "sửa đường dẫn, hoặc xóa dòng này"


def _find_links(settings: SettingsFile) -> Iterator[Problem]:
    """Find links among the hand-written pages: MkDocs publishes what they lead to, of any file."""
    pages = settings.get("docs_dir")
    top = settings.folder / pages if isinstance(pages, str) and pages else settings.folder / "docs"
    inner = (Path(at, name) for at, *below in os.walk(top) for names in below for name in names)
    for path in (top, *inner):
        if path.is_symlink():
            yield Problem(
                Path(os.path.relpath(path, settings.folder)).as_posix(),
                0,
                0,
                "đây là lối tắt (symlink), nơi nó dẫn tới sẽ bị công bố",
                "chép hẳn tệp, thư mục vào đây, hoặc xóa lối tắt",
            )


def _find_wrong_parts(settings: SettingsFile) -> Iterator[Finding]:
    """Find themes, plugins and extensions that are not installed, or not named as they are."""
    theme = settings.get("theme")
    name = theme.get("name") if isinstance(theme, dict) else theme
    if isinstance(theme, dict) and "name" not in theme and "INHERIT" not in settings.values:
        yield ("theme",), "thiếu tên của giao diện", "thêm dòng thụt vào:   name: material"
    elif isinstance(theme, dict) and name is None and not theme.get("custom_dir"):
        yield ("theme", "name"), "thiếu tên của giao diện", "dạng đúng: name: material"
    elif name is not None and not _is_installed(name, "mkdocs.themes", {"material"}):
        loc: Loc = ("theme", "name") if isinstance(theme, dict) else ("theme",)
        yield loc, f"không có giao diện «{name}»", f"dạng đúng: {loc[-1]}: material"
    for setting, group, usual, example in (
        ("plugins", "mkdocs.plugins", {"congkhai"}, "[congkhai]"),
        ("markdown_extensions", "markdown.extensions", _EXTENSIONS, "[tables, footnotes]"),
    ):
        value = settings.get(setting)
        if value is not None and not isinstance(value, list | dict):
            message = f"«{setting}» phải là danh sách"
            yield (setting,), message, f"dạng đúng: {setting}: {example}"
        for inside, name, options in _list_named(value):
            hint = hint_nearest(str(name), usual, "xóa dòng này, hoặc cài gói có tên ấy")
            if not _is_installed(name, group, usual):
                yield (setting, *inside), f"{setting}: máy chưa cài «{name}»", hint
            elif options is not None and not isinstance(options, dict):
                message = f"{setting}: tùy chọn của «{name}» phải là các dòng thụt vào bên dưới"
                yield (setting, *inside), message, f"dạng đúng: - {name}"
            elif name == "congkhai" and options:
                yield (
                    (setting, *inside),
                    "«congkhai» không có tùy chọn nào",
                    "dạng đúng: - congkhai",
                )


def _find_wrong_options(settings: SettingsFile) -> Iterator[Finding]:
    """Find options that an extension or a plugin of others would refuse in English, or by a trace.

    What a value has to be, only its software knows; it is quoted.
    """
    for setting, explain in (
        ("markdown_extensions", _explain_extension),
        ("plugins", _explain_plugin),
    ):
        for inside, name, options in _list_named(settings.get(setting)):
            if name == "congkhai" or not isinstance(name, str):
                continue
            given = options if isinstance(options, dict) else {}
            for key, fault, known in explain(name, given):
                what = f"{setting}: tùy chọn «{key}» của «{name}»"
                if fault:
                    hint = f"xem tài liệu của «{name}», hoặc xóa dòng này"
                    message = f"{what} không dùng được; phần mềm ấy viết: {fault}"
                    yield (setting, *inside, key), message, hint
                else:
                    hint = hint_nearest(key, known, "xóa dòng này")
                    yield (setting, *inside, key), f"không có {what}", hint


def _explain_extension(
    name: str, options: Mapping[str, Any]
) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Yield each option that is unknown, with those there are; or what is wrong with its value."""
    if not options:
        return
    builder = Markdown()
    try:
        known = builder.build_extension(name, {}).config
    except Exception:  # it is told already that there is no such extension
        return
    for key, value in options.items():
        try:
            builder.build_extension(name, {key: value})
        except KeyError:
            yield key, "", known
        except (ValueError, TypeError) as error:
            if value is not None:  # what stands behind a tag of Python is not read here
                yield key, str(error), known


def _explain_plugin(
    name: str, options: Mapping[str, Any]
) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Yield the same of a plugin; also options that it cannot do without."""
    entries = {entry.name: entry for entry in entry_points(group="mkdocs.plugins")}
    short = name.removeprefix("/")
    entry = entries.get(f"material/{short}") or entries.get(short)
    if entry is None:
        return
    try:
        plugin = entry.load()()
        errors, warnings = plugin.load_config(dict(options))
        known = [key for key, _ in plugin.config_scheme]
    except Exception:  # whatever a plugin that is none of ours does
        return
    for key, error in errors:
        yield key, str(error), known
    for key, _ in warnings:
        if key in options and key not in known:
            yield key, "", known


def _list_named(value: object) -> Iterator[tuple[Loc, object, object]]:
    """List what `plugins` and `markdown_extensions` name: where, the name, its options."""
    if isinstance(value, dict):
        yield from (((str(name),), name, options) for name, options in value.items())
    for at, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict) and len(item) == 1:
            [(name, options)] = item.items()
            yield (at, str(name)), name, options
        else:
            yield (at,), item, None


def _is_installed(name: object, group: str, usual: Iterable[str]) -> bool:
    """Say whether a part of MkDocs or Python-Markdown is there, by its name or its module's."""
    if not isinstance(name, str):
        return False
    short = name.removeprefix("/")
    if short in usual:
        return True
    names = {found.name for found in entry_points(group=group)}
    if short in names or f"material/{short}" in names:
        return True
    if group != "markdown.extensions":
        return False
    module, _, of_class = name.partition(":")
    try:
        return hasattr(import_module(module), of_class or "makeExtension")
    except Exception:  # whatever a module that is none of ours does when it is imported
        return False


def _find_wrong_lists(settings: SettingsFile) -> Iterator[Finding]:
    """Find scripts and pages of the navigation that are no names of files."""
    for name in ("extra_javascript", "nav"):
        value = settings.get(name)
        for at, item in enumerate(value if isinstance(value, list) else ()):
            is_right = _is_navigation(item) if name == "nav" else _is_script(item)
            if not is_right:
                yield (name, at), f"{name}: mục này phải là tên một tệp", "dạng đúng: - index.md"


def _is_script(item: object) -> bool:
    return isinstance(item, str) or (isinstance(item, dict) and isinstance(item.get("path"), str))


def _is_navigation(item: object) -> bool:
    if isinstance(item, dict) and len(item) == 1:
        [item] = item.values()
        if isinstance(item, list):
            return all(map(_is_navigation, item))
    return isinstance(item, str)


def _find_wrong_levels(settings: SettingsFile) -> Iterator[Finding]:
    """Check how loudly MkDocs is to speak of links."""
    for above in (("validation",), ("validation", "nav"), ("validation", "links")):
        held = settings.get(*above)
        for name, level in held.items() if isinstance(held, dict) else ():
            if name in ("nav", "links") and len(above) == 1:
                if level is not None and isinstance(level, dict):
                    continue
                message = f"«{name}» phải có các dòng thụt vào bên dưới"
                yield (*above, name), message, f"dạng đúng: {name}: {{}}"
            elif name not in _CHECKED_LINKS:
                hint = hint_nearest(str(name), _CHECKED_LINKS, "xóa dòng này")
                yield (*above, str(name)), f"máy không dùng đến «{name}» dưới validation", hint
            elif level not in (*_LEVELS, *(["relative_to_docs"] * (name == "absolute_links"))):
                message = f"«{name}» chỉ nhận {', '.join(_LEVELS)}"
                yield (*above, name), message, f"dạng đúng: {name}: warn"


def _find_wrong_extras(settings: SettingsFile) -> Iterator[Finding]:
    """Check what only this software reads: provinces, the forge, the licence of the data."""
    extra = settings.get("extra")
    if not isinstance(extra, dict):
        return
    provinces = extra.get("provinces")
    if provinces is not None and not isinstance(provinces, list):
        hint = "dạng đúng: provinces: [lai-chau]"
        yield ("extra", "provinces"), "extra.provinces phải là danh sách", hint
    for at, name in enumerate(provinces if isinstance(provinces, list) else ()):
        if not isinstance(name, str):
            message = "extra.provinces: mỗi mục là một tên tỉnh như trong địa chỉ trang của tỉnh"
            yield ("extra", "provinces", at), message, "ví dụ lai-chau"
    try:
        read_forge(extra.get("forge"))
    except ForgeError as error:
        yield ("extra", "forge", *error.loc), str(error), error.hint
    license_name = extra.get("data_license")
    if isinstance(license_name, str) and license_name.strip():
        yield from _judge_license(license_name)


def _judge_license(name: str) -> Iterator[Finding]:
    """Hold a licence against the names of SPDX, in whose addresses it is written."""
    try:
        found = canonicalize_license_expression(name)
    except InvalidLicenseExpression:
        found = None
    if found != name or not re.fullmatch(r"(?!LicenseRef-)[A-Za-z0-9.+-]+", name):
        proposed = found if found and " " not in found else "CC-BY-4.0"
        yield (
            ("extra", "data_license"),
            f"«{name}» không phải tên một giấy phép theo SPDX",
            f"dạng đúng: data_license: {proposed}",
        )


_RULES: tuple[Rule, ...] = (
    _find_unknown,
    _find_missing,
    _find_wrong_parent,
    _find_wrong_kinds,
    _find_wrong_characters,
    _find_wrong_groups,
    _find_wrong_addresses,
    _find_wrong_folders,
    _find_wrong_parts,
    _find_wrong_options,
    _find_wrong_lists,
    _find_wrong_levels,
    _find_wrong_extras,
)
