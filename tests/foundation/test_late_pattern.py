import re

import pytest

from annotator.foundation.late_pattern import LatePattern


def test_a_pattern_is_compiled_once_and_only_when_it_is_used():
    wrong = LatePattern("(")
    with pytest.raises(re.error):
        wrong.ready  # noqa: B018 - reading it compiles it
    late = LatePattern("ب+")
    assert late.ready.findall("ببا ب") == ["بب", "ب"]
    assert late.ready is late.ready


def test_patterns_with_one_source_are_equal():
    used, fresh = LatePattern("ب"), LatePattern("ب")
    assert used.ready.search("باران")
    assert used == fresh
    assert hash(used) == hash(fresh)
