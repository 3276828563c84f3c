"""Labels and types by their titles."""

from msgspec.structs import replace

from annotator.workbench.label_titles import titles_in
from tests.small_scheme import scheme

SCHEME = scheme()


def test_every_label_and_type_has_its_title():
    for language in ("ckb", "en"):
        titles = titles_in(SCHEME, language)
        for each in (*SCHEME.labels, *SCHEME.event_types, *SCHEME.quote_types):
            assert titles[each.id].startswith(each.name.in_language(language))


def test_two_of_one_title_are_told_apart_by_their_ids():
    first, second, *rest = SCHEME.labels
    doubled = replace(SCHEME, labels=(first, replace(second, name=first.name), *rest))
    titles, name = titles_in(doubled, "en"), first.name.in_language("en")
    assert titles[first.id] == f"{name} ({first.id})"
    assert titles[second.id] == f"{name} ({second.id})"
