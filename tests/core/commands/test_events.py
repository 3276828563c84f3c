"""Commands of the event layer."""

import pytest
from msgspec.structs import replace

from annotator.core.annotations import (
    Argument,
    Event,
    EventTarget,
    ImplicitTarget,
    MentionTarget,
    QuoteTarget,
    SpanTarget,
)
from annotator.core.commands.events import (
    add_event,
    attach_argument,
    detach_argument,
    filler_kind,
    retype_event,
)
from annotator.core.commands.records import delete
from annotator.core.scheme import FillerKind
from annotator.core.span import Fragments
from tests.builders import annotated, changed, scheme
from tests.core.commands.refusing import refused

FREE = SpanTarget(Fragments.at(0, 2))


def made(notation):
    return annotated(notation)[1]


def attached(before, role, target, event="EV1"):
    return before.apply(attach_argument(before, scheme(), event, role, target))


def roles(annotations, event="EV1"):
    return [(a.role, a.target) for a in annotations.event(event).arguments]


def test_a_new_event():
    before = made("کۆبوونەوە کرا")
    edit = add_event(before, scheme(), Fragments.at(0, 9), "Contact.Meet")
    assert list(edit.added()) == [Event("EV1", "Contact.Meet", Fragments.at(0, 9))]


def test_the_same_words_may_be_two_events_of_different_types():
    before = made("[گەیشت]Contact.Meet")
    trigger = before.event("EV1").trigger
    with refused("refused.duplicate_event", type="Contact.Meet"):
        add_event(before, scheme(), trigger, "Contact.Meet")
    with refused("refused.no_such_type"):
        add_event(before, scheme(), trigger, "No.Type")
    assert len(before.apply(add_event(before, scheme(), trigger, "Movement.Visit"))) == 2


def test_a_single_role_gets_the_new_filler_and_a_repeatable_one_both():
    before = made("[ئەو]PER [ئێوە]PER لە [هەولێر]GPE و [سلێمانی]GPE [کۆبوونەوە]Contact.Meet")
    for target in ("T1", "T2"):
        before = attached(before, "Participant", MentionTarget(target))
    for target in ("T3", "T4"):
        before = attached(before, "Place", MentionTarget(target))
    assert roles(before) == [
        ("Participant", MentionTarget("T1")),
        ("Participant", MentionTarget("T2")),
        ("Place", MentionTarget("T4")),
    ]


@pytest.mark.parametrize(
    "target",
    [
        MentionTarget("T1"),
        FREE,
        EventTarget("EV2"),
        QuoteTarget("Q1"),
        ImplicitTarget("E1"),
        SpanTarget(Fragments.at(0, 2), "E1"),
    ],
)
def test_every_kind_of_filler(target):
    before = made("[ئەو]PER=E1 [هات]Contact.Meet [ڕۆیشت]Movement.Visit «[باشە]direct»")
    assert roles(attached(before, "Topic", target)) == [("Topic", target)]
    with refused("refused.argument_twice", role="Topic"):
        attached(attached(before, "Topic", target), "Topic", target)


def test_every_target_has_a_kind():
    targets = [
        MentionTarget("T1"),
        FREE,
        EventTarget("EV2"),
        QuoteTarget("Q1"),
        ImplicitTarget("E1"),
    ]
    assert [filler_kind(t) for t in targets] == [
        FillerKind.MENTION,
        FillerKind.SPAN,
        FillerKind.EVENT,
        FillerKind.QUOTE,
        FillerKind.IMPLICIT,
    ]


@pytest.mark.parametrize(
    ("role", "target", "key"),
    [
        ("Nobody", MentionTarget("T1"), "refused.no_such_role"),
        ("Place", MentionTarget("T1"), "refused.filler_label"),
        ("Place", FREE, "refused.filler_kind"),
        ("Participant", EventTarget("EV2"), "refused.filler_kind"),
        ("Topic", EventTarget("EV1"), "refused.event_cycle"),
        ("Topic", EventTarget("EV9"), "refused.no_such_record"),
        ("Topic", QuoteTarget("Q9"), "refused.no_such_record"),
        ("Topic", MentionTarget("T9"), "refused.no_such_record"),
        ("Topic", ImplicitTarget("E9"), "refused.no_such_record"),
        ("Topic", SpanTarget(Fragments.at(0, 2), "E9"), "refused.no_such_record"),
    ],
)
def test_a_filler_is_refused(role, target, key):
    before = made("[ئەو]PER=E1 [هات]Contact.Meet [ڕۆیشت]Movement.Visit")
    with refused(key):
        attached(before, role, target)


def test_the_refusal_of_a_label_says_what_is_admitted():
    before = made("[ئەو]PER=E1 [هات]Contact.Meet")
    with refused("refused.filler_label", role="Place", label="PER", admitted="GPE, LOC"):
        attached(before, "Place", MentionTarget("T1"))


def test_an_event_is_not_its_own_argument_through_others():
    before = made(
        "[یەک]Contact.Meet(Topic=EV2) [دوو]Contact.Meet(Topic=EV3) [سێ]Contact.Meet(Topic=EV2)"
    )
    before = changed(before, "EV3", arguments=())
    with refused("refused.event_cycle"):
        attached(before, "Topic", EventTarget("EV1"), event="EV3")
    fourth = made("[یەک]Contact.Meet [دوو]Contact.Meet(Topic=EV3) [سێ]Contact.Meet(Topic=EV2)")
    assert roles(attached(fourth, "Topic", EventTarget("EV2"))) == [("Topic", EventTarget("EV2"))]


def test_replacing_an_implicit_filler_frees_its_entity():
    before = made("[ئەو]PER=E1 [هات]Contact.Meet(Topic=E2) [ئێمە]PER=E2")
    before = before.apply(_without_mention(before, "T2"))
    assert "E2" in before
    after = attached(before, "Topic", MentionTarget("T1"))
    assert "E2" not in after


def _without_mention(annotations, identifier):
    return delete(annotations, [identifier])


def test_detaching():
    before = made("[ئەو]PER=E1 [هات]Contact.Meet(Participant=T1,Topic=E1)")
    after = before.apply(
        detach_argument(before, "EV1", Argument("Participant", MentionTarget("T1")))
    )
    assert roles(after) == [("Topic", ImplicitTarget("E1"))]
    with refused("refused.no_such_argument", role="Place"):
        detach_argument(before, "EV1", Argument("Place", MentionTarget("T1")))


def test_detaching_the_last_use_frees_the_entity():
    before = made("[ئەو]PER=E1 [هات]Contact.Meet(Topic=E1)")
    before = before.apply(_without_mention(before, "T1"))
    after = before.apply(detach_argument(before, "EV1", Argument("Topic", ImplicitTarget("E1"))))
    assert set(after.records) == {"EV1"}


def test_another_type_keeps_what_it_admits():
    before = made(
        "[ئەو]PER لە [هەولێر]GPE بۆ [وتووێژ]MISC "
        "[هات]Contact.Meet(Participant=T1,Place=T2,Topic=T3)"
    )
    after = before.apply(retype_event(before, scheme(), "EV1", "Movement.Visit"))
    assert after.event("EV1").type == "Movement.Visit"
    assert roles(after) == [("Topic", MentionTarget("T3"))]


def test_another_type_refuses_labels_kinds_and_second_fillers():
    frames = scheme()
    meet, visit, attack = frames.event_types
    narrow = replace(
        attack,
        roles=(
            replace(meet.role("Participant"), is_repeatable=False),
            replace(meet.role("Topic"), fillers=frozenset({FillerKind.MENTION})),
            replace(meet.role("Place"), labels=frozenset({"LOC"})),
        ),
    )
    narrowed = replace(frames, event_types=(meet, visit, narrow))
    before = made(
        "[ئەو]PER [ئێمە]PER [هەولێر]GPE "
        "[هات]Contact.Meet(Participant=T1,Participant=T2,Topic=E1,Place=T3) [یەک]ORG=E1"
    )
    after = before.apply(retype_event(before, narrowed, "EV1", "Conflict.Attack"))
    assert roles(after) == [("Participant", MentionTarget("T1"))]


def test_retyping_drops_attributes_of_the_old_type_and_orphans():
    frames = scheme()
    tense = next(spec for spec in frames.attributes if spec.id == "tense")
    limited = replace(frames, attributes=(replace(tense, labels=frozenset({"Contact.Meet"})),))
    before = made("[ئەو]PER=E1 [هات]Contact.Meet(Participant=E1)")
    before = changed(
        before.apply(_without_mention(before, "T1")), "EV1", attrs=(("tense", "past"),)
    )
    after = before.apply(retype_event(before, limited, "EV1", "Movement.Visit"))
    assert dict(after.records) == {
        "EV1": replace(before.event("EV1"), type="Movement.Visit", arguments=(), attrs=())
    }


def test_retyping_to_the_same_type_changes_nothing_and_to_a_twin_is_refused():
    before = made("[[هات]Contact.Meet]Movement.Visit")
    assert retype_event(before, scheme(), "EV1", "Movement.Visit").is_empty
    with refused("refused.duplicate_event"):
        retype_event(before, scheme(), "EV1", "Contact.Meet")
    with refused("refused.no_such_type"):
        retype_event(before, scheme(), "EV1", "No.Type")
