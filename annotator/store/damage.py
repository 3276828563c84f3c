"""How a project file is refused that is lost, or part of it."""

from __future__ import annotations

from annotator.foundation.errors import AnnotatorError, UserError

_DAMAGE = frozenset(
    {
        "store.damaged",
        "store.document_damaged",
        "store.record_damaged",
        "store.set_damaged",
        "store.journal_damaged",
        "store.project_journal_damaged",
        "store.scheme_damaged",
        "store.foreign",
        "store.other_schema",
        "store.side_file",
    }
)


def is_damage(error: AnnotatorError) -> bool:
    """Whether a project file is lost, or part of it, so that a backup is worth offering."""
    return isinstance(error, UserError) and error.key in _DAMAGE
