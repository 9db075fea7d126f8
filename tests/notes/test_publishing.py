"""Write-ups for everybody: from PUBLIC consents only, with a review of their own, and taken down (B61, R3 to R10)."""

import html
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings

from cop.lib.signing import personal_token
from events.models import AgendaItem, Meeting, Registration
from members.models import Delivery, Network, User
from notes.actions import circulating, correcting, publishing, refusals, reviewing
from notes.actions.asking import ask_contributors
from notes.actions.consenting import Choice, own_notes, save_choices
from notes.actions.forgetting import forget_due
from notes.actions.freezing import circulated_edition, newest_edition
from notes.actions.noting import add_note
from notes.actions.suggesting import points_of, suggest
from notes.models import ConsentRequest, Edition, LeakAnswer, Note, Notebook
from notes.rules.redaction import redact, text_hash, write_up
from notes.rules.vocabulary import Attribution, Audience, Draft
from tests.conftest import signed_in
from tests.notes.conftest import NOW, key
from tests.notes.test_redaction import EXAMPLES, drafts

AGREED, MEMBERS_ONLY, NOBODYS = "Juries need time to learn.", "Panels cost less than courts.", "Ask early, ask often."
LATER = NOW + timedelta(days=8)


@pytest.fixture
def out(notebook: Notebook, discussion: AgendaItem, ana: Registration, bola: Registration, olive: User) -> Notebook:
    """Notes that are out: Ana's point may be read by everybody, Bola's by members."""
    Network.objects.update(publishes_write_ups=True)
    add_note(notebook, text=AGREED, agenda_item=discussion, contributor=key(ana))
    add_note(notebook, text=MEMBERS_ONLY, agenda_item=discussion, contributor=key(bola))
    add_note(notebook, text=NOBODYS, agenda_item=discussion)
    Note.objects.update(placed=True)
    ask_contributors(notebook, by=olive, at=NOW)
    choose(AGREED, Attribution.NAME, Audience.PUBLIC)
    choose(MEMBERS_ONLY, Attribution.NAME, Audience.NETWORK)
    circulating.make_edition(notebook, seen=reviewing.review(notebook, at=LATER).seen, by=olive, at=LATER)
    circulating.circulate(notebook, by=olive, at=LATER)
    return Notebook.objects.select_related("meeting__network").get()


def choose(text: str, level: Attribution, audience: Audience, *, leave_out: bool = False) -> None:
    """What the contributor of this point says of it."""
    for asked in ConsentRequest.objects.select_related("notebook__meeting__network"):
        for note in own_notes(asked):
            if note.text == text:
                choice = Choice(level=level, audience=audience, text_hash=text_hash(text), leave_out=leave_out)
                save_choices(asked, {note.pk: choice}, at=LATER)


def make(notebook: Notebook, by: User) -> Edition:
    whole = reviewing.review(notebook, at=LATER, audience=Audience.PUBLIC)
    only = [row.note.pk for row in whole.rows]
    return publishing.make_write_up(notebook, only=only, seen=whole.seen, by=by, at=LATER)


def publish(notebook: Notebook, by: User) -> Edition:
    make(notebook, by)
    return publishing.publish(notebook, at=LATER).edition


def read(edition: Edition | None) -> list[tuple[str, str]]:
    return [(one["text"], one["attribution"]) for part in edition.content for one in part["lines"]] if edition else []


def public_page(meeting: Meeting) -> str:
    return reverse("notes:write_up", args=[meeting.network.slug, meeting.slug])


def panel(meeting: Meeting, name: str = "write_up") -> str:
    return reverse(f"admin:notes_notebook_{name}", args=[meeting.pk])


def flat(client: Client, address: str) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", client.get(address).content.decode())
    return " ".join(text.split())


# -- The rule ----------------------------------------------------------------------------------------------------------


@settings(max_examples=EXAMPLES, deadline=None)
@given(draft=drafts())
def test_a_write_up_tells_nothing_of_what_was_not_agreed_for_everybody(draft: Draft) -> None:
    """R6: neither words nor whose they are, nor their number and place, nor which parts of the agenda were noted."""
    agreed = [
        item
        for item in draft.items
        if item.consent is not None
        and item.contributor is not None
        and not item.confidential
        and item.consent.audience == Audience.PUBLIC
        and item.consent.text_hash == text_hash(item.text)
    ]
    made = write_up(draft)
    assert made == write_up(replace(draft, items=tuple(agreed)))
    assert sorted(line.text for part in made.sections for line in part.lines) == sorted(one.text for one in agreed)
    assert made.audience == Audience.PUBLIC
    assert all(part.lines for part in made.sections)


@settings(max_examples=EXAMPLES // 4, deadline=None)
@given(draft=drafts())
def test_a_write_up_attributes_as_redaction_does(draft: Draft) -> None:
    """R3, R4: by the consents for everybody and the sectors of this edition."""
    lines = [line for part in redact(draft, Audience.PUBLIC).sections for line in part.lines]
    named = {(line.text, line.attribution) for line in lines if line.attribution}
    made = [(line.text, line.attribution) for part in write_up(draft).sections for line in part.lines]
    assert {one for one in made if one[1]} == named


# -- Making and publishing ---------------------------------------------------------------------------------------------


def test_who_answered_before_the_network_published_is_asked_on_their_page_and_by_no_letter(
    notebook: Notebook, discussion: AgendaItem, ana: Registration, olive: User
) -> None:
    """Decision 48: the box is there while the notes are open; once they are out, only those who agreed count."""
    add_note(notebook, text=AGREED, agenda_item=discussion, contributor=key(ana))
    Note.objects.update(placed=True)
    ask_contributors(notebook, by=olive, at=NOW)
    choose(AGREED, Attribution.NONE, Audience.NETWORK)
    letters = Delivery.objects.count()
    own_page = reverse("notes:consent", args=[personal_token("consent", ConsentRequest.objects.get().pk)])
    box, hint = "Also like this in a public write-up", "Whoever answered before the network published write-ups"
    asked = panel(notebook.meeting, "asked")
    assert (box in flat(Client(), own_page), hint in flat(signed_in(olive), asked)) == (False, False)
    Network.objects.update(publishes_write_ups=True)
    assert (box in flat(Client(), own_page), hint in flat(signed_in(olive), asked)) == (True, True)
    assert Delivery.objects.count() == letters
    notebook = Notebook.objects.select_related("meeting__network").get()
    circulating.make_edition(notebook, seen=reviewing.review(notebook, at=LATER).seen, by=olive, at=LATER)
    circulating.circulate(notebook, by=olive, at=LATER)
    assert box not in flat(Client(), own_page)
    page = flat(signed_in(olive), panel(notebook.meeting))
    assert "No contributor has agreed to a point being read by everybody" in page
    assert "Nobody is asked about it afterwards." in page


def test_only_what_was_agreed_for_everybody_is_published(out: Notebook, olive: User) -> None:
    letters = Delivery.objects.count()
    edition = publish(out, olive)
    assert read(edition) == [(AGREED, "Ana Prieto")]
    assert (edition.audience, edition.number) == (1, 1)
    assert read(circulated_edition(out)) == [(AGREED, "Ana Prieto"), (MEMBERS_ONLY, "Bola Adeyemi"), (NOBODYS, "")]
    assert Delivery.objects.count() == letters


def test_everybody_reads_a_write_up_and_nobody_one_that_waits(
    out: Notebook, meeting: Meeting, olive: User, stan: User
) -> None:
    make(out, olive)
    for client in (Client(), signed_in(stan), signed_in(olive)):
        assert client.get(public_page(meeting)).status_code == 404
    publishing.publish(out, at=LATER)
    for client in (Client(), signed_in(stan)):
        text = flat(client, public_page(meeting))
        assert AGREED in text
        assert "Ana Prieto" in text
        assert not any(secret in text for secret in (MEMBERS_ONLY, NOBODYS, "Bola", "For members"))
        assert public_page(meeting) in flat(client, meeting.get_absolute_url())
        assert public_page(meeting) in flat(client, reverse("notes:write_ups", args=[meeting.network.slug]))
        assert client.post(public_page(meeting)).status_code == 405


def test_a_network_that_publishes_nothing_has_no_such_pages(out: Notebook, meeting: Meeting, olive: User) -> None:
    publish(out, olive)
    Network.objects.update(publishes_write_ups=False)
    assert Client().get(public_page(meeting)).status_code == 404
    assert Client().get(reverse("notes:write_ups", args=[meeting.network.slug])).status_code == 404
    assert public_page(meeting) not in flat(Client(), meeting.get_absolute_url())
    fresh = Notebook.objects.select_related("meeting__network").get()
    with pytest.raises(refusals.NothingIsPublished):
        make(fresh, olive)


def test_an_organiser_chooses_looks_and_publishes(out: Notebook, meeting: Meeting, olive: User) -> None:
    """Its own review, its own preview, its own button."""
    choose(MEMBERS_ONLY, Attribution.NONE, Audience.NETWORK)
    client = signed_in(olive)
    text = flat(client, panel(meeting))
    assert text.count('name="item"') == 1
    assert MEMBERS_ONLY not in text
    seen = re.search(r'name="seen" value="(\w+)"', text)
    item = re.search(r'name="item" value="(\d+)"', text)
    assert seen
    assert item
    nothing = client.post(panel(meeting, "publish"), {"act": "make", "seen": seen[1]}, follow=True)
    assert "Tick at least one point." in nothing.content.decode()
    client.post(panel(meeting, "publish"), {"act": "make", "seen": seen[1], "item": item[1]})
    assert "This is what everybody will read, word for word." in flat(client, panel(meeting))
    assert Client().get(public_page(meeting)).status_code == 404
    client.post(panel(meeting, "publish"), {"act": "publish"})
    assert "This is what everybody can read." in flat(client, panel(meeting))
    assert AGREED in flat(Client(), public_page(meeting))
    client.post(panel(meeting, "publish"), {"act": "take down"})
    assert Client().get(public_page(meeting)).status_code == 404
    assert read(circulated_edition(out))[0] == (AGREED, "Ana Prieto")


def test_what_may_stand_among_members_is_asked_about_again(
    notebook: Notebook, discussion: AgendaItem, ana: Registration, bola: Registration, olive: User
) -> None:
    """R3, R8: a name in a text needs its owner's word for everybody; an answer for members is none for everybody."""
    Network.objects.update(publishes_write_ups=True)
    text = "Bola Adeyemi wrote the book on juries."
    add_note(notebook, text=text, agenda_item=discussion, contributor=key(ana))
    ask_contributors(notebook, by=olive, at=NOW)
    choose(text, Attribution.NONE, Audience.PUBLIC)
    for one in reviewing.review(notebook, at=LATER).found:
        reviewing.answer_finding(notebook, one.digest, reason="A published book.", at=LATER)
    circulating.make_edition(notebook, seen=reviewing.review(notebook, at=LATER).seen, by=olive, at=LATER)
    circulating.circulate(notebook, by=olive, at=LATER)
    out = Notebook.objects.select_related("meeting__network").get()
    with pytest.raises(refusals.SomethingIsOpen):
        make(out, olive)
    client, answered = signed_in(olive), LeakAnswer.objects.count()
    found = re.search(r'name="finding" value="(\w+)"', flat(client, panel(out.meeting)))
    assert found
    sent = {"act": "answer", "finding": found[1], "reason": " "}
    assert "Say in a few words why" in client.post(panel(out.meeting, "publish"), sent, follow=True).content.decode()
    client.post(panel(out.meeting, "publish"), {**sent, "reason": "Its cover says so."})
    assert LeakAnswer.objects.count() == answered + 1
    assert read(publish(out, olive)) == [(text, "")]


def test_a_write_up_waits_for_the_second_person_too(out: Notebook, network: Network, olive: User, noor: User) -> None:
    """Threat 56."""
    Network.objects.filter(pk=network.pk).update(needs_second_reviewer=True)
    out = Notebook.objects.select_related("meeting__network").get()
    make(out, olive)
    with pytest.raises(refusals.NobodyElseHasLooked):
        publishing.publish(out, at=LATER)
    client = signed_in(noor)
    seen = re.findall(r'name="seen" value="(\w+)"', flat(client, panel(out.meeting)))
    client.post(panel(out.meeting, "approve"), {"seen": seen[0], "audience": "public"})
    publishing.publish(out, at=LATER)
    assert read(circulated_edition(out, Audience.PUBLIC)) == [(AGREED, "Ana Prieto")]


def test_nothing_is_published_from_notes_that_are_not_out(out: Notebook, meeting: Meeting, olive: User) -> None:
    """R11: once the drafts are forgotten, nobody knows who agreed; what is published stays."""
    publish(out, olive)
    forget_due(LATER + timedelta(days=31))
    assert AGREED in flat(Client(), public_page(meeting))
    publishing.take_down(out)
    with pytest.raises(refusals.NotesAreNotOut):
        make(out, olive)
    assert "have been forgotten" in flat(signed_in(olive), panel(meeting))
    with pytest.raises(refusals.NothingToWithdraw):
        publishing.take_down(out)


def test_a_look_that_is_stale_publishes_nothing(out: Notebook, olive: User) -> None:
    """R8, threat 51: between look and press, and between preview and publication."""
    seen = reviewing.review(out, at=LATER, audience=Audience.PUBLIC).seen
    choose(AGREED, Attribution.NONE, Audience.PUBLIC)
    with pytest.raises(refusals.NotesHaveChanged):
        publishing.make_write_up(out, only=[1], seen=seen, by=olive, at=LATER)
    make(out, olive)
    choose(AGREED, Attribution.NONE, Audience.NETWORK)
    with pytest.raises(refusals.NotesHaveChanged):
        publishing.publish(out, at=LATER)


def test_only_organisers_publish(out: Notebook, meeting: Meeting, noor: User, mira: User, otto: User) -> None:
    """R12."""
    for user in (noor, mira, otto):
        client = signed_in(user)
        assert client.post(panel(meeting, "publish"), {"act": "make"}).status_code in {302, 404}
    assert newest_edition(out, Audience.PUBLIC) is None
    assert "Make the write-up" not in flat(signed_in(noor), panel(meeting))


# -- Taking back -------------------------------------------------------------------------------------------------------


def test_lowering_a_consent_takes_effect_on_both_at_once(out: Notebook, meeting: Meeting, olive: User) -> None:
    """R10: fewer readers, a lower level, nothing at all; neither number tells of it (R9)."""
    publish(out, olive)
    choose(AGREED, Attribution.ORGANISATION, Audience.PUBLIC)
    assert read(circulated_edition(out, Audience.PUBLIC)) == [(AGREED, "Tern Valley Council")]
    assert read(circulated_edition(out))[0] == (AGREED, "Tern Valley Council")
    choose(AGREED, Attribution.ORGANISATION, Audience.NETWORK)
    assert read(circulated_edition(out, Audience.PUBLIC)) == []
    assert read(circulated_edition(out))[0] == (AGREED, "Tern Valley Council")
    assert Client().get(public_page(meeting)).status_code == 404
    assert {edition.number for edition in Edition.objects.all()} == {1}


def test_withdrawn_notes_take_their_write_up_with_them(out: Notebook, meeting: Meeting, olive: User) -> None:
    publish(out, olive)
    circulating.withdraw(out)
    assert Client().get(public_page(meeting)).status_code == 404
    assert not Edition.objects.exists()
    assert "Write-up" not in flat(Client(), meeting.get_absolute_url())


def test_a_corrected_line_leaves_the_write_up(out: Notebook, olive: User, mira: User) -> None:
    """R2: what may be read by everybody were the old words."""
    choose(MEMBERS_ONLY, Attribution.NONE, Audience.PUBLIC)
    publish(out, olive)
    edition = circulated_edition(out)
    assert edition is not None
    (point,) = [one for one in points_of(edition) if one.text == AGREED]
    correction = suggest(edition, point, "It was a year.", by=mira, at=LATER)
    correcting.word(correction, "Juries need a year.", by=olive, at=LATER)
    correcting.confirm(correction, by=olive, looked=False, at=LATER)
    assert read(circulated_edition(out))[0] == ("Juries need a year.", "")
    assert read(circulated_edition(out, Audience.PUBLIC)) == [(MEMBERS_ONLY, "")]


def test_a_write_up_without_a_line_is_no_page(out: Notebook, meeting: Meeting, olive: User, mira: User) -> None:
    """R9: an empty page would say that there had been something."""
    edition = publish(out, olive)
    correction = suggest(edition, next(points_of(edition)), "It was a year.", by=mira, at=LATER)
    correcting.word(correction, "Juries need a year.", by=olive, at=LATER)
    correcting.confirm(correction, by=olive, looked=False, at=LATER)
    assert Client().get(public_page(meeting)).status_code == 404
    assert circulated_edition(out, Audience.PUBLIC) is None


def test_a_second_write_up_leaves_nothing_of_the_first(out: Notebook, meeting: Meeting, olive: User) -> None:
    """R9, R10: what is taken back from the second is not read again in the first."""
    choose(MEMBERS_ONLY, Attribution.NONE, Audience.PUBLIC)
    publish(out, olive)
    choose(MEMBERS_ONLY, Attribution.NONE, Audience.NETWORK)
    second = publish(out, olive)
    assert list(Edition.objects.filter(audience=Audience.PUBLIC)) == [second]
    choose(AGREED, Attribution.NONE, Audience.NETWORK)
    assert Client().get(public_page(meeting)).status_code == 404
    assert not Edition.objects.filter(audience=Audience.PUBLIC).exists()


def test_an_item_that_is_no_id_is_no_item(out: Notebook, meeting: Meeting, olive: User) -> None:
    seen = reviewing.review(out, at=LATER, audience=Audience.PUBLIC).seen
    sent = {"act": "make", "item": ["9" * 5000, "nuts"], "seen": seen}
    page = signed_in(olive).post(panel(meeting, "publish"), sent, follow=True)
    assert str(refusals.NothingToPublish()) in html.unescape(page.content.decode())


def test_an_answer_to_what_is_no_finding_is_not_kept(out: Notebook, meeting: Meeting, olive: User) -> None:
    """The text has changed since the page was opened: what was said of it says nothing of the new one (R8)."""
    before = LeakAnswer.objects.count()
    sent = {"act": "answer", "finding": "0" * 64, "reason": "Its cover says so."}
    assert signed_in(olive).post(panel(meeting, "publish"), sent)["Location"] == panel(meeting)
    assert LeakAnswer.objects.count() == before


def test_a_press_that_is_none_of_the_pages_changes_nothing(out: Notebook, meeting: Meeting, olive: User) -> None:
    publish(out, olive)
    page = Client().get(public_page(meeting)).content
    assert signed_in(olive).post(panel(meeting, "publish"), {"act": "unheard of"})["Location"] == panel(meeting)
    assert Client().get(public_page(meeting)).content == page


def test_a_write_up_says_no_sector_that_the_members_notes_withhold(
    out: Notebook, meeting: Meeting, cai: Registration, olive: User
) -> None:
    """R4: members read both. Of three from the public sector they know one by name, so two are too few; to everybody
    else the same three would be enough."""
    choose(AGREED, Attribution.SECTOR, Audience.PUBLIC)
    edition = publish(out, olive)
    assert dict(read(circulated_edition(out)))[AGREED] == ""
    assert read(edition) == [(AGREED, "")]
