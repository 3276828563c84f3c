"""The three ways in which something can go wrong, told apart by whom it must be told to.

An error carries a *key* of the message catalogue and named values, never a finished sentence: the
sentence is made where the language of the interface is known (`foundation.catalogue`).
"""

from __future__ import annotations


class AnnotatorError(Exception):
    """Base of every error this program raises on purpose.

    `key` names the sentence in the catalogue, `values` fill its named fields.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.key}({fields})"


class UserError(AnnotatorError):
    """Something the user can understand and mend: a wrong file, a full disk, a name in use."""


class WrongUsage(UserError):
    """Words of a command that do not go together; it says which would."""


class Damaged(UserError):
    """Something of a document cannot be read as it was written; the document is given up."""


class Refused(AnnotatorError):
    """A command declines to do what was asked, and nothing has changed."""


class Defect(AnnotatorError):
    """The program is wrong; the user is asked to tell us."""
