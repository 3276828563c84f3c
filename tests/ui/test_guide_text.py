"""The pages of the guide: the same in both languages, with true keys, and easy to search."""

import re

import pytest

from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.paths import resource
from annotator.ui.guide_text import (
    INVISIBLE,
    KEY,
    fill_keys,
    matches,
    name_of,
    pages_with,
    read_guide,
    with_mirrored_tables,
)
from annotator.ui.keyboard.actions import action_ids
from annotator.ui.keyboard.keymap import default_keymap
from annotator.ui.keyboard.physical import parse_chord
from annotator.ui.keyboard.wording import cap_of

LANGUAGES = ("ckb", "en")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
LINK = re.compile(r"\]\(([^)]*)\)")
LOOK_ALIKES = "\u064a\u0643\u0649\u200c\u06be"
# Names, formats and keys that are Latin in Kurdish, too.
LATIN_WORDS = {
    "JSON", "PDF", "lines", "UTF", "Alt", "Ctrl", "Shift", "E", "W", "I", "F", "IN", "PATH",
    "AgaCKNER", "CoNLL", "GLiNER", "Hugging", "Face", "spaCy",
    "brat", "doccano", "INCEpTION", "UIMA", "CAS", "WebAnno", "TSV", "Label", "Studio", "Prodigy",
}  # fmt: skip


def files(language):
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted(resource("help", language).glob("*.md"))
    }


def shape(text):
    """What a page is made of: its headings by level, and how its lines begin."""
    begins = (re.match(r"#+ |- |\d\. |\||```", line) for line in text.splitlines())
    return [match[0] for match in begins if match]


def every_page():
    return [
        pytest.param(language, name, text, id=f"{language}/{name}")
        for language in LANGUAGES
        for name, text in files(language).items()
    ]


def test_both_languages_have_the_same_pages():
    assert len(files("en")) >= 8
    assert list(files("ckb")) == list(files("en"))
    assert [re.fullmatch(r"\d\d-[a-z]+\.md", name) for name in files("en")].count(None) == 0


@pytest.mark.parametrize("name", files("en"))
def test_a_page_is_built_alike_in_both_languages(name):
    ckb, en = files("ckb")[name], files("en")[name]
    assert shape(ckb) == shape(en)
    assert shape(en)[0] == "# "
    assert shape(en).count("# ") == 1


@pytest.mark.parametrize("name", files("en"))
def test_a_page_names_the_same_keys_and_commands_in_both_languages(name):
    ckb, en = files("ckb")[name], files("en")[name]
    assert sorted(KEY.findall(ckb)) == sorted(KEY.findall(en))
    assert sorted(CODE.findall(ckb)) == sorted(CODE.findall(en))


@pytest.mark.parametrize(("language", "name", "text"), every_page())
def test_every_key_exists_and_nothing_is_left_in_braces(language, name, text):
    known = set(action_ids())
    assert {key for kind, key in KEY.findall(text) if kind == "key"} <= known
    chords = [key for kind, key in KEY.findall(text) if kind == "chord"]
    assert [parse_chord(chord).chord for chord in chords] == chords
    filled = fill_keys(text, load_catalogue(language), default_keymap())
    assert "{" not in filled
    assert "}" not in filled


@pytest.mark.parametrize(("language", "name", "text"), every_page())
def test_every_link_leads_to_a_page(language, name, text):
    links = LINK.findall(text)
    assert links
    assert set(links) <= files(language).keys()


@pytest.mark.parametrize("name", files("ckb"))
def test_kurdish_pages_are_kurdish(name):
    text = files("ckb")[name]
    bare = LINK.sub("]", CODE.sub("", KEY.sub("", text)))
    assert set(re.findall(r"[A-Za-z]+", bare)) <= LATIN_WORDS
    assert [letter for letter in LOOK_ALIKES if letter in text] == []


@pytest.mark.parametrize(("language", "name", "text"), every_page())
def test_offsets_in_a_page_are_the_same_for_qt(language, name, text):
    assert max(text) <= "\uffff"


def test_keys_are_those_of_the_user():
    catalogue = load_catalogue("en")
    keymap = default_keymap().without("event.new").with_override("quote.new", "Ctrl+Shift+Q")
    shown = fill_keys("{key:quote.new} {key:event.new} {chord:Shift+Equal}", catalogue, keymap)
    assert shown.translate(dict.fromkeys(map(ord, INVISIBLE))) == (
        "`Ctrl+Shift+Q\u00a0/\u00a0ق` Mark as event… `+`"
    )


def test_a_backquote_on_a_cap_does_not_end_the_code():
    shown = fill_keys("{chord:Grave}", load_catalogue("en"), default_keymap())
    assert shown.startswith("``")
    assert shown.endswith("``")


def test_commands_keep_their_order_and_their_hyphens():
    shown = fill_keys("نووسین `run --json`", load_catalogue("ckb"), default_keymap())
    assert shown == "نووسین `\u2066run -\u2060-\u2060json\u2069`"
    fenced = "```\nrun --json\n```"
    assert fill_keys(fenced, load_catalogue("en"), default_keymap()) == fenced


def test_the_legend_and_the_guide_show_the_sign_that_is_typed():
    catalogue = load_catalogue("ckb")
    assert [cap_of(catalogue, chord) for chord in ("Shift+Slash", "Shift+Equal")] == ["?", "+"]


def test_tables_begin_on_the_right_in_kurdish():
    text = "| a | b |\n|---|---|\ntext | more"
    assert with_mirrored_tables(text) == "| b | a |\n|---|---|\ntext | more"


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("ڕۆڵی ڕووداو", "رول", ["ڕۆڵ"]),
        ("نیشانە و وتە", "نيشانه", ["نیشانە"]),
        ("Undo brings it back", "UNDO back", ["Undo", "back"]),
        ("Undo", "undo redo", []),
        ("anything", "  ", []),
        ("run -\u2060-\u2060json", "--json", ["-\u2060-\u2060json"]),
        ("a.b", ".", ["."]),
    ],
)
def test_the_search_finds_folded_spellings(text, query, found):
    assert [span.of(text) for span in matches(text, query)] == found


def test_pages_are_found_that_hold_every_word():
    texts = ["quote and speaker", "event and role", "speaker"]
    assert pages_with(texts, "speaker") == [0, 2]
    assert pages_with(texts, "AND speaker") == [0]
    assert pages_with(texts, " ") == [0, 1, 2]
    assert pages_with(texts, "nowhere") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_reads_its_pages_in_order(language):
    guide = read_guide(load_catalogue(language), default_keymap())
    assert [page.name for page in guide.pages] == [name_of(name) for name in files(language)]
    assert all(page.markdown.startswith(f"# {page.title}\n") for page in guide.pages)
    assert guide.page("events").name == "events"
    assert guide.page("nowhere") is guide.page(None) is guide.pages[0]
