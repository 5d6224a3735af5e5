"""The repository of an office: its data, its settings, and one pinned requirement.

Comes in: a folder, the name of the site, who runs it and how to reach them. Goes out: the
files of the template `office/`, in which each `@name@` is replaced by its value; the
engine's code, templates and pages come with the package, whose wheel lies in `wheels/`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from congkhai.build.engine import OFFICE
from congkhai.build.release import is_plain_address, refuse_site_url
from congkhai.build.wheel import wheel_name, write_wheel
from congkhai.data.files import explain_os_error
from congkhai.data.load import json_schemas

_MARK = re.compile(r"@([a-z_]+)@")
_HIDDEN = {
    "devcontainer",
    "gitattributes",
    "github",
    "gitignore",
    "gitkeep",
    "gitlab-ci.yml",
    "pre-commit-config.yaml",
    "vscode",
}
"""Names in the template that begin with a dot in the office's repository: git and forges would
obey them here, or packing would leave them out."""
SCHEMAS = ".schemas"
"""Folder of the repository with the JSON Schemas for editors."""
WHEELS = "wheels"
"""Folder of the repository with the software that it pins."""


class OfficeError(Exception):
    """The repository cannot be written; its words are Vietnamese."""


@dataclass(frozen=True)
class Settings:
    """What an office says of its site."""

    name: str = "Công khai kế hoạch"
    operator: str = ""
    contact: str = ""
    url: str = "https://congkhai.example/"


def write_office(folder: Path, settings: Settings) -> list[str]:
    """Write the repository into a new or empty folder; list its files.

    The wheel is not among them where it could not be made. Raises OfficeError where something
    is there already, or the folder cannot be written to.
    """
    if not is_plain_address(settings.url):
        raise OfficeError(refuse_site_url(settings.url))
    if folder.exists() and not folder.is_dir():
        raise OfficeError(f"đã có tệp {folder}; chọn tên khác cho thư mục mới")
    if folder.exists() and any(folder.iterdir()):
        raise OfficeError(f"thư mục {folder} đã có và không trống; chọn thư mục mới")
    values = {
        "name": settings.name,
        "yaml_name": _quote(settings.name),
        "yaml_operator": _quote(settings.operator),
        "yaml_contact": _quote(settings.contact),
        "yaml_url": _quote(settings.url if settings.url.endswith("/") else f"{settings.url}/"),
        "wheel": wheel_name(),
    }
    names = []
    try:
        for name, text in (*_template(values), *_schemas()):
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
            names.append(name)
        (folder / WHEELS).mkdir()
        wheel = write_wheel(folder / WHEELS)
        if wheel is not None:
            names.append(f"{WHEELS}/{wheel}")
    except OSError as error:
        raise OfficeError(f"không ghi được {folder}: {explain_os_error(error)}") from error
    return names


def _template(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give each file of the template: its name below the office's folder, and its text."""
    for file in sorted(path for path in OFFICE.rglob("*") if path.is_file()):
        parts = file.relative_to(OFFICE).parts
        name = "/".join(f".{part}" if part in _HIDDEN else part for part in parts)
        text = file.read_text(encoding="utf-8")
        yield name, _MARK.sub(lambda mark: values[mark[1]], text)


def _schemas() -> Iterator[tuple[str, str]]:
    """Give the JSON Schema of each kind of data file, which `.vscode` wires to the files."""
    for name, schema in json_schemas().items():
        yield (
            f"{SCHEMAS}/{name}.schema.json",
            json.dumps(schema, ensure_ascii=False, indent=2) + "\n",
        )


def _quote(text: str) -> str:
    """Write a text as YAML, whatever is in it: JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)
