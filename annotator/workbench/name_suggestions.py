"""Which entry of our scheme a foreign name means: by its id, its title, or a name in common use."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from annotator.core.scheme import Wording
from annotator.formats.safe_names import safe_id
from annotator.kurdish.normalize import FoldLevel, fold_text
from annotator.workbench.merge_scheme import Part

_SEPARATORS = re.compile(r"[\s_.:/\\+-]+")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}", re.ASCII)
_NO_LETTER = re.compile(r"^[^A-Za-z]+", re.ASCII)
_NUMBER = re.compile(r"[0-9]+$", re.ASCII)
_MAX_STEM = 58
_NAMELESS = "Name"
"""What an entry is called that has no letter in its name; its number stays."""

_LABELS = {
    "PER": "person persons people pers human individual",
    "ORG": "organization organisation organizations organisations company institution corp",
    "GPE": "geopolitical geopoliticalentity country city state nation",
    "LOC": "location locations place places geo",
    "FAC": "facility building buildings",
    "EVT": "event events namedevent",
    "LAW": "laws agreement treaty",
    "NORP": "nationality religion ethnicity nationalityreligiouspolitical group",
    "DATE": "time datetime timex timex2 timex3 tim dates",
    "TITLE": "titles jobtitle office position rank post",
    "MONEY": "currency amount monetary",
    "PERCENT": "percentage",
    "QUANTITY": "measure measurement qty",
    "PROD": "product products",
    "WORK": "workofart art creativework",
    "LANG": "language languages",
    "WEA": "weapon weapons",
    "VEH": "vehicle vehicles",
    "MISC": "miscellaneous other others",
}
_TYPES = {
    "Contact.Meet": "meet meeting consult contactcontactmeet",
    "Contact.Negotiate": "negotiate negotiation contactcontactunspecified",
    "Contact.Call": "phonewrite contactphonewrite correspondence contactcorrespondence call",
    "Movement.Visit": "visit",
    "Conflict.Attack": "attack assault",
    "Conflict.Protest": "demonstrate conflictdemonstrate protest",
    "Life.Die": "die death",
    "Life.Injure": "injure injury",
    "Justice.Arrest": "arrestjail justicearrestjail arrest arrestjaildetain",
    "Justice.Trial": "trialhearing justicetrialhearing trial",
    "Personnel.Start": "startposition personnelstartposition",
    "Personnel.End": "endposition personnelendposition",
    "Government.Elect": "elect personnelelect election",
    "Cooperation.Aid": "aid donation transferresources",
    "Cooperation.Sanction": "sanction sanctions",
    "Movement.Migrate": "migrate migration",
}
_ROLES = {
    "Participant": "entity participants party actor member",
    "Place": "location loc where place",
    "Time": "date when tempus timewithin",
    "Topic": "subject about theme",
    "Agent": "perpetrator actor",
    "Victim": "patient",
    "Instrument": "weapon means",
    "Person": "per",
    "Position": "title job office",
    "Destination": "to goal",
    "Origin": "from start",
}
_ATTRIBUTES = {"realis": "modality factuality", "polarity": "negation"}

_ALIASES = {
    Part.LABEL: _LABELS,
    Part.EVENT_TYPE: _TYPES,
    Part.ROLE: _ROLES,
    Part.ATTRIBUTE: _ATTRIBUTES,
}


def folded(name: str) -> str:
    """A name without case and separators, in one spelling of Kurdish."""
    return _SEPARATORS.sub("", fold_text(name, FoldLevel.ORTHOGRAPHIC)).casefold()


def suggest(part: Part, name: str, entries: Sequence[tuple[str, Wording]]) -> str | None:
    """The one of `entries` that `name` means, or None where that is not plain."""
    wanted = {folded(name), folded(_NUMBER.sub("", name))} - {""}
    alike = [
        [key for key, _ in entries if folded(key) in wanted],
        [key for key, title in entries if {folded(title.ckb), folded(title.en)} & wanted],
        [key for key, _ in entries if not wanted.isdisjoint(_ALIASES[part].get(key, "").split())],
    ]
    if part is Part.EVENT_TYPE:  # ``Meet`` for ``Contact.Meet``
        alike.append([key for key, _ in entries if folded(key.rpartition(".")[2]) in wanted])
    found = next(filter(None, alike), [])
    return found[0] if len(found) == 1 else None


def can_be_id(name: str) -> bool:
    """Whether a name can be an id of the scheme as it is."""
    return _ID.fullmatch(name) is not None


def new_id(name: str, taken: Container[str]) -> str:
    """An id for a new entry of the scheme: the name itself where it can be one and is free."""
    stem = name
    if not can_be_id(name):
        safe = safe_id(name)
        stem = safe if safe == name else safe.rpartition("-")[0]
        number = stem if stem.isdecimal() else ""
        stem = (_NO_LETTER.sub("", stem) or f"{_NAMELESS}{number and '-'}{number}")[:_MAX_STEM]
    return next(each for each in _numbered(stem) if each not in taken)


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem[:_MAX_STEM]}-{number}"
        number += 1
