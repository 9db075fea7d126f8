"""R1 to R7 at the pure core: generated drafts, and the cases worth a name."""

import hashlib
import os
from dataclasses import replace

from hypothesis import given, settings, strategies as st

from notes.rules.redaction import (
    attribution_phrase,
    colleagues_there,
    consented_level,
    is_for_everybody,
    nameable_sectors,
    redact,
    sectors_that_stand,
    text_hash,
    write_up,
)
from notes.rules.vocabulary import Attribution, Audience, Consent, Draft, Edition, Item, Line, Participant, Section

SECTORS = ("Public sector", "Civil society", "Academia", "")
ORGANISATIONS = ("River Council", "Fjord Forum", "Hill University", "")
TITLES = ("Welcome", "A jury on data", "Discussion", "Actions", "Corridor talk")

# `make properties` asks for 100,000.
EXAMPLES = int(os.environ.get("EXAMPLES", "400"))

texts = st.text(alphabet="abc de.\n*", max_size=20)
levels = st.sampled_from(Attribution)
audiences = st.sampled_from(Audience)


@st.composite
def people(draw: st.DrawFn) -> tuple[Participant, ...]:
    count = draw(st.integers(0, 8))
    return tuple(
        Participant(
            key=f"p{number}",
            name=draw(st.sampled_from((f"Person {number}", ""))),
            organisation=draw(st.sampled_from(ORGANISATIONS)),
            sector=draw(st.sampled_from(SECTORS)),
            attended=draw(st.booleans()),
        )
        for number in range(count)
    )


@st.composite
def items(draw: st.DrawFn, roster: tuple[Participant, ...]) -> Item:
    text = draw(texts)
    keys: list[str | None] = [None, "nobody we know", *(person.key for person in roster)]
    given_to = draw(st.sampled_from((text, text + " ", text + "x")))
    consent = Consent(level=draw(levels), audience=draw(audiences), text_hash=text_hash(given_to))
    return Item(
        section=draw(st.sampled_from(TITLES)),
        text=text,
        contributor=draw(st.sampled_from(keys)),
        confidential=draw(st.booleans()),
        consent=draw(st.sampled_from((None, consent))),
    )


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    roster = draw(people())
    return Draft(
        title="Meeting 4",
        sections=tuple(draw(st.lists(st.sampled_from(TITLES[:4]), max_size=5))),
        items=tuple(draw(st.lists(items(roster), max_size=8))),
        participants=roster,
        k=draw(st.integers(2, 4)),
        cap=draw(levels),
        openings=tuple(draw(st.lists(st.sampled_from(TITLES), max_size=2))),
    )


def lines_of(draft: Draft, audience: Audience = Audience.NETWORK) -> list[Line]:
    return [line for section in redact(draft, audience).sections for line in section.lines]


def effective(item: Item, audience: Audience) -> bool:
    consent = item.consent
    return consent is not None and consent.audience >= audience and consent.text_hash == text_hash(item.text)


@given(drafts(), audiences)
def test_r1_without_a_consent_nothing_is_attributed(draft: Draft, audience: Audience) -> None:
    silent = replace(draft, items=tuple(replace(item, consent=None) for item in draft.items))
    assert {line.attribution for line in lines_of(silent, audience)} <= {""}


@given(drafts(), audiences)
def test_r2_an_edit_voids_every_consent(draft: Draft, audience: Audience) -> None:
    edited = replace(draft, items=tuple(replace(item, text=item.text + "!edited") for item in draft.items))
    assert {line.attribution for line in lines_of(edited, audience)} <= {""}


@given(st.text(), st.sampled_from([" ", "\n", "\t ", "\u00a0"]))
def test_r2_consent_survives_line_breaks_and_nothing_else(text: str, space: str) -> None:
    assert text_hash(space.join(["", *text.split(), ""])) == text_hash(text)
    assert text_hash(text + "x") != text_hash(text)


@given(drafts(), audiences)
def test_r3_the_lowest_level_wins(draft: Draft, audience: Audience) -> None:
    """An attribution is never higher than the contributor's consent for this audience, nor than the cap."""
    roster = {person.key: person for person in draft.participants}
    visible = [item for item in draft.items if not item.confidential]
    shown = {
        id(item): line for item, line in zip(in_edition_order(draft, visible), lines_of(draft, audience), strict=True)
    }
    for item in visible:
        line = shown[id(item)]
        assert line.text == item.text
        if line.attribution:
            assert effective(item, audience)
            assert item.consent is not None
            assert item.contributor is not None
            person = roster[item.contributor]
            allowed = min(item.consent.level, draft.cap)
            phrase = {1: person.sector, 2: person.organisation, 3: person.name}[allowed]
            assert line.attribution == phrase


def in_edition_order(draft: Draft, visible: list[Item]) -> list[Item]:
    present = [item.section for item in visible]
    titles = dict.fromkeys([*(t for t in draft.openings if t in present), *draft.sections, *present])
    return [item for title in titles for item in visible if item.section == title]


@given(drafts(), audiences)
def test_r4_a_sector_stands_for_enough_people_who_are_not_named(draft: Draft, audience: Audience) -> None:
    edition_phrases = {line.attribution for line in lines_of(draft, audience)}
    visible = [item for item in draft.items if not item.confidential and effective(item, audience)]
    named = {
        item.contributor
        for item in visible
        if item.consent and min(item.consent.level, draft.cap) >= Attribution.ORGANISATION
    }
    for sector in edition_phrases & set(SECTORS) - {""}:
        crowd = [p for p in draft.participants if p.sector == sector and p.attended]
        hidden = [p for p in crowd if p.key not in named or not (p.name or p.organisation)]
        assert len(hidden) >= draft.k
        assert len({p.organisation for p in hidden} - {""}) >= 2


@given(drafts(), audiences)
def test_r5_confidential_items_change_nothing(draft: Draft, audience: Audience) -> None:
    without = replace(draft, items=tuple(item for item in draft.items if not item.confidential))
    assert redact(draft, audience) == redact(without, audience)


@st.composite
def twins(draw: st.DrawFn) -> tuple[Draft, Draft, Audience]:
    """Two drafts that differ only in secrets (R6)."""
    draft, audience = draw(drafts()), draw(audiences)
    keys: list[str | None] = [None, *(person.key for person in draft.participants)]
    other: list[Item] = []
    for item in draft.items:
        if item.confidential:
            continue
        if effective(item, audience):
            other.append(item)
        else:
            other.append(replace(item, contributor=draw(st.sampled_from(keys))))
    for secret in draw(st.lists(items(draft.participants), max_size=4)):
        place = draw(st.integers(0, len(other)))
        other.insert(place, replace(secret, confidential=True))
    consenting = {item.contributor for item in draft.items if not item.confidential and effective(item, audience)}
    roster = tuple(
        person
        if person.key in consenting
        else replace(
            person, name=draw(st.text(max_size=5)), role=draw(st.text(max_size=5)), aliases=("A",), email="a@b.example"
        )
        for person in draft.participants
    )
    return draft, replace(draft, items=tuple(other), participants=roster), audience


@settings(max_examples=EXAMPLES)
@given(twins())
def test_r6_drafts_that_differ_in_secrets_have_equal_editions(pair: tuple[Draft, Draft, Audience]) -> None:
    one, other, audience = pair
    assert redact(one, audience) == redact(other, audience)
    assert repr(redact(one, audience)) == repr(redact(other, audience))


@given(drafts(), audiences)
def test_r7_an_edition_holds_no_keys(draft: Draft, audience: Audience) -> None:
    marked = replace(
        draft,
        participants=tuple(replace(p, key=f"KEY-{p.key}") for p in draft.participants),
        items=tuple(replace(i, contributor=f"KEY-{i.contributor}") for i in draft.items),
    )
    assert "KEY-" not in repr(redact(marked, audience))
    assert redact(marked, audience) == redact(draft, audience)


# -- The cases worth a name ----------------------------------------------------------------------------------------

ANA = Participant(key="ana", name="Ana Prieto", organisation="River Council", sector="Public sector")
BEN = Participant(key="ben", name="Ben Osei", organisation="Hill Council", sector="Public sector")
CAI = Participant(key="cai", name="Cai Pugh", organisation="Hill Council", sector="Public sector")
DEE = Participant(key="dee", name="Dee Roy", organisation="Dale Council", sector="public  SECTOR")


def said(who: Participant, text: str, level: Attribution, audience: Audience = Audience.NETWORK) -> Item:
    consent = Consent(level=level, audience=audience, text_hash=text_hash(text))
    return Item(section="Discussion", text=text, contributor=who.key, consent=consent)


def draft_of(*given_items: Item, roster: tuple[Participant, ...] = (ANA, BEN, CAI)) -> Draft:
    return Draft(title="Meeting 4", sections=("Discussion",), items=given_items, participants=roster)


def test_r3_each_level_shows_its_own_phrase_and_no_more() -> None:
    for level, phrase in [(0, ""), (1, "Public sector"), (2, "River Council"), (3, "Ana Prieto")]:
        draft = draft_of(said(ANA, "Juries work.", Attribution(level)), roster=(ANA, BEN, CAI, DEE))
        assert lines_of(draft) == [Line(text="Juries work.", attribution=phrase)]


def test_r3_the_meetings_cap_lowers_a_consent() -> None:
    draft = replace(draft_of(said(ANA, "Juries work.", Attribution.NAME)), cap=Attribution.ORGANISATION)
    assert [line.attribution for line in lines_of(draft)] == ["River Council"]


def test_r3_a_consent_for_the_public_includes_the_network_and_not_the_other_way_round() -> None:
    for_network = draft_of(said(ANA, "Juries work.", Attribution.NAME, Audience.NETWORK))
    for_public = draft_of(said(ANA, "Juries work.", Attribution.NAME, Audience.PUBLIC))
    assert [line.attribution for line in lines_of(for_network, Audience.PUBLIC)] == [""]
    assert [line.attribution for line in lines_of(for_public, Audience.PUBLIC)] == ["Ana Prieto"]
    assert [line.attribution for line in lines_of(for_public, Audience.NETWORK)] == ["Ana Prieto"]


def test_r4_two_people_are_too_few_for_a_sector() -> None:
    draft = draft_of(said(ANA, "Juries work.", Attribution.SECTOR), roster=(ANA, BEN))
    assert [line.attribution for line in lines_of(draft)] == [""]


def test_r4_one_organisation_is_too_few_for_a_sector() -> None:
    same = (*(replace(person, organisation="Hill  COUNCIL") for person in (ANA, BEN)), CAI)
    draft = draft_of(said(ANA, "Juries work.", Attribution.SECTOR), roster=same)
    assert [line.attribution for line in lines_of(draft)] == [""]


def test_r4_whoever_is_named_no_longer_hides_the_others() -> None:
    quiet = said(ANA, "Juries work.", Attribution.SECTOR)
    assert [line.attribution for line in lines_of(draft_of(quiet))] == ["Public sector"]
    by_name = draft_of(quiet, said(BEN, "They cost.", Attribution.NAME))
    assert [line.attribution for line in lines_of(by_name)] == ["", "Ben Osei"]
    by_organisation = draft_of(quiet, said(BEN, "They cost.", Attribution.ORGANISATION))
    assert [line.attribution for line in lines_of(by_organisation)] == ["", "Hill Council"]


def test_r4_a_sealed_item_names_nobody() -> None:
    sealed = replace(said(BEN, "They cost.", Attribution.NAME), confidential=True)
    draft = draft_of(said(ANA, "Juries work.", Attribution.SECTOR), sealed)
    assert lines_of(draft) == [Line(text="Juries work.", attribution="Public sector")]


def test_r4_whoever_stayed_away_does_not_count() -> None:
    absent = replace(CAI, attended=False)
    draft = draft_of(said(ANA, "Juries work.", Attribution.SECTOR), roster=(ANA, BEN, absent))
    assert [line.attribution for line in lines_of(draft)] == [""]


def test_r4_somebody_named_twice_at_different_levels_is_named() -> None:
    homeless = replace(BEN, organisation="")
    draft = draft_of(
        said(homeless, "One.", Attribution.NAME),
        said(homeless, "Two.", Attribution.ORGANISATION),
        roster=(ANA, homeless, CAI),
    )
    assert nameable_sectors(draft, {"ben"}) == frozenset()
    quiet = replace(draft, items=(*draft.items, said(ANA, "Three.", Attribution.SECTOR)))
    assert [line.attribution for line in lines_of(quiet)] == ["Ben Osei", "", ""]


def test_a_section_of_the_agenda_stays_and_any_other_goes_with_its_last_item() -> None:
    secret = Item(section="Corridor talk", text="Never mind.", confidential=True)
    hidden = Item(section="Discussion", text="Nor this.", confidential=True)
    assert redact(draft_of(secret, hidden)).sections == (Section(title="Discussion", lines=()),)


def test_openings_come_first_if_anything_is_left_of_them() -> None:
    action = Item(section="Actions", text="Write it up.")
    draft = replace(draft_of(action), openings=("Take-aways", "Actions"))
    assert [section.title for section in redact(draft).sections] == ["Actions", "Discussion"]


def test_the_first_of_two_entries_under_one_key_counts() -> None:
    draft = draft_of(said(ANA, "Juries work.", Attribution.NAME), roster=(ANA, replace(BEN, key="ana")))
    assert [line.attribution for line in lines_of(draft)] == ["Ana Prieto"]


# -- Single answers, each at its edges -----------------------------------------------------------------------------


def test_r2_the_digest_is_of_the_words_and_stands_for_any_text() -> None:
    assert text_hash(" Juries\n work. ") == hashlib.sha256(b"Juries work.").hexdigest()
    assert text_hash("\ud800") == hashlib.sha256(b"\xed\xa0\x80").hexdigest()


def test_r2_a_consent_to_other_words_is_none() -> None:
    item = replace(said(ANA, "Juries work.", Attribution.NAME), text="Juries cost.")
    assert lines_of(draft_of(item)) == [Line(text="Juries cost.", attribution="")]
    assert not is_for_everybody(replace(said(ANA, "Yes.", Attribution.NAME, Audience.PUBLIC), text="No."))


def test_an_edition_is_for_the_network_unless_it_is_asked_otherwise() -> None:
    draft = draft_of(said(ANA, "Juries work.", Attribution.NAME))
    assert redact(draft) == redact(draft, Audience.NETWORK)
    assert redact(draft).audience is Audience.NETWORK
    assert sectors_that_stand(draft) == {"Public sector": False}
    assert sectors_that_stand(draft, Audience.PUBLIC) == {"Public sector": True}


PUBLIC = said(ANA, "Juries work.", Attribution.NONE, Audience.PUBLIC)


def test_only_what_its_contributor_gave_to_everybody_is_for_everybody() -> None:
    """R1, R3, R5: attributed or not, but in so many words."""
    assert is_for_everybody(PUBLIC) is True
    for other in (
        replace(PUBLIC, consent=None),
        replace(PUBLIC, contributor=None),
        replace(PUBLIC, confidential=True),
        said(ANA, "Juries work.", Attribution.NAME, Audience.NETWORK),
    ):
        assert is_for_everybody(other) is False


def test_a_write_up_has_what_is_for_everybody_and_no_empty_heading() -> None:
    named = said(BEN, "They cost.", Attribution.NAME, Audience.PUBLIC)
    inside = said(CAI, "Not outside.", Attribution.NAME)
    draft = replace(draft_of(PUBLIC, named, inside), sections=("Welcome", "Discussion"))
    lines = (Line(text="Juries work.", attribution=""), Line(text="They cost.", attribution="Ben Osei"))
    assert write_up(draft) == Edition(
        title="Meeting 4", audience=Audience.PUBLIC, sections=(Section(title="Discussion", lines=lines),)
    )


def test_r1_no_level_without_a_consent_a_contributor_and_an_open_item() -> None:
    item = said(ANA, "Juries work.", Attribution.NAME)
    answers = [
        consented_level(one, audience=Audience.NETWORK, cap=Attribution.NAME)
        for one in (
            item,
            replace(item, consent=None),
            replace(item, contributor=None),
            replace(item, confidential=True),
            replace(item, text="Else."),
        )
    ]
    assert answers == [Attribution.NAME, *[Attribution.NONE] * 4]


def test_what_nobody_said_of_themselves_stands_beside_nothing_and_counts_for_nothing() -> None:
    """R4, R13."""
    unsure = replace(CAI, confirmed=False)
    assert [attribution_phrase(unsure, level) for level in Attribution] == ["", "", "", ""]
    assert nameable_sectors(draft_of(roster=(ANA, BEN, unsure))) == frozenset()


def test_r4_no_sector_at_all_is_none_and_no_organisation_is_not_a_second_one() -> None:
    nowhere = tuple(replace(person, sector=" ") for person in (ANA, BEN, CAI))
    assert nameable_sectors(draft_of(roster=nowhere)) == frozenset()
    assert nameable_sectors(draft_of()) == {"public sector"}
    alone = (replace(ANA, organisation=" "), BEN, CAI)
    assert nameable_sectors(draft_of(roster=alone)) == frozenset()


def test_r4_whoever_agreed_to_a_name_they_do_not_have_still_hides_the_others() -> None:
    nameless = replace(BEN, name="")
    items = (said(nameless, "One.", Attribution.NAME), said(ANA, "Two.", Attribution.SECTOR))
    assert [line.attribution for line in lines_of(draft_of(*items, roster=(ANA, nameless, CAI)))] == [
        "",
        "Public sector",
    ]


def test_a_contributor_nobody_knows_is_shown_as_nobody_and_any_key_is_a_key() -> None:
    stranger = replace(ANA, key="who")
    assert lines_of(draft_of(said(stranger, "Hm.", Attribution.NAME))) == [Line(text="Hm.", attribution="")]
    plain = replace(ANA, key="")
    assert lines_of(draft_of(said(plain, "Hm.", Attribution.NAME), roster=(plain,)))[0].attribution == "Ana Prieto"


def test_what_is_not_on_the_agenda_comes_last() -> None:
    draft = draft_of(Item(section="Corridor talk", text="One."), Item(section="Discussion", text="Two."))
    assert [section.title for section in redact(draft).sections] == ["Discussion", "Corridor talk"]


def test_r4_the_sectors_that_stand_are_said_by_their_first_spelling_in_order() -> None:
    uni = Participant(key="u", name="Una Lee", organisation="Hill University", sector="Academia")
    away = Participant(key="v", name="Vic Ali", organisation="Fjord Forum", sector="Civil society", attended=False)
    nowhere = replace(uni, key="w", sector=" ")
    roster = (uni, ANA, BEN, CAI, DEE, away, nowhere)
    assert list(sectors_that_stand(draft_of(roster=roster)).items()) == [("Academia", False), ("Public sector", True)]
    named = (said(ANA, "One.", Attribution.NAME), said(BEN, "Two.", Attribution.NAME))
    assert sectors_that_stand(draft_of(*named, roster=roster))["Public sector"] is False
    sealed = tuple(replace(item, confidential=True) for item in named)
    assert sectors_that_stand(draft_of(*sealed, roster=roster))["Public sector"] is True
    assert sectors_that_stand(replace(draft_of(*named, roster=roster), cap=Attribution.SECTOR))["Public sector"] is True


def test_r4_colleagues_are_others_of_the_organisation_who_came_and_said_so() -> None:
    colleague = replace(BEN, key="x", organisation="hill  COUNCIL")
    absent, unsure = replace(BEN, key="y", attended=False), replace(BEN, key="z", confirmed=False)
    people = (ANA, BEN, colleague, absent, unsure)
    assert [colleagues_there(person, people) for person in (ANA, BEN, CAI)] == [0, 1, 2]
