"""The bill of materials is CycloneDX, and the same parts give the same one."""

import json

import pytest
from release.bill import bill_of, copy_bill, write_bill
from release.parts import Part
from release.work import Work

from tests.release.room import work_in

QT = Part(name="Qt", version="6.11.3", licence="LGPL-3.0-only", kind="framework")
LXML = Part(name="lxml", version="6.1", licence="BSD", is_spdx=False, address="pkg:pypi/lxml@6.1")
RYU = Part(name="ryu", version="1.0", licence="MIT")
ORJSON = Part(name="orjson", version="3.13", licence="MIT", holds=(RYU,))
DATE = 1_700_000_000


def bill(*parts):
    return bill_of(parts, version="1.2", system="linux", source_date=DATE)


def test_the_head_names_format_program_and_moment():
    found = bill(QT)
    assert (found["bomFormat"], found["specVersion"], found["version"]) == ("CycloneDX", "1.6", 1)
    assert found["serialNumber"].startswith("urn:uuid:")
    assert found["metadata"]["timestamp"] == "2023-11-14T22:13:20+00:00"
    assert found["metadata"]["component"]["version"] == "1.2"


def test_components_are_in_order_with_licences_and_what_they_hold():
    lxml, orjson, qt = bill(QT, ORJSON, LXML)["components"]
    assert lxml["licenses"] == [{"license": {"name": "BSD"}}]
    assert lxml["purl"] == "pkg:pypi/lxml@6.1"
    assert orjson["components"][0]["bom-ref"] == "orjson@3.13/ryu@1.0"
    assert qt == {
        "type": "framework",
        "bom-ref": "Qt@6.11.3",
        "name": "Qt",
        "version": "6.11.3",
        "licenses": [{"expression": "LGPL-3.0-only"}],
    }


def test_the_program_depends_on_each_part():
    assert bill(QT, LXML)["dependencies"] == [
        {"ref": "annotator", "dependsOn": ["lxml@6.1", "Qt@6.11.3"]}
    ]


@pytest.mark.parametrize("other", [(QT, LXML, ORJSON), (QT,)])
def test_other_parts_give_another_bill_and_the_same_ones_the_same(other):
    assert bill(QT, LXML) == bill(LXML, QT)
    assert bill(*other)["serialNumber"] != bill(QT, LXML)["serialNumber"]


def test_it_is_written_as_json(tmp_path):
    work = Work(checkout=tmp_path, system="linux", version="1.2", source_date=DATE)
    path = write_bill(work, [QT], tmp_path / "b.json")
    assert json.loads(path.read_text(encoding="utf-8")) == bill(QT)


def test_a_copy_lies_beside_the_packages_under_their_name(tmp_path):
    (tmp_path / "sbom.cdx.json").write_text("{}")
    made = copy_bill(work_in(tmp_path, system="windows-frozen"), tmp_path / "sbom.cdx.json")
    assert (made.name, made.read_text()) == ("nishan-1.2.3-windows-frozen.cdx.json", "{}")
