"""What is loaded late is known before, is made once, and is the same from then on."""

import pytest

from annotator.ui import late_acts
from annotator.ui.adjudication_acts import adjudication_acts
from annotator.ui.keeping_acts import keeping_acts
from annotator.ui.late import Late
from annotator.ui.late_acts import family
from annotator.ui.merge_acts import merge_acts


def nobody():
    raise AssertionError


@pytest.mark.parametrize(
    ("ids", "offered"),
    [
        (late_acts.ADJUDICATION, adjudication_acts(nobody, nobody)),
        (late_acts.KEEPING, keeping_acts(nobody, nobody)),
        (late_acts.MERGE, merge_acts(nobody, nobody, nobody)),
    ],
    ids=["adjudication", "keeping", "merge"],
)
def test_a_family_is_known_by_what_it_offers(ids, offered):
    assert list(ids) == list(offered)


def test_a_family_is_loaded_once_when_one_of_its_acts_is_done():
    told = []

    def load():
        told.append("loaded")
        return {"one": lambda: told.append("one"), "two": lambda: told.append("two")}

    acts = family(("one", "two"), load)
    assert told == []
    acts["two"]()
    acts["one"]()
    assert told == ["loaded", "two", "one"]


def test_a_late_part_is_made_once_when_it_is_asked_for():
    part = Late(lambda: ["made"])
    assert not part.is_made
    assert part.ready == ["made"]
    assert part.is_made
    assert part.ready is part.ready
