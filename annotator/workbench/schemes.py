"""Annotation schemes on disk and in projects: read one by id or file, and the project's own."""

from __future__ import annotations

from pathlib import Path

from annotator.core.scheme import Scheme
from annotator.core.scheme_bundled import bundled_scheme
from annotator.foundation.errors import UserError
from annotator.foundation.paths import resource
from annotator.store.project_file import ProjectFile

DEFAULT_SCHEME = "ckb-news"


def read_scheme_text(name_or_path: str) -> str:
    """The JSON text of a scheme: a bundled one by its id, else a file.

    Raises `UserError` when there is none or it cannot be used as a scheme.
    """
    from annotator.formats.strict_json import parse_json

    path = Path(name_or_path)
    if not path.is_file():
        path = resource("schemes", f"{Path(name_or_path).name}.json")
    if not path.is_file():
        raise UserError("scheme.not_found", name=name_or_path)
    try:
        text = path.read_text(encoding="utf-8-sig")
        # strictly, since of two equal keys the last one would win without a word
        parse_json(text)
        scheme_from_text(text)
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("scheme.unreadable", path=str(path)) from error
    return text


def scheme_from_text(text: str) -> Scheme:
    """A scheme from its JSON text. Raises `UserError` with what is wrong in it."""
    import json

    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError("scheme.not_json", reason=str(error)) from error
    if not isinstance(data, dict):
        raise UserError("scheme.not_json", reason=type(data).__name__)
    from annotator.core.scheme_json import scheme_from_json

    return scheme_from_json(data)


def bundled_schemes(language: str) -> list[tuple[str, str]]:
    """Ids and names of the schemes that come with the program, by id."""
    paths = sorted(resource("schemes").glob("*.json"))
    schemes = (scheme_from_text(path.read_text(encoding="utf-8")) for path in paths)
    return [(scheme.id, scheme.name.in_language(language)) for scheme in schemes]


def scheme_of(project: ProjectFile) -> Scheme:
    """The scheme of a project. Raises `UserError` for one that cannot be used."""
    text = project.schemes.current()
    return bundled_scheme(text) if _is_bundled(text) else scheme_from_text(text)


def _is_bundled(text: str) -> bool:
    """Whether it is, byte by byte, a scheme that comes with the program; most projects have that.

    Any other may be anybody's, also in a project file.
    """
    content = text.encode("utf-8", "surrogatepass")
    paths = resource("schemes").glob("*.json")
    return any(path.read_bytes() == content for path in paths)


def text_with_label(text: str, label: str, *, is_enabled: bool) -> str:
    """The JSON text of the scheme with an entity label offered, or not offered any more.

    Raises `Refused` where the scheme has no such label.
    """
    import json

    scheme = scheme_from_text(text)
    scheme.label(label)
    data = json.loads(text)
    for each in data["labels"]:
        if each["id"] == label:
            each["enabled"] = is_enabled
    return json.dumps(data, ensure_ascii=False, indent=2)
