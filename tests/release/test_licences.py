"""The folder of licences: a text for each part, and how Qt can be replaced."""

import pytest
from release.licences import FOLDER, write_licences
from release.parts import Part
from release.work import Stopped, Work

from tests.architecture.sources import CHECKOUT


@pytest.fixture
def write(tmp_path):
    work = Work(checkout=CHECKOUT, system="linux", version="1.2", source_date=0)

    def run(*parts):
        write_licences(work, tmp_path, parts, qt="_internal/Qt")
        return {path.name: path.read_text("utf-8") for path in (tmp_path / FOLDER).iterdir()}

    return run


def test_each_part_has_its_own_text_or_the_usual_one(write):
    found = write(
        Part(name="rensa", version="1", licence="MIT", text="Mine."),
        Part(name="cassis", version="1", licence="Apache Software License"),
        Part(name="jsonschema_rs", version="1", licence="MIT License"),
        Part(name="Qt", version="6", licence="LGPL-3.0-only"),
    )
    assert found["rensa.txt"] == "Mine.\n"
    assert "Apache License" in found["cassis.txt"]
    assert "the authors of jsonschema_rs" in found["jsonschema-rs.txt"]
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in found["LGPL-3.0.txt"]
    assert "GNU GENERAL PUBLIC LICENSE" in found["GPL-3.0.txt"]
    assert "Qt 6: LGPL-3.0-only (LGPL-3.0.txt)" in found["README.txt"]


def test_the_reader_is_told_where_qt_lies_and_that_it_may_be_replaced(write):
    told = write()["README.txt"]
    assert "_internal/Qt" in told
    assert "replace" in told


def test_a_part_without_a_licence_stops_the_build(write):
    with pytest.raises(Stopped, match=r"The licence of thing \(unknown\) is not at hand"):
        write(Part(name="thing", version="1"))
