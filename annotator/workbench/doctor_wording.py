"""What the doctor says as sentences in which no name of a table and no word of SQLite stands.

Those words are for whoever mends programs: they come last, behind the sentence.
"""

from __future__ import annotations

from annotator.foundation.catalogue import Catalogue
from annotator.store.doctor.ailments import UNKNOWN, Ailment, Kind, Remedy, Where

_RAW = frozenset({Kind.SCHEMA, Kind.PAGES, Kind.CONSTRAINT, Kind.ORPHAN})
"""Ailments whose detail is a word of SQLite or of the schema, or a number of a row."""

_NAMING = frozenset({Kind.META, Kind.DOCUMENT_COLUMN, Kind.SET_COUNTS, Kind.RECORD_COLUMN})
"""Ailments whose detail names a field."""

_TYPED = frozenset({"people"})
"""Tables of which a remedy names what somebody typed, which may look like the name of a field."""


def sentence_of(catalogue: Catalogue, said: Ailment | Remedy) -> str:
    """What was found or done in the words of a language, with the technical words behind it."""
    where = said.where
    values = dict(said.values)
    for field in ("table", "column"):
        values[field] = _word(catalogue, values[field])
    values["detail"] = _detail(catalogue, said)
    sentence = catalogue.text(said.key, **values)
    technical = _technical(said, where)
    if not technical:
        return sentence
    return catalogue.text("doctor.technical", sentence=sentence, technical=technical)


def place_of(where: Where) -> str | None:
    """A place as a path of ids: document, set and record or step; None where there is none."""
    step = None if where.seq is None else f"#{where.seq}"
    parts = [where.document, where.set, where.record or step]
    if where.document is None:
        return None
    return "/".join(part for part in parts if part is not None)


def _detail(catalogue: Catalogue, said: Ailment | Remedy) -> object:
    detail, where = said.detail, said.where
    if isinstance(said, Ailment):
        if said.kind is Kind.SET_STATUS:
            return _called(catalogue, f"status.{detail}", detail)
        return _word(catalogue, detail) if said.kind in _NAMING else detail
    is_step = detail == UNKNOWN or str(detail).startswith(f"{where.table}/")
    if is_step and where.seq is not None and where.record is None:
        return catalogue.text("doctor.step", seq=where.seq)
    is_typed = where.table in _TYPED or where.record is not None
    return detail if is_typed else _word(catalogue, detail)


def _word(catalogue: Catalogue, name: object) -> object:
    """A table or a field as the language calls it; what it has no word for stays as it is."""
    return _called(catalogue, f"doctor.word.{name}", name)


def _called(catalogue: Catalogue, key: str, name: object) -> object:
    return catalogue.text(key) if key in catalogue else name


def _technical(said: Ailment | Remedy, where: Where) -> str:
    parts = []
    if where.document is None and where.table is not None:
        parts.append("/".join(map(str, filter(None, (where.table, where.row, where.column)))))
    if isinstance(said, Ailment) and said.kind in _RAW and str(said.detail) not in parts:
        parts.append(str(said.detail))
    return ": ".join(parts)
