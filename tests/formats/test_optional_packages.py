"""Nobody is told to install a package into a program that can be given none."""

import pytest

from annotator.formats import optional_packages
from annotator.formats.optional_packages import package_missing
from annotator.foundation.catalogue import LANGUAGES, load_catalogue, without_isolates


@pytest.mark.parametrize("language", LANGUAGES)
def test_pip_is_named_only_where_there_is_one(language, monkeypatch):
    told = {}
    for is_bundled in (True, False):
        monkeypatch.setattr(optional_packages, "is_bundled", lambda answer=is_bundled: answer)
        error = package_missing("pyarrow")
        told[is_bundled] = without_isolates(load_catalogue(language).error(error))
    assert "pip install pyarrow" in told[False]
    assert "pip" not in told[True]
    assert "pyarrow" in told[True]
