"""The message catalogue: every sentence of the program, by key, in Sorani and in English.

Files: ``resources/translations/<language>/<topic>.json``, each a flat object from key to text with
named fields (``"The file {path} is not UTF-8 at byte {offset}."``). Both languages must hold the
same keys with the same fields; a test compares them. The command line and the window render
through the same catalogue, so there is no Qt here.
"""

from __future__ import annotations

import os
import string
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from msgspec import Struct

from annotator.foundation.errors import AnnotatorError, Defect
from annotator.foundation.late_pattern import LatePattern
from annotator.foundation.late_texts import LateTexts
from annotator.foundation.paths import resource

LANGUAGES = ("ckb", "en")
RIGHT_TO_LEFT = frozenset({"ckb"})

FIRST_STRONG_ISOLATE = "\u2068"
POP_DIRECTIONAL_ISOLATE = "\u2069"
_STEERING = LatePattern("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_TURNING = LatePattern("[\u202a-\u202e\u2066-\u2069]")
_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


class Catalogue(Struct, frozen=True):
    """The sentences of one language."""

    language: str
    texts: Mapping[str, str]

    @property
    def is_right_to_left(self) -> bool:
        """Whether the chrome of this language runs from right to left."""
        return self.language in RIGHT_TO_LEFT

    def __contains__(self, key: str) -> bool:
        return key in self.texts

    def text(self, key: str, /, **values: object) -> str:
        """The sentence for `key` with its fields filled.

        Whole numbers are written with the digits of the language, moments as `moment` does, tuples
        as `listed` does. Text values are isolated, so that a Latin file name inside a Sorani
        sentence (or the reverse) cannot reorder it.
        Raises `Defect` for an unknown key or a missing field.
        """
        template = self.texts.get(key)
        if template is None:
            raise Defect("defect.message_missing", message=key, language=self.language)
        if "{" not in template and "}" not in template:
            return template
        shown = {name: self._shown(value) for name, value in values.items()}
        try:
            return string.Formatter().vformat(template, (), shown)
        except KeyError as missing:
            raise Defect("defect.message_field", message=key, field=str(missing)) from missing

    def error(self, error: AnnotatorError) -> str:
        """The sentence that tells this error to a person."""
        return self.text(error.key, **error.values)

    def number(self, value: int) -> str:
        """A whole number in the digits of the language."""
        return self.digits(str(value))

    def digits(self, text: str) -> str:
        """A text with its digits as the language writes them."""
        return text.translate(_ARABIC_INDIC) if self.language == "ckb" else text

    def moment(self, value: datetime) -> str:
        """A moment by the clock on the wall here, in the digits of the language.

        The largest part comes first, so that a list of moments is in order.
        """
        try:
            local = value.astimezone()
        except (OSError, OverflowError):  # some systems know no time zone for times long ago
            local = value.astimezone(UTC)
        return self.digits(local.strftime("%Y-%m-%d %H:%M"))

    def time_of_day(self, value: datetime) -> str:
        """The hour and minute of a moment, in the time of this place."""
        shown = value.astimezone().strftime("%H:%M")
        return shown.translate(_ARABIC_INDIC) if self.language == "ckb" else shown

    def listed(self, names: Iterable[str]) -> str:
        """Texts one after the other as the language lists them, each isolated."""
        comma = "، " if self.is_right_to_left else ", "
        return comma.join(map(isolated, names))

    def _shown(self, value: object) -> str:
        if isinstance(value, tuple):
            return self.listed(map(str, value))
        if isinstance(value, datetime):
            return isolated(self.moment(value))
        if isinstance(value, int) and not isinstance(value, bool):
            return self.number(value)
        return isolated(str(value))


def isolated(text: str) -> str:
    """A text of unknown direction, kept from turning what stands around it.

    What could end the isolate, or turn letters around inside it, shows as ``<U+202E>``: a name like
    ``a\u202egpj.exe`` must not hide its ending. Isolates that are whole, as our own sentences have
    them, stay.
    """
    shown = _without_turns(text) if _TURNING.ready.search(text) else text
    return f"{FIRST_STRONG_ISOLATE}{shown}{POP_DIRECTIONAL_ISOLATE}"


def _without_turns(text: str) -> str:
    letters = list(text)
    begun: list[int] = []
    for place, letter in enumerate(letters):
        if letter == FIRST_STRONG_ISOLATE:
            begun.append(place)
        elif letter == POP_DIRECTIONAL_ISOLATE and begun:
            begun.pop()
        elif _TURNING.ready.match(letter):
            letters[place] = _code_name(letter)
    for place in begun:
        letters[place] = _code_name(letters[place])
    return "".join(letters)


def _code_name(letter: str) -> str:
    return f"<U+{ord(letter):04X}>"


def load_catalogue(language: str) -> Catalogue:
    """The catalogue of one of `LANGUAGES`; its files are read when something of them is said."""
    return Catalogue(language, LateTexts(resource("translations", language)))


def preferred_language(environment: Mapping[str, str] | None = None) -> str:
    """Sorani where the system is Kurdish, otherwise English; ``NISHAN_LANGUAGE`` overrides."""
    env = os.environ if environment is None else environment
    chosen = env.get("NISHAN_LANGUAGE", "")
    if chosen in LANGUAGES:
        return chosen
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        tag = env.get(variable, "")
        if tag:
            return "ckb" if tag.lower().startswith(("ckb", "ku")) else "en"
    return "en"


def without_isolates(text: str) -> str:
    """The text without isolate characters, for plain text that is copied or saved."""
    return text.replace(FIRST_STRONG_ISOLATE, "").replace(POP_DIRECTIONAL_ISOLATE, "")


def for_terminal(text: str) -> str:
    """The sentence as one line for a terminal.

    Its own isolates go, because terminals show them as boxes. Control characters and whatever
    turns the direction of writing (in a file name, say) show as ``<U+001B>``, so that a name can
    neither steer the terminal nor hide its ending.
    """
    return _STEERING.ready.sub(lambda found: _code_name(found[0]), without_isolates(text))
