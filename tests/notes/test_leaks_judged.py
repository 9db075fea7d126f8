"""Single rules of the leak check: places in the text as typed, consent (R2, R3), ordinary words, small sectors (R4)."""

import pytest

from notes.rules.leaks import Finding, find_leaks
from notes.rules.vocabulary import Attribution, Participant

BRONWEN = Participant(
    key="b",
    name="Bronwen ap Gethin",
    organisation="University of Westhaven",
    role="Head of Data Ethics",
    sector="academia",
    email="b.gethin@westhaven.example",
)
GRACE = Participant(
    key="g", name="Grace Adeyemi", organisation="Tidewater", role="Data Protection Officer", sector="police"
)
IMRAN = Participant(
    key="i", name="Imran Sheikh", organisation="University of Westhaven", role="Lecturer", sector="academia"
)
WILL = Participant(key="w", name="Will Faraday", organisation="Halcyon Trust", role="Trustee", sector="academia")
ROOM = (BRONWEN, GRACE, IMRAN, WILL)


def places(text: str, *participants: Participant) -> list[tuple[str, str, str]]:
    """What is found: the text as typed, whose, how severe."""
    return [
        (text[one.start : one.end], one.participant, one.severity) for one in find_leaks(text, participants or ROOM)
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("It was Bron**wen** who asked.", "Bron**wen"),
        ("It was &#66;ronwen who asked.", "&#66;ronwen"),
        ("It was Bron\u200bwen who asked.", "Bron\u200bwen"),
        ("It was B\u0072o\u0301nwen who asked.", "Bro\u0301nwen"),
        ("See https://a.example/%42ronwen for it.", "%42ronwen"),
        ("It was 𝐁𝐫𝐨𝐧𝐰𝐞𝐧 who asked.", "𝐁𝐫𝐨𝐧𝐰𝐞𝐧"),
        ("It was B r o n w e n who asked.", "B r o n w e n"),
        ("\u202enewnorB\u202c asked.", "newnorB"),
        ("It was Вrоnwеn who asked.", "Вrоnwеn"),
    ],
)
def test_a_finding_stands_where_it_was_typed(text: str, place: str) -> None:
    assert places(text) == [(place, "b", "block")]


def test_nobody_there_means_nothing_to_find() -> None:
    assert find_leaks("Bronwen said that my team at the council agreed.", ()) == []


def test_the_longest_form_is_one_finding() -> None:
    assert places("A point made by Bronwen ap Gethin.") == [("Bronwen ap Gethin", "b", "block")]


def test_findings_say_what_they_are() -> None:
    assert find_leaks("A point made by Gethin.", [BRONWEN]) == [
        Finding(
            start=16,
            end=22,
            participant="b",
            kind="surname",
            severity="block",
            suggestion="a participant",
            reason="The surname of somebody at the meeting.",
        )
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We will share the list.", []),
        ("Thanks to Will for the list.", [("Will", "w", "block")]),
        ("Will said no.", [("Will", "w", "block")]),
        ("Will has the list.", [("Will", "w", "ask")]),
        ("Will people come?", []),
        ("A grace period helps.", []),
        ("That was Grace again.", [("Grace", "g", "block")]),
    ],
)
def test_a_name_that_is_a_word_is_told_by_its_capital(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert places(text) == expected


def test_a_name_passes_for_those_who_agreed_to_it() -> None:
    text = "Bronwen ap Gethin of the University of Westhaven, Head of Data Ethics, agreed with Imran."
    named = find_leaks(text, ROOM, {"b": Attribution.NAME})
    assert [(text[one.start : one.end], one.participant) for one in named] == [("Imran", "i")]


@pytest.mark.parametrize("level", [Attribution.NONE, Attribution.SECTOR])
def test_an_organisation_needs_a_colleague_who_agreed(level: Attribution) -> None:
    text = "At the University of Westhaven this works."
    assert [one.kind for one in find_leaks(text, ROOM, {"b": level, "g": Attribution.NAME})] == ["organisation"]


@pytest.mark.parametrize("colleague", ["b", "i"])
def test_an_organisation_passes_when_any_colleague_agreed(colleague: str) -> None:
    text = "At the University of Westhaven this works."
    assert find_leaks(text, ROOM, {colleague: Attribution.ORGANISATION}) == []


def test_an_organisation_is_not_its_people() -> None:
    text = "Bronwen spoke for the University of Westhaven."
    found = find_leaks(text, ROOM, {"b": Attribution.ORGANISATION})
    assert [text[one.start : one.end] for one in found] == ["Bronwen"]


def test_an_address_passes_for_nobody() -> None:
    """Consent to be named is no consent to publish an address."""
    found = find_leaks("Write to b.gethin@westhaven.example.", ROOM, {"b": Attribution.NAME})
    assert [one.kind for one in found] == ["email"]


def test_a_sector_of_one_is_a_person() -> None:
    """R4: fewer than three attended."""
    text = "The police representative agreed."
    assert [one.kind for one in find_leaks(text, ROOM)] == ["small_sector"]
    assert find_leaks(text, ROOM, {"g": Attribution.SECTOR}) == []


def test_a_sector_of_three_from_two_organisations_passes() -> None:
    """R4: at least three, from at least two organisations, attended."""
    assert find_leaks("People from academia agreed.", ROOM) == []


def test_those_who_stayed_away_do_not_hide_a_sector() -> None:
    """R4 counts who attended."""
    absent = Participant(key="x", name="Noor Aziz", organisation="Elsewhere College", sector="academia", attended=False)
    found = find_leaks("People from academia agreed.", [BRONWEN, IMRAN, absent])
    assert [one.kind for one in found] == ["small_sector"]


def test_a_speaker_who_names_their_own_job_is_asked_about() -> None:
    assert places("In my role as a lecturer I see this.")[0][1:] == ("i", "ask")


def test_roles_in_the_plural_pass() -> None:
    assert places("Data protection officers are busy, and a data protection officer is dear.") == []


ROWENA = Participant(
    key="r",
    name="Rowena Kent",
    organisation="Postal Markets Regulator",
    role="Equalities Officer",
    sector="public",
    email="rowena@postal.example",
)
LORCAN = Participant(
    key="l", name="Lorcan Dunne", organisation="Quayside Stories CIC", role="spokesperson", sector="culture"
)
ROBERT = Participant(
    key="b", name="Robert Vance", organisation="Vance Fund", role="Chief Technologist", sector="funder"
)


@pytest.mark.parametrize(
    ("text", "place", "person", "severity"),
    [
        ("equalities officer on the call said it comes first", "equalities officer", "r", "block"),
        ("The spokesperson in our breakout was blunt.", "spokesperson", "l", "ask"),
        ("A spokesperson who joined online was blunt.", "spokesperson", "l", "ask"),
        ("spokesperson at our table, very dry, said no", "spokesperson", "l", "ask"),
    ],
)
def test_a_job_said_to_be_in_the_room_is_somebody(text: str, place: str, person: str, severity: str) -> None:
    """R8: without "the", too, where the words after say that its holder was there."""
    assert places(text, ROWENA, LORCAN) == [(place, person, severity)]


def test_a_job_that_nobody_there_is_said_to_have_passes() -> None:
    assert places("Every spokesperson should be blunt, and no spokesperson in the room was.", LORCAN) == []


@pytest.mark.parametrize(
    ("text", "place", "person"),
    [
        ("The equality officer wants it first.", "equality officer", "r"),
        ("Ask the lead on equality.", "lead", "r"),
        ("Their technology person wants it frozen.", "technology person", "b"),
    ],
)
def test_a_job_in_other_words_for_the_same_subject_is_asked_about(text: str, place: str, person: str) -> None:
    assert places(text, ROWENA, ROBERT) == [(place, person, "ask")]


def test_a_subject_without_its_holder_passes() -> None:
    assert places("Equality comes first; an equality officer helps, and leads on technology help too.", ROWENA) == []


def test_a_body_is_told_by_part_of_its_name_and_what_sort_it_is() -> None:
    assert places("An economist at the postal regulator looked.", ROWENA) == [("postal regulator", "r", "ask")]


def test_a_short_form_is_found_before_any_verb_of_speech() -> None:
    assert places("Bob hinted at more.", ROBERT) == [("Bob", "b", "block")]


def test_a_surname_that_is_a_place_passes_where_a_place_is_meant() -> None:
    assert places("The pilot ran in Kent and across Kent.", ROWENA) == []
    assert places("I have faith in Kent.", ROWENA) == [("Kent", "r", "block")]


def test_a_legal_form_is_no_name() -> None:
    assert places("A CIC is quick to set up.", LORCAN) == []


def test_everybody_is_the_public() -> None:
    assert places("No member of the public had read it; the public was present.", ROWENA) == []
    assert places("A voice from the public sector agreed.", ROWENA)[0][1:] == ("r", "block")


SIOBHAN = Participant(key="s", name="Siobhán Ní Braonáin", organisation="Rekenkamer Noordwijk", role="inspector")
PAPADAKIS = Participant(key="p", name="Chrysa Papadakis", organisation="Agence pour la Transparence Numérique")


@pytest.mark.parametrize(
    ("text", "place", "person"),
    [
        ("thanks shivaun, one page then", "shivaun", "s"),
        ("um shivaun, she has the page", "shivaun", "s"),
        ("and then shivaun o kelly said no", "shivaun", "s"),
        ("breenawn says it is voluntary", "breenawn", "s"),
        ("then papa dackis wants it back", "papa dackis", "p"),
    ],
)
def test_a_name_as_a_transcript_types_it_is_asked_about(text: str, place: str, person: str) -> None:
    """R8: in small letters, spelt as an English ear hears it, in one word or two."""
    assert places(text, SIOBHAN, PAPADAKIS) == [(place, person, "ask")]


def test_words_that_only_sound_like_a_name_pass_where_no_person_would_stand() -> None:
    assert places("The form wasn't needed, shivering or not.", SIOBHAN, PAPADAKIS) == []


@pytest.mark.parametrize(
    "text",
    [
        "The Agency for Digital Transparency may fine.",
        "The Authority for Digital Transparency may fine.",
        "The Digital Transparency Office may fine.",
    ],
)
def test_a_body_translated_freely_is_found(text: str) -> None:
    """R8: another word for the same sort of body, an English word of the same stem."""
    (found,) = find_leaks(text, [PAPADAKIS])
    assert (found.participant, found.kind) == ("p", "org_translation")


def test_the_words_of_a_body_far_apart_are_not_its_name() -> None:
    assert places("Transparency alone does not make trust.", PAPADAKIS) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("On my patch the buses stop.", "On my patch"),
        ("I spent eight months on that story.", "I spent eight months on"),
        ("Some of our tenants agreed.", "Some of our tenants"),
        ("Here at our depot it works.", "Here at our depot it"),
    ],
)
def test_what_only_one_who_works_there_says_is_asked_about(text: str, place: str) -> None:
    assert [text[one.start : one.end] for one in find_leaks(text, [ROBERT])] == [place]


def test_what_anybody_says_of_the_meeting_passes() -> None:
    assert find_leaks("At our next session we share our notes; in my view that helps.", [ROBERT]) == []


def test_a_sector_as_a_label_is_its_only_speaker() -> None:
    assert places("Funder perspective: give longer.", ROBERT) == [("Funder", "b", "block")]


def test_an_arabic_spelling_is_read_as_persian_too() -> None:
    rezaei = Participant(key="z", name="Mohammad Rezaei")
    assert places("Then رضایی asked.", rezaei)[0][:2] == ("رضایی", "z")


INGE = Participant(key="i", name="Rosemary da Costa", organisation="Datatilsynet", role="Reader in Sociology")


@pytest.mark.parametrize(
    ("text", "place", "severity"),
    [
        ("Rosie checked it.", "Rosie", "ask"),
        ("then rose mery said no", "rose mery", "ask"),
        ("The sociologist at our table asked.", "sociologist", "ask"),
        ("The data protection authority up north fined them.", "data protection authority", "ask"),
        ("Thanks to da Costa.", "da Costa", "block"),
    ],
)
def test_a_person_is_known_by_fondness_field_and_ear(text: str, place: str, severity: str) -> None:
    assert places(text, INGE) == [(place, "i", severity)]


def test_somebody_else_of_the_same_particled_surname_passes() -> None:
    assert places("Antonio da Costa wrote the book.", INGE) == []


def test_a_job_spoken_of_is_asked_about_and_one_who_did_something_is_stopped() -> None:
    assert places("Nobody knows who the data protection officer is.")[0][2] == "ask"
    assert places("The data protection officer told us.")[0][2] == "block"
    assert places("Nobody knows who the DPO is.")[0][2] == "ask"


def test_a_name_with_others_is_a_person() -> None:
    assert places("Grace and two others are to write this up.") == [("Grace", "g", "ask")]
    assert places("Grace and patience help.") == []


def test_a_treasurer_of_a_body_in_few_words_is_asked_about() -> None:
    treasurer = Participant(key="t", name="Olu Adeyinka", organisation="Peckwell Library Friends", role="treasurer")
    assert places("treasurer of the library friends group keeps it", treasurer)[0][1:] == ("t", "ask")


@pytest.mark.parametrize(
    "text",
    ["When I cut the film it changes.", "I never hand out forms.", "We knock on every door.", "Our crews hate it."],
)
def test_what_somebody_does_by_habit_is_asked_about(text: str) -> None:
    assert [one.kind for one in find_leaks(text, [INGE])] == ["self_reference"]


DEIRDRE = Participant(
    key="d", name="Deirdre Okafor", organisation="Fells Constabulary", role="Quantitative Sergeant", sector="police"
)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("deer drah thinks it should come first", "deer drah"),
        ("a sergeant from the Fells knows every gate", "sergeant from the Fells"),
        ("the quant lead asked about weights", "quant lead"),
    ],
)
def test_an_ear_a_place_and_a_clipped_subject_are_asked_about(text: str, place: str) -> None:
    assert [one for one in places(text, DEIRDRE) if one[1]] == [(place, "d", "ask")]


def test_a_sergeant_of_any_other_body_passes() -> None:
    assert places("A sergeant from a force elsewhere knows every gate.", DEIRDRE) == []


def test_a_body_named_by_a_noun_before_another_is_asked_about() -> None:
    body = Participant(key="o", name="Gil Navarro", organisation="Ofinsure")
    assert places("Ofinsure tour was held.", body) == [("Ofinsure", "o", "ask")]
    assert places("Ofinsure said no.", body) == [("Ofinsure", "o", "block")]
