"""The window speaks Sorani where Windows or its installer did, though no variable says so."""

import re

import pytest

from annotator.app import make_desk
from annotator.ui import system_language as asked
from annotator.ui.system_language import (
    CHOSEN,
    INSTALLED,
    LANGUAGES_OF_THE_INSTALLER,
    system_language,
)
from tests.architecture.sources import CHECKOUT

WINDOWS = CHECKOUT / "build" / "windows"


@pytest.fixture
def system(monkeypatch):
    """A system of a name, a language, and what the installer kept."""

    def be(platform, spoken=(), kept=""):
        class Locale:
            @staticmethod
            def system():
                return Locale

            @staticmethod
            def uiLanguages():  # noqa: N802  # as Qt names it
                return list(spoken)

        class Settings:
            Format = asked.QSettings.Format

            def __init__(self, place, form):
                assert (place, form) == (INSTALLED, self.Format.NativeFormat)

            def value(self, name, default):
                return {CHOSEN: kept}.get(name) or default

        for variable in ("NISHAN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(variable, raising=False)
        monkeypatch.setattr(asked.sys, "platform", platform)
        monkeypatch.setattr(asked, "QLocale", Locale)
        monkeypatch.setattr(asked, "QSettings", Settings)

    return be


@pytest.mark.parametrize(
    ("platform", "spoken", "kept", "language"),
    [
        ("win32", ["ku-Arab-IQ", "en-US"], "", "ckb"),
        ("win32", ["en-US"], "1170", "ckb"),
        ("win32", ["ku-Arab-IQ"], "1033", "en"),
        ("win32", ["en-US", "ku-Arab-IQ"], "1031", "en"),
        ("win32", [], "", "en"),
        ("darwin", ["ckb-IQ"], "1033", "ckb"),
        ("linux", ["ckb-IQ"], "1170", "en"),
    ],
)
def test_it_is_that_of_the_installer_or_of_the_system(system, platform, spoken, kept, language):
    system(platform, spoken, kept)
    assert system_language() == language


def test_the_environment_comes_first_where_it_is_ours_and_on_linux(system, monkeypatch):
    system("win32", ["en-US"], "1033")
    monkeypatch.setenv("NISHAN_LANGUAGE", "ckb")
    assert system_language() == "ckb"
    system("linux")
    monkeypatch.setenv("LANG", "ckb_IQ.UTF-8")
    assert system_language() == "ckb"


def test_the_window_asks_for_it(system, qapp, tmp_path):
    system("win32", ["ku-Arab-IQ"])
    assert make_desk(folder=tmp_path).catalogue.language == "ckb"


def test_the_installer_keeps_it_there_by_these_numbers():
    script = (WINDOWS / "nishan.nsi").read_text(encoding="utf-8-sig")
    assert f'LANGDLL_REGISTRY_VALUENAME "{CHOSEN}"' in script
    assert 'LANGDLL_REGISTRY_KEY "Software\\${PROGRAM}"' in script
    assert INSTALLED.endswith("\\" + re.search(r'!define PROGRAM "(\w+)"', script)[1])
    own = (WINDOWS / "sorani.nlf").read_text(encoding="utf-8-sig").splitlines()
    assert LANGUAGES_OF_THE_INSTALLER[own[3]] == "ckb"
    assert len(re.findall(r"MUI_LANGUAGE(?:EX)? ", script)) == len(LANGUAGES_OF_THE_INSTALLER)
