"""The types of our CAS files, as INCEpTION has them: its own layers and custom ones.

Links are structures of their own with a role and a target, which INCEpTION calls slots.
"""

from __future__ import annotations

from collections.abc import Mapping

from annotator.formats import layer_spans as layers
from annotator.formats.cas_library import TypeSystem, library
from annotator.formats.cas_trim import ARRAY

_STRING, _TOP, _ANNOTATION = "uima.cas.String", "uima.cas.TOP", "uima.tcas.Annotation"


def link_type(layer: str, feature: str) -> str:
    """The type of the links of a feature: ``webanno.custom.EventArgumentsLink``."""
    name = layer.rpartition(".")[2]
    return f"webanno.custom.{name}{feature[:1].upper()}{feature[1:]}Link"


def text_features(features: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """The features with texts of every layer, in their order.

    `features` are those of the attributes of a scheme by layer.
    """
    return {
        layer: tuple(dict.fromkeys((*strings, *features[layer].values())))
        for layer, strings in layers.STRINGS.items()
    }


def type_system(features: Mapping[str, Mapping[str, str]]) -> TypeSystem:
    """The types of a scheme, of which `features` are those of its attributes by layer.

    Raises `UserError` where the library is missing.
    """
    types = library().TypeSystem()
    for name in (layers.SENTENCE, layers.TOKEN):
        types.create_type(name, _ANNOTATION)
    for layer, named in text_features(features).items():
        made = types.create_type(layer, _ANNOTATION)
        for feature in named:
            types.create_feature(made, feature, _STRING)
        for feature in layers.LINKS[layer]:
            link = types.create_type(link_type(layer, feature), _TOP)
            types.create_feature(link, "role", _STRING)
            types.create_feature(link, "target", _ANNOTATION)
            types.create_feature(made, feature, ARRAY, elementType=link)
    return types
