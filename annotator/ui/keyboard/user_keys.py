"""The keys as one person likes them: the keymap, and other keys for the schemes they work with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from annotator.foundation.atomic import file_error, write_text
from annotator.foundation.damaged import put_aside
from annotator.foundation.errors import AnnotatorError, UserError
from annotator.ui.keyboard.keymap import Keymap, default_keymap

KEYS_FILE = "keys.json"
FORMAT = "nishan-keys/1"

_NOTHING: Mapping[str, str] = MappingProxyType({})


class UserKeys(Struct, frozen=True):
    """The keymap, and by scheme id the keys of its labels, types and roles by their place.

    Places are those of `core.scheme_keys`; only what differs from the scheme is there.
    """

    keymap: Keymap = field(default_factory=default_keymap)
    schemes: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    def of_scheme(self, identifier: str) -> Mapping[str, str]:
        """What was chosen for the scheme with this id."""
        return self.schemes.get(identifier, _NOTHING)

    def with_scheme(self, identifier: str, chosen: Mapping[str, str]) -> UserKeys:
        """The same with other keys for one scheme."""
        schemes = {**self.schemes, identifier: MappingProxyType(dict(chosen))}
        kept = {name: keys for name, keys in schemes.items() if keys}
        return replace(self, schemes=MappingProxyType(kept))

    def to_text(self) -> str:
        """What differs from the keys the program ships with, as the text of a file."""
        import json

        content = {
            "format": FORMAT,
            "actions": self.keymap.to_json(),
            "schemes": {name: dict(keys) for name, keys in self.schemes.items()},
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def keys_from_text(text: str, path: Path) -> UserKeys:
    """The keys a file holds; `path` is named in what is refused.

    Raises `UserError` where it is no file of keys, `Refused` where its keys cannot be used.
    """
    from annotator.formats.strict_json import parse_json

    try:
        content = parse_json(text)
    except UserError as error:
        raise UserError("keys.not_json", path=path) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise UserError("keys.not_a_key_file", path=path)
    keymap = Keymap.from_json(content.get("actions", {}))
    schemes = content.get("schemes", {})
    if not isinstance(schemes, dict):
        raise UserError("keys.not_a_keymap", entry="schemes")
    keys = UserKeys(keymap)
    for name, chosen in schemes.items():
        is_table = isinstance(chosen, dict) and all(isinstance(k, str) for k in chosen.values())
        if not is_table:
            raise UserError("keys.not_a_keymap", entry=name)
        keys = keys.with_scheme(name, chosen)
    return keys


def read_keys(path: Path) -> UserKeys:
    """The keys of a file. Raises `UserError` or `Refused` where it cannot be used."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise file_error(error, path) from error
    except UnicodeDecodeError as error:
        raise UserError("keys.not_json", path=path) from error
    return keys_from_text(text, path)


def load_keys(folder: Path) -> tuple[UserKeys, AnnotatorError | None]:
    """The keys kept in a folder, and what is wrong with them, if anything is.

    Then the keys are those we ship, and the file stays as it is.
    """
    try:
        return read_keys(folder / KEYS_FILE), None
    except AnnotatorError as error:
        is_missing = error.key == "file.not_found"
        return UserKeys(), None if is_missing else error


def save_keys(folder: Path, keys: UserKeys) -> None:
    """Keep the keys in a folder. A file there that is damaged is put aside first.

    Raises `UserError` for what the operating system refuses, also where there is a file that it
    does not let us read.
    """
    _, trouble = load_keys(folder)
    if trouble is not None:
        if isinstance(trouble.__cause__, OSError):
            raise trouble  # the keys in it may be whole
        put_aside(folder / KEYS_FILE)
    write_text(folder / KEYS_FILE, keys.to_text())
