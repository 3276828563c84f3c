"""How the program is started once more."""

import sys

from annotator.foundation.own_copy import own_command, own_folder


def test_a_checkout_starts_its_module_and_a_bundle_itself(monkeypatch):
    assert own_command() == [sys.executable, "-m", "annotator"]
    assert (own_folder() / "annotator" / "__main__.py").is_file()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command() == [sys.executable]
    assert own_folder() is None
