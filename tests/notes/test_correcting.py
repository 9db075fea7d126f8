"""Suggested corrections: from the reader's page to a corrected edition, with drafts and without (B57, R8 to R12)."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from events.models import AgendaItem, Meeting, Registration
from members.models import Delivery, Network, User
from members.signals import ticked
from members.writing import write
from notes.actions import circulating, correcting, refusals, reviewing
from notes.actions.asking import ask_contributors
from notes.actions.forgetting import forget_due
from notes.actions.noting import add_note
from notes.actions.suggesting import points_of, suggest
from notes.models import ConsentRequest, Correction, Edition, Note, Notebook
from notes.rules.vocabulary import Attribution
from tests.conftest import signed_in
from tests.notes.conftest import NOW, key
from tests.notes.steps import choose, lines

WORDS, OTHERS, RIGHT = "Juries need time to learn.", "Panels cost less than courts.", "Juries need a year to learn."
LATER = NOW + timedelta(days=8)
WRONG = "It was a year, as I remember."


@pytest.fixture
def asked(notebook: Notebook, discussion: AgendaItem, ana: Registration, olive: User) -> ConsentRequest:
    add_note(notebook, text=OTHERS, agenda_item=discussion)
    add_note(notebook, text=WORDS, agenda_item=discussion, contributor=key(ana))
    Note.objects.update(placed=True)
    ask_contributors(notebook, by=olive, at=NOW)
    choose(ConsentRequest.objects.get(), Attribution.NAME, at=LATER)
    return ConsentRequest.objects.get()


@pytest.fixture
def edition(asked: ConsentRequest, olive: User) -> Edition:
    notebook = asked.notebook
    circulating.make_edition(notebook, seen=reviewing.review(notebook, at=LATER).seen, by=olive, at=LATER)
    return circulating.circulate(notebook, by=olive, at=LATER).edition


@pytest.fixture
def suggestion(edition: Edition, mira: User) -> Correction:
    (point,) = [one for one in points_of(edition) if one.text == WORDS]
    return suggest(edition, point, WRONG, by=mira, at=LATER)


def panel(correction: Correction, name: str = "corrections") -> str:
    more = [] if name == "corrections" else [correction.pk]
    return reverse(f"admin:notes_notebook_{name}", args=[correction.meeting_id, *more])


def page_of(edition: Edition) -> str:
    return reverse("notes:suggest", args=[edition.meeting.network.slug, edition.meeting.slug])


def flat(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


# -- The reader's side -------------------------------------------------------------------------------------------------


def test_each_point_has_its_way_to_a_correction(edition: Edition, mira: User) -> None:
    text = flat(signed_in(mira), edition.get_absolute_url())
    assert re.findall(r'class="point-tool" href="([^"]+)"', text) == [
        f"{page_of(edition)}?point=2.1",
        f"{page_of(edition)}?point=2.2",
    ]
    assert "<!--" not in text
    assert "<!--" not in edition.page


def test_an_edition_stored_before_there_were_tools_has_none(edition: Edition, mira: User) -> None:
    old = Edition(meeting=edition.meeting, number=9, content=edition.content, html="<p>As it was.</p>")
    assert old.page_with(["x", "y"]) == "<p>As it was.</p>"  # type: ignore[list-item]  # plain words will do


def test_a_member_suggests_and_finds_the_answer(edition: Edition, mira: User, noor: User, olive: User) -> None:
    client = signed_in(mira)
    text = flat(client, f"{page_of(edition)}?point=2.2")
    assert f'<blockquote class="quoted-point"> <p>{WORDS}</p> </blockquote>' in text
    seen = re.search(r'name="point" value="([^"]+)"', text)
    assert seen
    answer = client.post(f"{page_of(edition)}?point=2.2", {"point": seen[1], "words": WRONG})
    assert answer["Location"] == edition.get_absolute_url()
    own = flat(client, edition.get_absolute_url())
    assert WRONG in own
    assert "Waits for an organiser." in own
    assert WRONG not in flat(signed_in(noor), edition.get_absolute_url())
    correction = Correction.objects.get()
    assert (correction.about, correction.words, correction.suggester) == (WORDS, WRONG, str(mira.pk))
    signed_in(olive).post(panel(correction, "decline"), {"reason": "Two of us remember six months."})
    own = flat(client, edition.get_absolute_url())
    assert "<strong>Left as it is.</strong> Two of us remember six months." in own


def test_without_a_point_all_are_offered(edition: Edition, mira: User) -> None:
    for address in (page_of(edition), f"{page_of(edition)}?point=9.9"):
        assert flat(signed_in(mira), address).count('type="radio"') == 2


def test_bad_input_says_why_and_keeps_what_was_typed(edition: Edition, mira: User) -> None:
    client = signed_in(mira)
    stale = client.post(page_of(edition), {"point": "2.2-0123456789abcdef", "words": WRONG})
    assert stale.status_code == 422
    assert "The notes have changed since you opened them. Choose the point again." in stale.content.decode()
    assert WRONG in stale.content.decode()
    assert client.post(page_of(edition), {}).status_code == 422
    assert not Correction.objects.exists()


def test_suggestions_are_for_members(edition: Edition, otto: User, stan: User) -> None:
    """R12."""
    for client in (Client(), signed_in(otto), signed_in(stan)):
        assert client.get(page_of(edition)).status_code == 404
        assert client.post(page_of(edition), {"words": WRONG}).status_code == 404
    assert not Correction.objects.exists()


def test_nobody_suggests_without_end(edition: Edition, mira: User) -> None:
    client = signed_in(mira)
    points = list(points_of(edition))
    sent = {"point": points[0].seen, "words": WRONG}
    answers = [client.post(page_of(edition), sent).status_code for _ in range(13)]
    assert answers == [302] * 12 + [429]
    assert Correction.objects.count() == 12


def test_the_letter_holds_no_word_of_it(suggestion: Correction, olive: User) -> None:
    """R14."""
    delivery = Delivery.objects.get(mailing__letter="notes/correction")
    letter = write(delivery)
    assert delivery.email == olive.email
    whole = letter.subject + letter.text + letter.html
    assert not any(secret in whole for secret in (WORDS, WRONG, "Juries", "Mira"))
    assert panel(suggestion) in letter.text


def test_nothing_of_a_suggestion_is_in_clear(suggestion: Correction) -> None:
    """R7, R11: neither the words nor whose they are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT suggester, about, words FROM notes_correction")
        (row,) = cursor.fetchall()
    assert all(column.startswith("gAAAA") for column in row)


# -- The organisers' side ----------------------------------------------------------------------------------------------


def test_organisers_see_the_suggestion_and_not_whose_it_is(suggestion: Correction, olive: User, noor: User) -> None:
    for client in (signed_in(olive), signed_in(noor)):
        text = flat(client, panel(suggestion))
        assert WRONG in text
        assert WORDS in text
        assert "Mira" not in text
        assert "mira@" not in text


@pytest.mark.parametrize("has_drafts", [True, False])
def test_a_corrected_edition_takes_the_place_of_the_old(
    suggestion: Correction, meeting: Meeting, olive: User, mira: User, has_drafts: bool
) -> None:
    """R2: a corrected line is attributed to nobody, for what its contributor agreed to were other words."""
    if not has_drafts:
        forget_due(LATER + timedelta(days=31))
        ticked.send(sender=None, now=LATER)
    client = signed_in(olive)
    client.post(panel(suggestion, "word"), {"new_text": RIGHT})
    assert lines(Edition.objects.get()) == [(OTHERS, ""), (WORDS, "Ana Prieto")]
    text = flat(client, panel(suggestion))
    assert f"<del>{WORDS}</del>" in text
    assert f"<ins>{RIGHT}</ins>" in text
    client.post(panel(suggestion, "confirm"))
    assert lines(Edition.objects.get()) == [(OTHERS, ""), (RIGHT, "")]
    edition = Edition.objects.get()
    assert edition.number == 2
    assert edition.corrected_on is not None
    reading = flat(signed_in(mira), edition.get_absolute_url())
    assert "Corrected on " in reading
    assert "<strong>Corrected.</strong>" in reading
    assert Correction.objects.get().about == ""
    assert [note.text for note in Note.objects.all()] == ([OTHERS, RIGHT] if has_drafts else [])


def test_a_correction_survives_a_consent_that_is_taken_back(
    suggestion: Correction, asked: ConsentRequest, discussion: AgendaItem, olive: User
) -> None:
    """R10: the draft says the same, so a later re-issue keeps the line."""
    correcting.word(suggestion, RIGHT, by=olive, at=LATER)
    correcting.confirm(suggestion, by=olive, looked=False, at=LATER)
    choose(asked, Attribution.NONE, at=LATER)
    assert lines(Edition.objects.get()) == [(OTHERS, ""), (RIGHT, "")]
    choose(asked, Attribution.NONE, leave_out=True, at=LATER)
    assert lines(Edition.objects.get()) == [(OTHERS, "")]


def test_a_point_can_be_left_out(suggestion: Correction, olive: User) -> None:
    client = signed_in(olive)
    client.post(panel(suggestion, "word"), {"new_text": WORDS, "leave_out": "1"})
    assert "Nothing: it is left out." in flat(client, panel(suggestion))
    client.post(panel(suggestion, "confirm"))
    assert lines(Edition.objects.get()) == [(OTHERS, "")]
    assert Note.objects.get(confidential=True).text == WORDS


def test_new_words_go_through_the_leak_check(suggestion: Correction, olive: User) -> None:
    """R8: a name has to go; it cannot be reasoned away here."""
    client = signed_in(olive)
    client.post(panel(suggestion, "word"), {"new_text": "Ana Prieto said a year."})
    assert "The new words give somebody away." in flat(client, panel(suggestion))
    with pytest.raises(refusals.NewWordsGiveAway):
        correcting.confirm(suggestion, by=olive, looked=True, at=LATER)
    client.post(panel(suggestion, "confirm"), {"aside": "1"})
    assert Correction.objects.get().state == "open"
    assert ">Ana Prieto said a year.</textarea>" in flat(client, panel(suggestion))
    client.post(panel(suggestion, "decline"), {"reason": "It was half a year."})
    assert Correction.objects.get().new_text == ""
    assert lines(Edition.objects.get()) == [(OTHERS, ""), (WORDS, "Ana Prieto")]


def test_what_may_be_a_name_needs_somebody_who_has_looked(
    suggestion: Correction, olive: User, bola: Registration
) -> None:
    Registration.objects.filter(pk=bola.pk).update(name="Ann Lee")
    correcting.word(suggestion, "Lee is sceptical of juries.", by=olive, at=LATER)
    with pytest.raises(refusals.NobodyHasLooked):
        correcting.confirm(suggestion, by=olive, looked=False, at=LATER)
    client = signed_in(olive)
    assert 'name="looked"' in flat(client, panel(suggestion))
    client.post(panel(suggestion, "confirm"), {"looked": "1"})
    assert lines(Edition.objects.get())[1] == ("Lee is sceptical of juries.", "")


def test_two_people_put_a_correction_in_place(
    suggestion: Correction, network: Network, olive: User, noor: User
) -> None:
    """Threat 56: where the network asks for a second person, whoever wrote the words does not put them in place."""
    Network.objects.filter(pk=network.pk).update(needs_second_reviewer=True)
    client = signed_in(olive)
    client.post(panel(suggestion, "word"), {"new_text": RIGHT})
    assert "somebody else who runs the network has to put them in place here" in flat(client, panel(suggestion))
    client.post(panel(suggestion, "confirm"))
    assert lines(Edition.objects.get())[1] == (WORDS, "Ana Prieto")
    signed_in(noor).post(panel(suggestion, "confirm"))
    assert lines(Edition.objects.get())[1] == (RIGHT, "")


def test_only_those_who_run_the_network_decide(suggestion: Correction, mira: User, otto: User, noor: User) -> None:
    """R12: a note-taker neither words nor declines."""
    for user in (mira, otto, noor):
        client = signed_in(user)
        client.post(panel(suggestion, "word"), {"new_text": RIGHT})
        client.post(panel(suggestion, "decline"), {"reason": "No."})
    assert Correction.objects.get().state == "open"
    assert signed_in(otto).get(panel(suggestion)).status_code == 404


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("word", {"new_text": " "}, "There is no text yet."),
        ("word", {"new_text": "abc\u202edef"}, "invisible marks"),
        ("word", {"new_text": "a" * 5001}, "Shorten them to 5,000 characters."),
        ("decline", {"reason": " "}, "Say in a few words why"),
        ("decline", {"reason": "a" * 2001}, "Shorten it to 2,000 characters."),
        ("confirm", {}, "Somebody else has decided"),
        ("confirm", {"aside": "1"}, "Somebody else has decided"),
    ],
)
def test_bad_decisions_say_why(suggestion: Correction, olive: User, name: str, sent: dict[str, str], said: str) -> None:
    """And nothing typed is lost."""
    answer = signed_in(olive).post(panel(suggestion, name), sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert all(value in page for value in sent.values())
    assert Correction.objects.get().state == "open"


# -- What becomes of suggestions ---------------------------------------------------------------------------------------


def test_a_line_that_is_taken_back_takes_its_suggestions_with_it(
    suggestion: Correction, asked: ConsentRequest, edition: Edition, mira: User
) -> None:
    """R10: nothing of it is on any page."""
    choose(asked, Attribution.NONE, leave_out=True, at=LATER)
    assert not Correction.objects.exists()
    assert WORDS not in flat(signed_in(mira), edition.get_absolute_url())


def test_a_lower_attribution_leaves_suggestions_alone(suggestion: Correction, asked: ConsentRequest) -> None:
    choose(asked, Attribution.NONE, at=LATER)
    assert Correction.objects.get().about == WORDS


def test_another_suggestion_about_the_same_point_follows_it(
    suggestion: Correction, edition: Edition, olive: User, noor: User
) -> None:
    (point,) = [one for one in points_of(edition) if one.text == WORDS]
    other = suggest(edition, point, "Was it not two?", by=noor, at=LATER)
    correcting.word(suggestion, RIGHT, by=olive, at=LATER)
    correcting.confirm(suggestion, by=olive, looked=False, at=LATER)
    other.refresh_from_db()
    assert other.about == RIGHT
    assert correcting.can_be_worded(other)


def test_a_point_of_withdrawn_notes_can_only_be_answered(
    suggestion: Correction, asked: ConsentRequest, olive: User
) -> None:
    correcting.word(suggestion, RIGHT, by=olive, at=LATER)
    circulating.withdraw(asked.notebook)
    with pytest.raises(refusals.PointHasGone):
        correcting.confirm(suggestion, by=olive, looked=False, at=LATER)
    correcting.set_aside(suggestion, at=LATER)
    with pytest.raises(refusals.PointHasGone):
        correcting.word(suggestion, RIGHT, by=olive, at=LATER)
    assert "not in the notes any more" in flat(signed_in(olive), panel(suggestion))
    correcting.decline(suggestion, "We withdrew them.", at=LATER)
    assert Correction.objects.get().state == "declined"


def test_suggestions_are_forgotten(suggestion: Correction) -> None:
    """R11: as long after their last move as drafts after circulation."""
    ticked.send(sender=None, now=LATER + timedelta(days=30))
    assert Correction.objects.exists()
    ticked.send(sender=None, now=LATER + timedelta(days=31))
    assert not Correction.objects.exists()


def test_a_suggestion_about_another_point_stays_with_its_own(
    suggestion: Correction, edition: Edition, olive: User, noor: User
) -> None:
    (point,) = [one for one in points_of(edition) if one.text == OTHERS]
    other = suggest(edition, point, "Do they?", by=noor, at=LATER)
    correcting.word(suggestion, RIGHT, by=olive, at=LATER)
    correcting.confirm(suggestion, by=olive, looked=False, at=LATER)
    other.refresh_from_db()
    assert (other.about, correcting.can_be_worded(other)) == (OTHERS, True)
