"""What contributors choose: on their page, in the meeting, for other words, for the public (R1, R2, R3, R10, R12)."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cop.lib.signing import personal_token
from events.actions.registering import Guest, speak_for_oneself
from events.models import AgendaItem, Meeting, Registration
from members.models import Delivery, Membership, Network, User
from notes.actions import circulating, freezing, refusals, reviewing
from notes.actions.asking import ask_contributors
from notes.actions.consenting import Choice, own_notes, person_asked, save_choices
from notes.actions.noting import add_note
from notes.actions.vouching import record_consent, use_suggested_words
from notes.drafting import draft_of, standing_consent
from notes.models import Consent, ConsentRequest, Note, Notebook, UsualAttribution
from notes.rules.redaction import colleagues_there, redact, text_hash
from notes.rules.vocabulary import Attribution, Audience, Participant
from tests.conftest import member_of, person, signed_in
from tests.notes.conftest import NOW, attended, key
from tests.post import letters_sent

WORDS = "Juries need time to learn."
BETTER = "Juries need months to learn."
REMARK = "Asked at the end, said yes."


@pytest.fixture
def note(notebook: Notebook, discussion: AgendaItem, ana: Registration, bola: Registration, cai: Registration) -> Note:
    return add_note(notebook, text=WORDS, agenda_item=discussion, contributor=key(ana))


@pytest.fixture
def asked(note: Note, olive: User) -> ConsentRequest:
    ask_contributors(note.notebook, by=olive, at=timezone.now())
    return ConsentRequest.objects.get()


@pytest.fixture
def publishing(network: Network) -> Network:
    Network.objects.filter(pk=network.pk).update(publishes_write_ups=True)
    network.refresh_from_db()
    return network


def page_of(asked: ConsentRequest) -> str:
    return reverse("notes:consent", args=[personal_token("consent", asked.pk)])


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="((?:seen|look)-\d+)"\s+value="(\w+)"', page))


def checked(page: str) -> list[str]:
    return re.findall(r'type="radio"[^>]*value="(\w+)"\s+checked', page)


def press(asked: ConsentRequest, **words: str) -> str:
    """Open the page, choose, save, and read it again."""
    client, note = Client(), Note.objects.get()
    fields = hidden(client.get(page_of(asked)).content.decode())
    fields |= {f"{name}-{note.pk}": value for name, value in words.items()}
    return client.post(page_of(asked), fields, follow=True).content.decode()


def shown(notebook: Notebook, audience: Audience = Audience.NETWORK) -> list[tuple[str, str]]:
    edition = redact(draft_of(Notebook.objects.get(pk=notebook.pk)), audience)
    return [(line.text, line.attribution) for section in edition.sections for line in section.lines]


def circulate(notebook: Notebook, olive: User) -> None:
    at = timezone.now() + timedelta(days=60)
    circulating.make_edition(notebook, seen=reviewing.review(notebook, at=at).seen, at=at)
    circulating.circulate(notebook, by=olive, at=timezone.now())


def record(note: Note, olive: User, level: Attribution = Attribution.NAME, remark: str = REMARK) -> Consent:
    return record_consent(
        note,
        level=level,
        audience=Audience.NETWORK,
        remark=remark,
        seen=text_hash(note.text),
        by=olive,
        at=NOW,
    )


# -- Other words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("keeps", "attribution"), [(True, "Ana Prieto"), (False, "")])
def test_other_words_keep_a_consent_only_where_it_was_given_to_them(
    asked: ConsentRequest, meeting: Meeting, noor: User, keeps: bool, attribution: str
) -> None:
    """R2: exactly these words, by one press at the desk or the review; otherwise the contributor is asked again."""
    press(asked, level="3", words=BETTER, **({"keep": "on"} if keeps else {}))
    assert shown(asked.notebook) == [(WORDS, "Ana Prieto")]
    client, note = signed_in(noor), Note.objects.get()
    for page in ("desk", "review"):
        assert BETTER in client.get(reverse(f"admin:notes_notebook_{page}", args=[meeting.pk])).content.decode()
    address = reverse("admin:notes_notebook_words", args=[meeting.pk, note.pk])
    answer = client.post(address, {"seen": text_hash(BETTER), "use": "yes", "from": "review"})
    assert answer["Location"].endswith(f"/review/#item-{note.pk}")
    assert shown(asked.notebook) == [(BETTER, attribution)]
    note.refresh_from_db()
    asked.refresh_from_db()
    assert (note.suggested_text, asked.answered) == ("", keeps)


def test_other_words_that_were_changed_a_little_keep_nothing(asked: ConsentRequest) -> None:
    press(asked, level="3", words=BETTER, keep="on")
    Note.objects.update(text="Juries need a month to learn.")
    assert shown(asked.notebook) == [("Juries need a month to learn.", "")]


def test_other_words_can_be_left(asked: ConsentRequest, meeting: Meeting, noor: User) -> None:
    press(asked, level="3", words=BETTER)
    note = Note.objects.get()
    address = reverse("admin:notes_notebook_words", args=[meeting.pk, note.pk])
    assert signed_in(noor).post(address, {"seen": text_hash(BETTER), "leave": "yes"}).status_code == 302
    note.refresh_from_db()
    assert (note.text, note.suggested_text) == (WORDS, "")
    assert shown(asked.notebook) == [(WORDS, "Ana Prieto")]


def test_words_that_nobody_has_read_are_not_used(asked: ConsentRequest, meeting: Meeting, noor: User) -> None:
    press(asked, level="0", words=BETTER)
    note = Note.objects.get()
    with pytest.raises(refusals.OtherWordsHaveChanged):
        use_suggested_words(note, seen=text_hash("What stood there before."), may_lift=False)
    address = reverse("admin:notes_notebook_words", args=[meeting.pk, note.pk])
    page = signed_in(noor).post(address, {"seen": "", "use": "yes"}, follow=True).content.decode()
    assert "have changed since you looked" in page
    assert Note.objects.get().text == WORDS


@pytest.mark.parametrize(
    ("words", "why"), [("Juries \u202edeen time.", "invisible marks"), ("x" * 5001, "too long for one point")]
)
def test_other_words_that_cannot_be_noted_are_refused_and_kept_on_the_page(
    asked: ConsentRequest, words: str, why: str
) -> None:
    page = press(asked, level="3", words=words)
    assert why in page
    assert words in page
    assert checked(page) == ["3"]
    assert not Consent.objects.exists()


# -- Given in the meeting ----------------------------------------------------------------------------------------------


def test_an_organiser_writes_down_what_was_agreed_in_the_meeting(
    note: Note, meeting: Meeting, olive: User, noor: User, mira: User
) -> None:
    """The channel MEETING, with a remark; a note-taker cannot."""
    address = reverse("admin:notes_notebook_agreed", args=[meeting.pk, note.pk])
    client = signed_in(olive)
    page = client.get(address).content.decode()
    assert "Said by Ana Prieto" in page
    assert "As their organisation" in page
    assert checked(page) == ["0"]
    sent = {"level": "3", "remark": REMARK, "seen": text_hash(WORDS)}
    for other in (noor, mira):
        assert signed_in(other).post(address, sent).status_code in {302, 404}
    assert not Consent.objects.exists()
    assert client.post(address, sent)["Location"].endswith(f"/desk/#item-{note.pk}")
    given = Consent.objects.get()
    assert (given.level, given.channel, given.remark) == (3, Consent.Channel.MEETING, REMARK)
    assert shown(note.notebook) == [(WORDS, "Ana Prieto")]


def test_a_refused_record_keeps_what_was_typed(note: Note, meeting: Meeting, olive: User) -> None:
    address = reverse("admin:notes_notebook_agreed", args=[meeting.pk, note.pk])
    client = signed_in(olive)
    answer = client.post(address, {"level": "2", "remark": " ", "seen": text_hash(WORDS)})
    assert answer.status_code == 422
    assert "Say in a few words when and how" in answer.content.decode()
    assert checked(answer.content.decode()) == ["2"]
    answer = client.post(address, {"level": "2", "remark": REMARK, "seen": text_hash("Other words.")})
    assert REMARK in answer.content.decode()
    assert not Consent.objects.exists()


def test_the_contributor_sees_what_was_recorded_and_lowers_it_at_once(
    note: Note, asked: ConsentRequest, olive: User
) -> None:
    """R10: their page says by which way, and their own word takes its place."""
    record(note, olive)
    assert [letter.subject for letter in letters_sent()] == [
        "Public voices: how may your points appear?",
        "Public voices: what you agreed to in the meeting is written down",
    ]
    page = Client().get(page_of(asked)).content.decode()
    assert REMARK in page
    assert checked(page) == ["3"]
    circulate(note.notebook, olive)
    assert shown(note.notebook) == [(WORDS, "Ana Prieto")]
    page = press(asked, level="0")
    assert REMARK not in page
    assert shown(note.notebook) == [(WORDS, "")]
    given = Consent.objects.get()
    assert (given.channel, given.remark) == (Consent.Channel.PAGE, "")


def test_a_record_is_no_answer_and_whoever_gave_it_is_still_asked(note: Note, olive: User) -> None:
    record(note, olive)
    ask_contributors(note.notebook, by=olive, at=NOW)
    assert not ConsentRequest.objects.get().answered
    assert list(Delivery.objects.values_list("email", flat=True)) == ["ana@guest.example"]


def test_nothing_is_recorded_over_what_they_chose(asked: ConsentRequest, olive: User, meeting: Meeting) -> None:
    """R3, R12: their own word stands, and the organiser does not learn what it was."""
    press(asked, level="0")
    note = Note.objects.get()
    with pytest.raises(refusals.TheyChoseThemselves):
        record(note, olive)
    page = signed_in(olive).get(reverse("admin:notes_notebook_agreed", args=[meeting.pk, note.pk])).content.decode()
    assert "has answered on their own page" in page
    assert checked(page) == []
    assert shown(asked.notebook) == [(WORDS, "")]


def test_a_record_never_goes_above_the_cap(note: Note, olive: User, meeting: Meeting) -> None:
    """R3."""
    Meeting.objects.filter(pk=meeting.pk).update(attribution_cap=1)
    assert record(note, olive).level == Attribution.SECTOR
    assert shown(note.notebook) == [(WORDS, "Public sector")]


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"contributor": ""}, refusals.NobodysPoint),
        ({"confidential": True}, refusals.NothingIsShownOfIt),
        ({"left_out": True}, refusals.NothingIsShownOfIt),
    ],
)
def test_what_cannot_be_agreed_to_is_not_recorded(
    note: Note, olive: User, meeting: Meeting, fields: dict[str, object], refusal: type[refusals.Refused]
) -> None:
    Note.objects.update(**fields)
    with pytest.raises(refusal):
        record(note, olive)
    page = signed_in(olive).get(reverse("admin:notes_notebook_agreed", args=[meeting.pk, note.pk])).content.decode()
    assert str(refusal()) in page.replace("&#x27;", "'")


def test_nothing_is_recorded_once_the_notes_are_out(asked: ConsentRequest, olive: User) -> None:
    circulate(asked.notebook, olive)
    with pytest.raises(refusals.NotesAreClosed):
        record(Note.objects.get(), olive)


# -- In public ---------------------------------------------------------------------------------------------------------


def test_the_public_is_offered_only_where_something_is_published(asked: ConsentRequest, network: Network) -> None:
    assert "public-" not in Client().get(page_of(asked)).content.decode()
    press(asked, level="3", public="on")
    assert Consent.objects.get().audience == Audience.NETWORK


def test_the_public_is_a_choice_of_its_own(asked: ConsentRequest, publishing: Network) -> None:
    """R3: a consent for the network is none for the public; one for the public includes the network."""
    press(asked, level="3")
    assert (shown(asked.notebook), shown(asked.notebook, Audience.PUBLIC)) == (
        [(WORDS, "Ana Prieto")],
        [(WORDS, "")],
    )
    page = press(asked, level="3", public="on")
    assert re.search(r'name="public-\d+"\s+checked', page)
    assert shown(asked.notebook) == shown(asked.notebook, Audience.PUBLIC) == [(WORDS, "Ana Prieto")]


def test_nobody_becomes_public_after_circulation(asked: ConsentRequest, publishing: Network, olive: User) -> None:
    """R10: more readers are more, too."""
    press(asked, level="3")
    circulate(asked.notebook, olive)
    note = Note.objects.get()
    choice = Choice(level=Attribution.NAME, audience=Audience.PUBLIC, text_hash=text_hash(note.text))
    with pytest.raises(refusals.OnlyLowerNow):
        save_choices(asked, {note.pk: choice}, at=NOW)
    assert "public-" not in Client().get(page_of(asked)).content.decode()


# -- What is usual -----------------------------------------------------------------------------------------------------


@pytest.fixture
def miras(
    notebook: Notebook, members_place: Registration, ana: Registration, bola: Registration, olive: User
) -> ConsentRequest:
    add_note(notebook, text=WORDS, contributor=key(members_place))
    ask_contributors(notebook, by=olive, at=timezone.now())
    return ConsentRequest.objects.get()


def usually(user: User, level: str) -> str:
    membership = Membership.objects.get(user=user)
    address = reverse("notes:usual")
    answer = signed_in(user).post(address, {f"usual-{membership.pk}": level}, follow=True)
    return answer.content.decode()


def test_what_is_usual_is_preselected_and_no_consent(miras: ConsentRequest, mira: User, olive: User) -> None:
    """R1: silence is never consent, whatever is usual."""
    page = usually(mira, "3")
    assert checked(page) == ["3"]
    assert checked(Client().get(page_of(miras)).content.decode()) == ["3"]
    assert not Consent.objects.exists()
    assert shown(miras.notebook) == [(WORDS, "")]
    circulate(miras.notebook, olive)
    assert freezing.newest_edition(miras.notebook).content[-1]["lines"] == [{"text": WORDS, "attribution": ""}]  # type: ignore[union-attr]  # it was just made
    # Out already: nothing more than stands is offered by itself.
    assert checked(Client().get(page_of(miras)).content.decode()) == ["0"]


def test_what_is_usual_is_preselected_within_the_cap_and_for_the_network_only(
    miras: ConsentRequest, mira: User, meeting: Meeting, publishing: Network
) -> None:
    usually(mira, "3")
    Meeting.objects.filter(pk=meeting.pk).update(attribution_cap=2)
    page = Client().get(page_of(miras)).content.decode()
    assert checked(page) == ["2"]
    assert not re.search(r'name="public-\d+"\s+checked', page)
    Registration.objects.filter(user=mira).update(organisation="")
    assert checked(Client().get(page_of(miras)).content.decode()) == ["1"]


def test_what_was_said_about_a_point_counts_more_than_what_is_usual(miras: ConsentRequest, mira: User) -> None:
    usually(mira, "3")
    assert checked(press(miras, level="0")) == ["0"]
    Note.objects.update(text=BETTER)
    assert checked(Client().get(page_of(miras)).content.decode()) == ["0"]


def test_what_is_usual_can_be_taken_back_and_is_each_networks_own(
    mira: User, network: Network, other_network: Network
) -> None:
    member_of(other_network, mira)
    first, second = Membership.objects.filter(user=mira).order_by("network__slug")
    client = signed_in(mira)
    client.post(reverse("notes:usual"), {f"usual-{first.pk}": "2", f"usual-{second.pk}": "nonsense"})
    assert [(one.membership, one.level) for one in UsualAttribution.objects.all()] == [(first, 2)]
    client.post(reverse("notes:usual"), {})
    assert not UsualAttribution.objects.exists()


def test_nothing_is_usual_to_somebody_without_a_network(stan: User) -> None:
    assert "nothing to choose yet" in signed_in(stan).get(reverse("notes:usual")).content.decode()
    assert Client().get(reverse("notes:usual")).status_code == 302
    assert reverse("notes:usual") in signed_in(stan).get(reverse("members:me")).content.decode()


# -- What the page says ------------------------------------------------------------------------------------------------


def test_an_organisation_of_one_is_said_so_before_it_is_chosen(
    asked: ConsentRequest, meeting: Meeting, ana: Registration
) -> None:
    """R4: who waits, gave their place back or has not said who they are was not there with them."""
    alone = "this points to you"
    assert alone in Client().get(page_of(asked)).content.decode()
    other = attended(meeting, "Dee Oyelaran", "tern valley  council", "public")
    assert alone not in Client().get(page_of(asked)).content.decode()
    for fields in ({"state": "waiting"}, {"state": "cancelled"}, {"state": "attended", "confirmed": False}):
        Registration.objects.filter(pk=other.pk).update(**fields)
        assert alone in Client().get(page_of(asked)).content.decode()


def test_a_point_that_changed_since_says_so(asked: ConsentRequest) -> None:
    """R2: whoever said yes to other words reads that they are asked again."""
    sentence = "has changed since you chose"
    (note,) = own_notes(asked)
    save_choices(asked, {note.pk: Choice(level=Attribution.NAME, text_hash=text_hash(note.text))}, at=NOW)
    assert sentence not in Client().get(page_of(asked)).content.decode()
    Note.objects.filter(pk=note.pk).update(text="Juries need very much time.")
    assert sentence in Client().get(page_of(asked)).content.decode()


def test_nobody_finds_out_who_came_by_saying_they_are_from_there(
    asked: ConsentRequest, ana: Registration, bola: Registration
) -> None:
    """R13: Bola's council and one that nobody came from read the same."""
    cautions = []
    for place in (bola.organisation, "Nobody's Council"):
        said = Guest(email="", name=ana.name, organisation=place, sector=ana.sector)
        speak_for_oneself(ana, said, do_not_note=False, also_known_as="")
        page = Client().get(page_of(asked)).content.decode()
        cautions += [("this points to you" in page, "so this may point to you" in page)]
    assert cautions == [(False, True)] * 2


def test_a_name_put_right_afterwards_leaves_the_sentence_about_colleagues(
    asked: ConsentRequest, ana: Registration
) -> None:
    said = Guest(email="", name="Ana M. Prieto", organisation="Tern Valley  council", sector=ana.sector)
    speak_for_oneself(ana, said, do_not_note=False, also_known_as="")
    assert "this points to you" in Client().get(page_of(asked)).content.decode()


def test_colleagues_are_others_who_attended_and_said_so() -> None:
    one = Participant(key="a", name="Ana", organisation="Tern")
    others = (
        Participant(key="b", name="Bo", organisation=" TERN "),
        Participant(key="c", name="Cy", organisation="Tern", attended=False),
        Participant(key="d", name="Di", organisation="Marsh"),
    )
    assert colleagues_there(one, (one, *others)) == 1


def test_the_page_takes_the_same_queries_for_one_point_and_for_three(
    asked: ConsentRequest, ana: Registration, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with CaptureQueriesContext(connection) as one:
        Client().get(page_of(asked))
    for text in (BETTER, "Ask early."):
        add_note(asked.notebook, text=text, contributor=key(ana))
    with django_assert_num_queries(len(one)):
        page = Client().get(page_of(asked)).content.decode()
    assert page.count('class="consent-item"') == 3


def test_each_choice_shows_the_whole_point_with_its_phrase(asked: ConsentRequest) -> None:
    Note.objects.update(text=" ".join(f"word{number}" for number in range(80)))
    page = Client().get(page_of(asked)).content.decode()
    results = re.findall(r'class="choice-result">(.*?)</span>\s*</label>', page, re.DOTALL)
    assert [("word79" in result, re.findall(r'class="attribution">([^<]*)<', result)) for result in results[:4]] == [
        (True, []),
        (True, ["Public sector"]),
        (True, ["Tern Valley Council"]),
        (True, ["Ana Prieto"]),
    ]


def test_a_name_that_changed_since_is_not_called_unattributed_while_it_is_read(
    asked: ConsentRequest, ana: Registration, olive: User
) -> None:
    """R10: the page says what readers see, and one press takes it away."""
    press(asked, level="3")
    circulate(asked.notebook, olive)
    Registration.objects.filter(pk=ana.pk).update(name="Ana Prieto Lobo")
    page = Client().get(page_of(asked)).content.decode()
    assert "“Ana Prieto” stands beside this point" in page
    page = press(asked, level="0")
    assert "stands beside this point" not in page
    edition = freezing.newest_edition(asked.notebook)
    assert edition is not None
    assert [line["attribution"] for part in edition.content for line in part["lines"]] == [""]


def test_a_consent_above_a_cap_that_was_lowered_is_shown_as_what_it_is_worth(
    asked: ConsentRequest, meeting: Meeting
) -> None:
    press(asked, level="3")
    Meeting.objects.filter(pk=meeting.pk).update(attribution_cap=1)
    assert checked(Client().get(page_of(asked)).content.decode()) == ["1"]


def test_somebody_who_was_only_typed_finds_their_page(meeting: Meeting, notebook: Notebook, olive: User) -> None:
    """What stands goes by the person's row, confirmed or not."""
    row = attended(meeting, "Gita Rao", "Rao Consulting", "private", confirmed=False)
    add_note(notebook, text=WORDS, contributor=key(row))
    ask_contributors(notebook, by=olive, at=NOW)
    asked = ConsentRequest.objects.get()
    press(asked, level="3")
    row.refresh_from_db()
    known = person_asked(asked)
    assert row.confirmed
    assert known is not None
    assert [standing_consent(note, known.participant) is not None for note in own_notes(asked)] == [True]


def test_a_guest_with_an_account_elsewhere_has_nothing_usual_here(
    asked: ConsentRequest, other_network: Network
) -> None:
    stranger = person("ana@guest.example", "Ana Prieto")
    member_of(other_network, stranger)
    usually(stranger, "3")
    assert checked(Client().get(page_of(asked)).content.decode()) == ["0"]
