"""What the next export begins with."""

import pytest
from PySide6.QtCore import QSettings

from annotator.core.splits import Shares
from annotator.formats.conll_write import CONLL
from annotator.ui.dialogs.export_memory import (
    EXPORT_SETTING,
    LastExport,
    last_export,
    remember_export,
)
from annotator.workbench.exporting import ExportChoices, SplitChoices

SPLIT = SplitChoices(Shares(train=7, dev=2, test=1), 5, ignores_given=True)


def test_nothing_was_chosen_before_the_first_export(qapp):
    assert last_export() == LastExport("", {}, None)


@pytest.mark.parametrize("split", [None, SPLIT])
def test_format_options_and_split_are_kept(qapp, split):
    remember_export(ExportChoices(format=CONLL, options={"tagging": "bioes"}, split=split))
    assert last_export() == LastExport("conll", {"tagging": "bioes"}, split)


@pytest.mark.parametrize(
    "stored",
    ["{", "[1]", '{"options": 3, "split": 4}', '{"split": {"shares": "0/0/0"}}',
     '{"options": {"tagging": 1}, "split": {}}'],
)  # fmt: skip
def test_a_damaged_setting_is_as_if_never_chosen(qapp, stored):
    QSettings().setValue(EXPORT_SETTING, stored)
    assert last_export() == LastExport("", {}, None)


def test_a_seed_that_is_no_number_is_nought(qapp):
    QSettings().setValue(EXPORT_SETTING, '{"split": {"shares": "8/1/1", "seed": true}}')
    assert last_export().split == SplitChoices(Shares(train=8, dev=1, test=1), 0)
