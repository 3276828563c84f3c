"""A project in full numbers, each compared with what was put in."""

import pytest

from annotator.foundation.errors import Refused
from annotator.kurdish.segmentation import segment
from annotator.store.project_file import ProjectFile
from annotator.workbench.statistics import statistics_of
from tests.workbench.projects import ARAM, SHILAN, TEXTS, complete, mark, opened, project_with


@pytest.fixture
def project(tmp_path):
    path = project_with(tmp_path)
    for annotator in (None, ARAM):
        workspace = opened(path, annotator=annotator, document="a")
        mark(workspace, "ئازاد", "PER")
        mark(workspace, "هەولێر", "GPE")
        mark(workspace, "دوێنێ", "DATE")
        complete(workspace)
        workspace.close()
    with ProjectFile.open(path) as made:
        yield made


def test_everything_is_counted(project):
    found = statistics_of(project)
    whole = [segment(text) for text in TEXTS.values()]
    assert (found.name, found.scheme, found.documents) == ("news", "ckb-news", 3)
    assert found.characters == sum(map(len, TEXTS.values()))
    assert found.tokens == sum(len(one.tokens) for one in whole)
    assert found.sentences == sum(len(one.sentences) for one in whole)
    assert found.sets["complete"] == 2
    assert found.annotators == {SHILAN: 1, ARAM: 1}
    assert found.splits == {"none": 3}
    assert found.totals == {
        "mentions": 6, "entities": 4, "events": 0, "quotes": 0, "arguments": 0,
    }  # fmt: skip
    assert found.labels["mentions"] == {"DATE": 2, "GPE": 2, "PER": 2}
    assert list(found.labels["entities"]) == ["GPE", "PER"]


def test_progress_counts_documents_and_can_stop(project):
    seen = []
    statistics_of(project, lambda *step: seen.append(step) or True)
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
    with pytest.raises(Refused) as refused:
        statistics_of(project, lambda done, total: done < 1)
    assert refused.value.key == "stats.cancelled"
