"""What the window says of an export when it is written."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from annotator.core.findings import Severity, finding
from annotator.foundation.catalogue import load_catalogue, without_isolates
from annotator.ui.dialogs.export_wording import blocking_findings, result_text
from annotator.workbench.checking import SetFindings
from annotator.workbench.exporting import ExportResult, LeftOut
from annotator.workbench.schemes import read_scheme_text, scheme_from_text

NOTHING = LeftOut(documents=0, sets=0, mentions=0, events=0, quotes=0, decisions=0)


@pytest.fixture
def say(tmp_path):
    """The lines of the result of an export of 9 mentions."""

    def said(language="en", **values):
        told = {
            "documents": 1, "sets": 1, "mentions": 9, "entities": 0, "events": 0, "quotes": 0,
            "size": 5, "errors": 0, "left": NOTHING, "path": Path(tmp_path / "x.conll"),
            "format": "conll", "sha256": "ab",
        }  # fmt: skip
        _, text = result_text(load_catalogue(language), ExportResult(**(told | values)))
        return without_isolates(text).splitlines()

    return said


def test_what_is_not_in_the_data_is_told_beside_the_counts(say):
    assert "Mentions: 9" in say()
    assert "Mentions: 9" in say(held={"mentions": 9})
    assert "Mentions: 9, in the data: 4" in say(held={"mentions": 4})
    assert any("لە داتاکەدا: ٤" in line for line in say("ckb", held={"mentions": 4}))


def test_texts_that_are_in_the_data_twice_are_told(say):
    assert any("in the data several times" in line for line in say(repeated=2))
    assert not any("several times" in line for line in say())


@pytest.mark.parametrize("language", ["en", "ckb"])
def test_what_blocks_is_called_as_the_scheme_calls_it(language):
    catalogue = load_catalogue(language)
    scheme = scheme_from_text(read_scheme_text("ckb-news"))
    label, role = scheme.label("LAW"), scheme.event_type("Gathering.Attend").role("Organizer")
    values = {"text": "کۆبوونەوە", "label": label.id, "role": role.id}
    one = SetFindings(
        SimpleNamespace(id="d1", name="هەواڵ"),
        SimpleNamespace(id="a1"),
        (finding("V31.label", Severity.ERROR, record="EV1", **values),),
    )
    (found,) = blocking_findings(catalogue, scheme, [one])
    row = found.row
    assert row[:3] == ("هەواڵ", "EV1", "V31")
    assert label.name.in_language(language) in row[3]
    assert role.name.in_language(language) in row[3]


def test_a_split_without_documents_and_a_card_elsewhere_are_told(say, tmp_path):
    assert not any("No document came" in line or "card" in line for line in say())
    lines = say(
        splits={"train": 1, "dev": 0, "test": 0},
        empty_splits=("dev", "test"),
        path=tmp_path,
        card=tmp_path / "DATASET.md",
    )
    assert any(line.startswith("No document came into: Development, Test.") for line in lines)
    assert any(f"The dataset card is in {tmp_path / 'DATASET.md'}" in line for line in lines)
