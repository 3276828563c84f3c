"""Both catalogues say the same things, and the code asks only for sentences they hold."""

import ast
import json
import re
import string
from functools import cache

import pytest

from tests.architecture.sources import CHECKOUT, modules

TRANSLATIONS = CHECKOUT / "resources" / "translations"
LANGUAGES = ("ckb", "en")
KEY = re.compile(r"[a-z][a-z0-9_]*(\.[A-Za-z0-9_-]+)+")
PREFIX = re.compile(r"[a-z][a-z0-9_]*(\.[A-Za-z0-9_-]+)*\.")
# Sentences of Qt itself are looked up by their English text.
QT = re.compile(r"qt\..+")

# What is printed on the keys of a keyboard is Latin on a Kurdish one, too.
LATIN_IN_KURDISH = re.compile(r"key\..+")
# "1 documents": a number before a plural; sentences of the second list never tell of one.
THINGS = "documents|annotations|mentions|events|quotes|sets|places|suggestions|errors|files|pages"
COUNTED = re.compile(rf"\{{\w+\}} (of the \{{\w+\}} )?(annotation )?({THINGS}|hints|warnings)\b")
AT_LEAST_TWO = {
    "drop.ask", "drop.ask_label", "drop.ask_layer", "history.purge_documents.many",
    "history.remove_documents.many", "history.restore_documents.many", "notice.undone_many",
    "purge.ask.many", "purge.done.many", "removing.done.many",
}  # fmt: skip

FIELD = re.compile(r"\{[^{}]*\}")
KURDISH_LETTER = re.compile(r"[ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنوۆهەیێ]")
LOOK_ALIKES = {"\u064a": "ي", "\u0643": "ك", "\u0649": "ى", "\u200c": "ZWNJ", "\u06be": "ھ"}

ASKS_BY_NAME = {"UserError", "Damaged", "Refused", "Defect", "Edit"}
ASKS_BY_METHOD = {"text", "tell", "sentence"}


@cache
def topics(language):
    """The files of one language, by topic, as key to sentence."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((TRANSLATIONS / language).glob("*.json"))
    }


@cache
def sentences(language):
    """Every sentence of one language by its key."""
    return {key: text for topic in topics(language).values() for key, text in topic.items()}


def fields(sentence):
    """The named fields of a sentence."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(sentence) if name)


def questions(tree):
    """Each call that asks the catalogue: line, key, named values, whether more may come by ``**``.

    A call counts when its first argument is a literal; of a method, when it has the form of a key.
    """
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(key)), *_]):
                asks = name in ASKS_BY_NAME
            case ast.Call(func=ast.Attribute(attr=name), args=[ast.Constant(value=str(key)), *_]):
                asks = name in ASKS_BY_METHOD and KEY.fullmatch(key)
            case _:
                continue
        if asks:
            given = {keyword.arg for keyword in node.keywords}
            yield node.lineno, key, given - {None}, None in given


def literals(tree):
    """Every string a module writes that has the form of a key."""
    values = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {value for value in values if isinstance(value, str) and KEY.fullmatch(value)}


def templates(tree):
    """What may build a key, as patterns: f-strings, and strings that end where a name begins."""
    nodes = list(ast.walk(tree))
    pieces = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        match node:
            case ast.Constant(value=str(text)) if PREFIX.fullmatch(text):
                if id(node) not in pieces:
                    yield re.escape(text) + ".+"
            case ast.JoinedStr(values=parts):
                texts = (part.value if isinstance(part, ast.Constant) else None for part in parts)
                pattern = "".join(".+" if text is None else re.escape(text) for text in texts)
                if re.search(r"[a-z]\\\.|\\\.[a-z]", pattern):  # else it could be anything
                    yield pattern


def test_both_languages_have_the_same_topics_and_keys():
    ckb, en = topics("ckb"), topics("en")
    assert {name: sorted(keys) for name, keys in ckb.items()} == {
        name: sorted(keys) for name, keys in en.items()
    }


def test_both_languages_have_the_same_fields():
    ckb, en = sentences("ckb"), sentences("en")
    different = {
        key: (fields(ckb[key]), fields(en[key]))
        for key in ckb.keys() & en.keys()
        if fields(ckb[key]) != fields(en[key])
    }
    assert different == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_are_well_formed_and_stand_in_one_topic_only(language):
    keys = [key for topic in topics(language).values() for key in topic]
    assert [key for key in keys if not (KEY.fullmatch(key) or QT.fullmatch(key))] == []
    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_say_something_and_name_their_fields(language):
    texts = sentences(language)
    assert [key for key, text in texts.items() if text != text.strip() or not text] == []
    unnamed = [
        key
        for key, text in texts.items()
        if any(
            name == "" or (name or "").isdigit() for _, name, _, _ in string.Formatter().parse(text)
        )
    ]
    assert unnamed == []


def test_no_number_makes_an_english_sentence_wrong():
    found = {
        key
        for key, text in sentences("en").items()
        if COUNTED.search(text) and key not in AT_LEAST_TWO
    }
    assert found == set()


def test_kurdish_sentences_are_kurdish():
    latin = {
        key
        for key, text in sentences("ckb").items()
        if any(map(str.isalpha, FIELD.sub("", text))) and not KURDISH_LETTER.search(text)
    }
    assert {key for key in latin if not LATIN_IN_KURDISH.fullmatch(key)} == set()


def test_kurdish_sentences_use_kurdish_letters_and_no_look_alikes():
    found = {
        (key, name)
        for key, text in sentences("ckb").items()
        for character, name in LOOK_ALIKES.items()
        if character in text
    }
    assert found == set()


def test_the_code_asks_only_for_sentences_that_exist():
    known = sentences("en")
    missing = {
        f"{path}:{line} {key}"
        for path, tree in modules().items()
        for line, key, _, _ in questions(tree)
        if key not in known
    }
    assert missing == set()


def test_every_sentence_gets_its_fields():
    known = sentences("en")
    incomplete = {
        f"{path}:{line} {key} lacks {sorted(fields(known[key]) - given)}"
        for path, tree in modules().items()
        for line, key, given, is_open in questions(tree)
        if key in known and not is_open and not _is_edit(key) and fields(known[key]) - given
    }
    assert incomplete == set()


def _is_edit(key):
    return key.startswith("edit.")  # an edit is named here and told in another place


def test_no_sentence_is_left_over():
    written = set().union(*map(literals, modules().values()))
    built = re.compile("|".join(p for t in modules().values() for p in templates(t)) or r"(?!)")
    keys = sentences("en").keys()
    assert {key for key in keys - written if not built.fullmatch(key)} == set()


def test_the_readers_of_code_see_what_they_should():
    tree = ast.parse(
        'raise Refused("a.stale", x=1)\n'
        'say = catalogue.text("a.title", **more)\n'
        'Edit("edit.add", ())\n'
        'other("a.other")\n'
        "name = f'label.{id}.name'\n"
        "PREFIX = 'qt.'\n"
        "field.text('name')\n"
    )
    assert list(questions(tree)) == [
        (1, "a.stale", {"x"}, False),
        (2, "a.title", set(), True),
        (3, "edit.add", set(), False),
    ]
    assert literals(tree) == {"a.stale", "a.title", "edit.add", "a.other"}
    assert set(templates(tree)) == {r"qt\..+", r"label\..+\.name"}
    assert fields("From {start} to {end} of {{all}}") == {"start", "end"}
