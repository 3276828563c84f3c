"""The `datasets` library, as users of our exports load them with it."""

import pytest


@pytest.fixture(scope="module")
def datasets(tmp_path_factory):
    """The library, kept from the network and from everybody's cache."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
            patch.setenv(name, "1")
        patch.setenv("HF_HOME", str(tmp_path_factory.mktemp("hf")))
        import datasets  # noqa: PLC0415  # reads these settings when it is imported

        datasets.disable_progress_bars()
        yield datasets
        datasets.enable_progress_bars()
