"""Every format works here, and one whose package is missing in a bundle is named."""

import sys

import pytest
from msgspec.structs import replace

from annotator.formats.registry import FORMATS
from annotator.foundation.errors import UserError
from annotator.selftest import format_checks
from annotator.selftest.format_checks import check_formats
from annotator.workbench.clock import system_clock
from annotator.workbench.converting import ConvertChoices
from annotator.workbench.demo import annotated_file
from annotator.workbench.format_offers import FormatOffer, format_offers


def only(monkeypatch, *formats):
    offers = tuple(FormatOffer(known) for known in formats)
    monkeypatch.setattr(format_checks, "format_offers", lambda: offers)


def by_id(identifier):
    return next(known for known in FORMATS if known.id == identifier)


def test_every_format_of_the_program_goes_out_and_those_that_are_read_come_back(
    tmp_path, monkeypatch
):
    seen = []
    real = {"cas-xmi", "tables-xlsx"}
    convert = format_checks.convert
    sample = convert(annotated_file(), tmp_path / "any.jsonl", ConvertChoices(), system_clock)

    def watched(source, target, choices, clock):
        seen.append((target.name, choices.target_format, choices.source_format))
        is_real = {choices.target_format, choices.source_format} & real
        return convert(source, target, choices, clock) if is_real else sample

    monkeypatch.setattr(format_checks, "convert", watched)
    own = [offer.format for offer in format_offers() if offer.format.needs is None]
    assert check_formats(tmp_path) == {"formats": len(own)}
    assert {name for name, out, back in seen if not back} == {known.id for known in own}
    assert {back for _, _, back in seen if back} == {known.id for known in own if known.can_read}
    assert (tmp_path / "cas-xmi.jsonl").stat().st_size


def test_a_package_that_is_not_in_the_bundle_is_noticed(tmp_path, monkeypatch):
    only(monkeypatch, by_id("cas-xmi"), by_id("conll"))
    monkeypatch.setitem(sys.modules, "cassis", None)  # importing it fails
    with pytest.raises(UserError) as caught:
        check_formats(tmp_path)
    assert (caught.value.key, caught.value.values) == (
        "selftest.formats",
        {"faults": "cas-xmi (formats.package_missing)"},
    )


def test_a_format_that_breaks_is_named_with_what_it_said(tmp_path, monkeypatch, caplog):
    def broken(*_):
        raise ImportError("lxml")

    monkeypatch.setattr(format_checks, "convert", broken)
    only(monkeypatch, by_id("brat"))
    with pytest.raises(UserError) as caught:
        check_formats(tmp_path)
    assert caught.value.values == {"faults": "brat (ImportError: lxml)"}
    caplog.clear()


def test_a_format_from_which_nothing_comes_back_is_named(tmp_path, monkeypatch):
    convert = format_checks.convert
    monkeypatch.setattr(
        format_checks, "convert", lambda *words: replace(convert(*words), mentions=0)
    )
    only(monkeypatch, by_id("textee"))
    with pytest.raises(UserError) as caught:
        check_formats(tmp_path)
    assert caught.value.values == {"faults": "textee"}


def test_what_needs_a_package_besides_is_left_out(tmp_path, monkeypatch):
    only(monkeypatch, replace(by_id("brat"), needs="no_such_package"))
    assert check_formats(tmp_path) == {"formats": 0}
