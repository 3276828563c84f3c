"""What labels, event types and quote types are called in a language, by their ids."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from annotator.core.scheme import Scheme

Titles: TypeAlias = Mapping[str, str]
"""Titles by ids. An id that is not in it is of another scheme and stands for itself."""

NO_TITLES: Titles = MappingProxyType({})


def titles_in(scheme: Scheme, language: str) -> Titles:
    """The titles that a scheme gives; two things of one title have their ids behind it."""
    named = {each.id: each.name.in_language(language) for each in scheme.quote_types}
    named.update((each.id, each.name.in_language(language)) for each in scheme.event_types)
    named.update((each.id, each.name.in_language(language)) for each in scheme.labels)
    shown = list(named.values())
    return {
        identifier: title if shown.count(title) == 1 else f"{title} ({identifier})"
        for identifier, title in named.items()
    }
