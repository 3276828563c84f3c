"""What the library of CAS is not asked to do, since it would never end."""

import pytest

from annotator.formats.cas_limits import longest, refuse_costly, refuse_many
from annotator.foundation.errors import UserError
from tests.formats.test_cas_read import Made, read_xmi


def test_the_types_of_large_projects_are_few_enough():
    refuse_many({f"t{number}": ("uima.tcas.Annotation", 10) for number in range(1000)})


@pytest.mark.parametrize(
    "types",
    [
        {f"t{number}": ("above", 0) for number in range(200)} | {"above": ("x", 200)},
        {f"t{number}": ("", 0) for number in range(3000)},
        {"a": ("b", 0), "b": ("a", 0)},
        {f"t{number}": (f"t{number + 1}", 0) for number in range(150)},
    ],
    ids=["heavy", "many", "circle", "deep"],
)
def test_types_that_take_minutes_are_refused(types):
    with pytest.raises(ValueError, match="types"):
        refuse_many(types)


def test_offsets_outside_of_a_long_text_are_bounded():
    text = longest(["a", None, "😀" * 10_000])
    refuse_costly(text, [{"begin": 0, "end": 20_000}] * 10_000)
    refuse_costly(text, [{"begin": "x", "end": None}] * 10_000)
    for offset in (1, "20001", -1):
        with pytest.raises(ValueError, match="offsets"):
            refuse_costly(text, [{"begin": 0, "end": offset}] * 10_000)


def test_an_element_with_very_many_attributes_is_refused():
    files = Made().files
    many = " ".join(f'a{number}="x"' for number in range(1100)).encode()
    files["a.xmi"] = files["a.xmi"].replace(b"<cas:View", b"<cas:View " + many)
    with pytest.raises(UserError) as error:
        read_xmi(files)
    assert "attributes" in error.value.values["reason"]


def test_types_are_counted_as_they_are_written():
    files = Made().files
    features = "".join(
        f"<featureDescription><name>f{number}</name><description/>"
        "<rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>"
        for number in range(700)
    )
    types = files["TypeSystem.xml"].decode()
    end = types.index("</features>")
    files["TypeSystem.xml"] = f"{types[:end]}{features}{types[end:]}".encode()
    with pytest.raises(UserError) as error:
        read_xmi(files)
    assert "features" in error.value.values["reason"]
