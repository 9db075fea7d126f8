"""What was taken back stays away, whatever was published before or suggested since (R9, R10)."""

import pytest
from django.test import Client
from django.urls import reverse

from events.models import AgendaItem, Meeting, Registration
from members.models import Network, User
from notes.actions import circulating, correcting, publishing, reviewing
from notes.actions.asking import ask_contributors
from notes.actions.consenting import Choice, own_notes, save_choices
from notes.actions.freezing import circulated_edition
from notes.actions.noting import add_note
from notes.actions.suggesting import points_of, suggest
from notes.models import ConsentRequest, Correction, Edition, Note, Notebook
from notes.rules.redaction import text_hash
from notes.rules.vocabulary import Attribution, Audience
from tests.conftest import signed_in
from tests.notes.conftest import NOW, key
from tests.notes.test_publishing import LATER, choose, read

HERS, HIS = "Juries need time to learn.", "Panels cost less than courts."


@pytest.fixture
def asked(notebook: Notebook, discussion: AgendaItem, ana: Registration, bola: Registration, olive: User) -> Notebook:
    """Ana's point and Bola's; both may choose."""
    Network.objects.update(publishes_write_ups=True)
    add_note(notebook, text=HERS, agenda_item=discussion, contributor=key(ana))
    add_note(notebook, text=HIS, agenda_item=discussion, contributor=key(bola))
    Note.objects.update(placed=True)
    ask_contributors(notebook, by=olive, at=NOW)
    return Notebook.objects.select_related("meeting__network").get()


def send_round(notebook: Notebook, by: User) -> Edition:
    circulating.make_edition(notebook, seen=reviewing.review(notebook, at=LATER).seen, by=by, at=LATER)
    return circulating.circulate(notebook, by=by, at=LATER).edition


def write_up(notebook: Notebook, by: User, *texts: str) -> Edition:
    whole = reviewing.review(notebook, at=LATER, audience=Audience.PUBLIC)
    only = [row.note.pk for row in whole.rows if row.note.text in texts]
    return publishing.make_write_up(notebook, only=only, seen=whole.seen, by=by, at=LATER)


def both_for_everybody(notebook: Notebook, by: User) -> None:
    """Notes are out, a write-up with both points, and after it another with Ana's alone."""
    choose(HERS, Attribution.NAME, Audience.PUBLIC)
    choose(HIS, Attribution.NAME, Audience.PUBLIC)
    send_round(notebook, by)
    for texts in ((HERS, HIS), (HERS,)):
        write_up(notebook, by, *texts)
        publishing.publish(notebook, at=LATER)


def test_of_write_ups_only_the_last_is_kept(asked: Notebook, olive: User) -> None:
    """Beside each other they would say what was left out of the second (R9)."""
    both_for_everybody(asked, olive)
    (kept,) = Edition.objects.filter(audience=Audience.PUBLIC)
    assert (kept.number, read(kept)) == (2, [(HERS, "Ana Prieto")])


def test_taking_back_the_last_line_brings_no_earlier_write_up_back(
    asked: Notebook, meeting: Meeting, olive: User
) -> None:
    both_for_everybody(asked, olive)
    choose(HERS, Attribution.NONE, Audience.NETWORK, leave_out=True)
    assert Client().get(reverse("notes:write_up", args=[meeting.network.slug, meeting.slug])).status_code == 404
    assert not Edition.objects.filter(audience=Audience.PUBLIC).exists()


def test_correcting_the_last_line_brings_no_earlier_write_up_back(asked: Notebook, olive: User, mira: User) -> None:
    both_for_everybody(asked, olive)
    correct(asked, HERS, "Juries need a year.", by=olive, reader=mira)
    assert not Edition.objects.filter(audience=Audience.PUBLIC).exists()


def test_a_correction_while_another_write_up_waits(asked: Notebook, olive: User, mira: User) -> None:
    """The one that waits was made of what is no longer read, and its number is wanted."""
    choose(HERS, Attribution.NAME, Audience.PUBLIC)
    choose(HIS, Attribution.NAME, Audience.PUBLIC)
    send_round(asked, olive)
    write_up(asked, olive, HERS, HIS)
    publishing.publish(asked, at=LATER)
    write_up(asked, olive, HERS)
    correct(asked, HERS, "Juries need a year.", by=olive, reader=mira)
    (kept,) = Edition.objects.filter(audience=Audience.PUBLIC)
    assert read(kept) == [(HIS, "Bola Adeyemi")]


def correct(notebook: Notebook, old: str, new: str, *, by: User, reader: User) -> None:
    edition = circulated_edition(notebook)
    assert edition is not None
    (point,) = [one for one in points_of(edition) if one.text == old]
    correction = suggest(edition, point, "It was otherwise.", by=reader, at=LATER)
    correcting.word(correction, new, by=by, at=LATER)
    correcting.confirm(correction, by=by, looked=False, at=LATER)


def test_a_suggestion_shows_nobody_a_point_that_was_left_out_between_two_circulations(
    asked: Notebook, meeting: Meeting, olive: User, mira: User
) -> None:
    """R5, R10: the new edition is without it, so is what stands below it."""
    edition = send_round(asked, olive)
    for point in points_of(edition):
        suggest(edition, point, "It was otherwise.", by=mira, at=LATER)
    circulating.withdraw(asked)
    choose(HERS, Attribution.NONE, Audience.NETWORK, leave_out=True)
    send_round(asked, olive)
    page = reverse("notes:edition", args=[meeting.network.slug, meeting.slug])
    panel = reverse("admin:notes_notebook_corrections", args=[meeting.pk])
    shown = [signed_in(mira).get(page).content.decode(), signed_in(olive).get(panel).content.decode()]
    assert [(HERS in one, HIS in one) for one in shown] == [(False, True), (False, True)]
    assert [one.about for one in Correction.objects.all()] == [HIS]


def test_nobody_is_shown_by_more_because_somebody_else_took_something_back(
    asked: Notebook, cai: Registration, olive: User
) -> None:
    """R10: the cap that withheld Ana's name has been raised since; only an edition that is looked at may show it."""
    choose(HERS, Attribution.NAME, Audience.NETWORK)
    choose(HIS, Attribution.SECTOR, Audience.NETWORK)
    Meeting.objects.update(attribution_cap=Attribution.SECTOR)
    assert read(send_round(Notebook.objects.get(), olive)) == [(HERS, "Public sector"), (HIS, "Public sector")]
    Meeting.objects.update(attribution_cap=Attribution.NAME)
    choose(HIS, Attribution.NONE, Audience.NETWORK)
    assert read(circulated_edition(asked)) == [(HERS, ""), (HIS, "")]


def test_who_lowers_from_name_to_organisation_is_shown_by_that(asked: Notebook, olive: User) -> None:
    choose(HERS, Attribution.NAME, Audience.NETWORK)
    send_round(asked, olive)
    choose(HERS, Attribution.ORGANISATION, Audience.NETWORK)
    assert read(circulated_edition(asked)) == [(HERS, "Tern Valley Council"), (HIS, "")]


def test_the_same_words_elsewhere_do_not_take_the_place_of_those_that_were_taken_back(
    notebook: Notebook, discussion: AgendaItem, ana: Registration, bola: Registration, olive: User
) -> None:
    """R2: Bola agreed to be named where he said it, not where Ana did."""
    talk = notebook.meeting.agenda.get(kind="talk")
    add_note(notebook, text=HERS, agenda_item=talk, contributor=key(ana))
    add_note(notebook, text=HERS, agenda_item=discussion, contributor=key(bola))
    ask_contributors(notebook, by=olive, at=NOW)
    choose(HERS, Attribution.NAME, Audience.NETWORK)
    edition = send_round(notebook, olive)
    assert read(edition) == [(HERS, "Ana Prieto"), (HERS, "Bola Adeyemi")]
    (hers,) = [one for one in ConsentRequest.objects.all() if one.contributor == key(ana)]
    words = {
        one.pk: Choice(level=Attribution.NONE, text_hash=text_hash(HERS), leave_out=True) for one in own_notes(hers)
    }
    save_choices(hers, words, at=LATER)
    now = circulated_edition(notebook)
    assert now is not None
    lines = [(part["title"], one["attribution"]) for part in now.content for one in part["lines"]]
    assert lines == [("Discussion", "Bola Adeyemi")]


def test_a_heading_that_was_renamed_since_takes_no_line_along(
    asked: Notebook, discussion: AgendaItem, olive: User
) -> None:
    """What was agreed to was in another place, so nothing is attributed; the words stay."""
    choose(HERS, Attribution.NAME, Audience.NETWORK)
    choose(HIS, Attribution.NAME, Audience.NETWORK)
    send_round(asked, olive)
    discussion.title = "What we talked about"
    discussion.save()
    choose(HIS, Attribution.NONE, Audience.NETWORK)
    assert read(circulated_edition(asked)) == [(HERS, ""), (HIS, "")]
