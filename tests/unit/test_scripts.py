"""Scripts lie in a folder named by their content, and a page names all that it loads."""

from __future__ import annotations

from pathlib import Path

from congkhai.build.provenance import basis_of
from congkhai.pages.scripts import Scripts, read_scripts
from congkhai.pages.site import Site


def write(folder: Path, **scripts: str) -> Path:
    """Write a theme of these scripts."""
    (folder / "assets").mkdir(parents=True)
    for name, text in scripts.items():
        (folder / "assets" / f"{name}.js").write_text(text, "utf-8")
    return folder


def test_another_script_gives_all_of_them_another_folder():
    one = Scripts({"a.js": b"1", "b.js": b"2"}).addresses
    other = Scripts({"a.js": b"1", "b.js": b"3"}).addresses
    assert one["assets/a.js"].endswith("/a.js") and one["assets/a.js"] != other["assets/a.js"]
    assert Scripts({"b.js": b"2", "a.js": b"1"}).addresses == one


def test_scripts_in_folders_import_each_other_by_where_they_lie(tmp_path: Path):
    theme = write(tmp_path, page="")
    (theme / "assets" / "search").mkdir()
    for name, text in (
        ("search.js", 'import { once } from "../page.js";\nimport { fold } from "./words.js";\n'),
        ("words.js", 'import { once } from "../page.js";\n'),
    ):
        (theme / "assets" / "search" / name).write_text(text, "utf-8")
    scripts = read_scripts([theme])
    assert scripts.imports("assets/search/search.js") == [
        "assets/page.js",
        "assets/search/words.js",
    ]
    folder = scripts.addresses["assets/page.js"].removesuffix("page.js")
    assert scripts.addresses["assets/search/words.js"] == f"{folder}search/words.js"


def test_a_site_s_own_script_stands_for_that_of_the_engine(tmp_path: Path):
    own = write(tmp_path / "own", a="own")
    engine = write(tmp_path / "engine", a="engine", b="engine")
    assert read_scripts([own, engine]).contents == {"a.js": b"own", "b.js": b"engine"}


def test_what_is_imported_on_the_way_is_named_once_and_what_comes_later_is_not():
    scripts = Scripts(
        {
            "a.js": b'import { b } from "./b.js";\nimport {\n  c,\n} from "./c.js";\n',
            "b.js": b'import { c } from "./c.js";\nconst d = () => import("./d.js");\n',
            "c.js": b"export const c = 1;\n",
            "d.js": b"",
        }
    )
    assert scripts.imports("assets/a.js") == ["assets/b.js", "assets/c.js"]


def test_pages_that_name_another_folder_of_scripts_are_not_used_again(tmp_path: Path):
    site = Site("Trang", "https://a.example/", None)
    theme = write(tmp_path / "theme", a="1")
    before = basis_of([theme], site)
    assert basis_of([theme], site) == before
    (theme / "assets" / "a.js").write_text("2", "utf-8")
    assert basis_of([theme], site) != before
