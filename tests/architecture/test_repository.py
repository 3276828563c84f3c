"""What may lie in the repository: our own work, from no machine in particular, freely licensed."""

import os
import re
from importlib import metadata
from pathlib import Path

import pytest

from tests.architecture.sources import CHECKOUT, tracked_files, tracked_texts

TOP_LEVEL = {
    ".ci", ".gitattributes", ".github", ".gitignore", "annotator", "build", "resources", "tests",
    "CHANGELOG.md", "CONTRIBUTING.md", "DECISIONS.md", "GLOSSARY.md", "LICENSE", "README.md",
    "pyproject.toml", "requirements-build.lock", "requirements-dev.lock", "requirements.lock",
    "run.py",
}  # fmt: skip

# Written in pieces, so that this file does not hold what it looks for.
REGISTRIES = re.compile(
    r"pypi\.(?:org|python)|python\x68osted|registry\.npm|crates\.i\x6f|artifactor[y]|\bpkg\.de[v]"
    r"|jfro[g]|anaconda\.or[g]|debian\.or[g]/debian|file:///op[t]",
    re.IGNORECASE,
)
MACHINE_PATHS = re.compile(
    r"(?<![\w.:/>-])/(?:work|root|opt|home|Users|mnt)/[A-Za-z0-9_.]|\b[A-Za-z]:\\{1,2}Users\\"
)

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; (.+?))? \\$", re.MULTILINE)

ARTICLES = Path(os.environ.get("NISHAN_SHARED", CHECKOUT.parent / "shared")) / "articles"
if not ARTICLES.is_dir():
    ARTICLES = CHECKOUT.parent.parent / "shared" / "articles"
SHINGLE = 40


def found_in_texts(pattern):
    """Where a pattern occurs in the tracked files."""
    return [
        f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for path, text in tracked_texts().items()
        for match in pattern.finditer(text)
    ]


def pins(lock):
    """The packages of a lock file with their versions and conditions."""
    return set(PIN.findall((CHECKOUT / lock).read_text(encoding="utf-8")))


def shingles(text):
    """Every run of 40 characters, white space folded, that has letters."""
    folded = " ".join(text.split())
    for start in range(len(folded) - SHINGLE + 1):
        yield folded[start : start + SHINGLE]


def is_free(licence):
    """Whether one of the licences offered is none of the GPL; the LGPL is, for a library."""
    offers = re.split(r"\s+or\s+|\s*/\s*", licence, flags=re.IGNORECASE)
    strict = r"(?<![A-Za-z])A?GPL|(?<!Lesser )General Public|Affero"
    return any(not re.search(strict, offer) for offer in offers)


def licence_of(package):
    """What the installed package says of its licence, or None where it is not installed."""
    try:
        told = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        return None
    stated = told.get("License-Expression") or ""
    classifiers = [c for c in told.get_all("Classifier") or () if c.startswith("License ::")]
    return stated or " or ".join(classifiers) or (told.get("License") or "").split("\n")[0]


def test_nothing_unexpected_lies_at_the_top():
    assert {path.parts[0] for path in tracked_files()} - TOP_LEVEL == set()


def test_no_file_names_a_package_registry():
    assert found_in_texts(REGISTRIES) == []


def test_no_file_names_a_path_of_one_machine():
    assert found_in_texts(MACHINE_PATHS) == []


def test_every_font_has_its_licence_beside_it():
    fonts = [path for path in tracked_files() if path.suffix in {".ttf", ".otf", ".woff2"}]
    licences = {font: font.with_name(font.stem.split("-")[0] + "-OFL.txt") for font in fonts}
    assert fonts
    assert [str(font) for font, text in licences.items() if not (CHECKOUT / text).is_file()] == []


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the third-party articles are not at hand")
def test_no_file_quotes_the_articles():
    articles = (path.read_text(encoding="utf-8") for path in sorted(ARTICLES.glob("*.txt")))
    theirs = {shingle for article in articles for shingle in shingles(article)}
    assert theirs
    copied = {
        f"{path}: {shingle}"
        for path, text in tracked_texts().items()
        for shingle in shingles(text)
        if shingle in theirs
    }
    assert copied == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_with_hashes_and_names_no_address(lock):
    text = (CHECKOUT / lock).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip()]
    assert pins(lock)
    assert len(pins(lock)) == sum(not line.startswith(" ") for line in lines)
    assert [line for line in lines if line.startswith(" ") and "--hash=sha256:" not in line] == []
    assert [line for line in lines if "://" in line or "index" in line or " @ " in line] == []


def test_the_development_lock_holds_the_runtime_lock():
    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()


def test_no_dependency_is_under_the_gpl():
    licences = {name: licence_of(name) for name, _, _ in pins("requirements-dev.lock")}
    told = {name: licence for name, licence in licences.items() if licence is not None}
    assert {"pyside6-essentials", "apsw", "pytest"} <= told.keys()
    assert {name: licence for name, licence in told.items() if not is_free(licence)} == {}


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("MIT", True),
        ("LGPL-3.0-only", True),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", True),
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", False),
        ("MPL-2.0", True),
    ],
)
def test_licences_are_told_apart(licence, expected):
    assert is_free(licence) is expected


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (MACHINE_PATHS, "see /" + "work/main", True),
        (MACHINE_PATHS, "C:" + "\\Users\\x", True),
        (MACHINE_PATHS, "resources/" + "home/page", False),
        (REGISTRIES, "https://files.python" + "hosted.org/x", True),
        (REGISTRIES, "https://example.org", False),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern, text, expected):
    assert bool(pattern.search(text)) is expected
