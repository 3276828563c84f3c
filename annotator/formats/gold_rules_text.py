"""Rules about the text of a gold record and its tokens, sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.core.document import Segmentation, text_sha256
from annotator.core.span import Span
from annotator.formats.base import JsonObject
from annotator.formats.gold_findings import GoldFinding, RawRecord
from annotator.formats.text_checks import code_name

_NEVER_STORED = re.compile("^\ufeff|[\x00-\x08\x0b-\x1f]")
_WORD = re.compile(r"\S")


def check_text(raw: RawRecord) -> Iterator[GoldFinding]:
    """V01: length and fingerprint are those of the text; V05: no character never stored.

    A lone surrogate, which V05 names too, does not get here: strict JSON refuses it.
    """
    info, text = raw.record["text_info"], raw.text
    found = _NEVER_STORED.search(text)
    if found is not None:
        values = {"code": code_name(found[0]), "offset": found.start()}
        yield raw.finding("V05", "check_character", path=("text",), values=values)
    if info["length"] != len(text):
        values = {"told": info["length"], "found": len(text)}
        yield raw.finding("V01", "check_length", path=("text_info", "length"), values=values)
    if info["sha256"] != text_sha256(text):
        yield raw.finding("V01", "check_sha256", path=("text_info", "sha256"))


def check_normalization(raw: RawRecord) -> Iterator[GoldFinding]:
    """V10: edits of the normalisation are in order, do not overlap and lie inside the text."""
    last = 0
    for index, (start, end, _) in enumerate(raw.record["normalization"]["edits"]):
        if not last <= start <= end <= len(raw.text):
            path = ("normalization", "edits", index)
            yield raw.finding("V10", "check_edits", path=path, values={"start": start, "end": end})
        last = max(last, end)


def check_segmentation(raw: RawRecord) -> Iterator[GoldFinding]:
    """V02, V03 and V13: tokens, sentences and paragraphs are in order and agree with the text."""
    for name in ("tokens", "sentences", "paragraphs"):
        yield from _check_order(raw, name)
    text = raw.text
    for index, token in enumerate(raw.record["tokens"]):
        if token["text"] != text[token["start"] : token["end"]]:
            yield raw.finding("V03", "check_token_text", path=("tokens", index))
    outside = _outside(raw.text, raw.record["sentences"])
    if outside is not None:
        yield raw.finding(
            "V13", "check_no_sentence", path=("sentences",), values={"offset": outside}
        )


def _check_order(raw: RawRecord, name: str) -> Iterator[GoldFinding]:
    last, length = 0, len(raw.text)
    for index, item in enumerate(raw.record[name]):
        start, end = item["start"], item["end"]
        if last <= start < end <= length:
            last = end
            continue
        is_outside = start >= end or end > length
        rule, key = ("V02", "range") if is_outside else ("V13", "order")
        values = {"start": start, "end": end}
        yield raw.finding(rule, f"check_segment_{key}", path=(name, index), values=values)
        last = max(last, end)


def _outside(text: str, sentences: list[JsonObject]) -> int | None:
    """The offset of the first word that no sentence holds."""
    last = 0
    for sentence in [*sentences, {"start": len(text), "end": len(text)}]:
        found = _WORD.search(text, last, max(last, sentence["start"]))
        if found is not None:
            return found.start()
        last = max(last, sentence["end"])
    return None


def check_sentence_tokens(raw: RawRecord, segmentation: Segmentation) -> Iterator[GoldFinding]:
    """V13: a sentence tells the tokens that it covers."""
    for index, sentence in enumerate(raw.record["sentences"]):
        covered = segmentation.token_range(Span(sentence["start"], sentence["end"]))
        if covered != (sentence["token_start"], sentence["token_end"]):
            values = {"first": covered[0], "last": covered[1]}
            yield raw.finding(
                "V13", "check_sentence_tokens", path=("sentences", index), values=values
            )
