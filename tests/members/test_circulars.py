"""Organisers write to many: to whom, how it reads, ten minutes to think again, and how far it has come (B74 to B76)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.actions.circulars import UNDO_WITHIN, CannotSetOff, recipients_of, set_off
from members.actions.ticking import send_what_is_due
from members.models import Circular, Delivery, Kind, Mailing, Membership, Network, Refusal, User
from tests.conftest import member_of, person, signed_in
from tests.post import letters_sent, run_waiting_tasks

pytestmark = pytest.mark.django_db

PAGE = "/admin/members/circular/"
TEXT = "Dear {name},\n\n**we meet** again.\n\n{network}"


@pytest.fixture
def circular(network: Network, mira: User, olive: User) -> Circular:
    return Circular.objects.create(network=network, audience="members/news", subject="For {name}", text=TEXT)


@pytest.fixture
def organiser(olive: User) -> Client:
    return signed_in(olive)


def press(client: Client, circular: Circular, name: str, **said: object) -> str:
    answer = client.post(f"{PAGE}{circular.pk}/{name}/", said, follow=True)
    return " ".join(str(one) for one in answer.context["messages"])


def look(client: Client, circular: Circular) -> str:
    return client.get(f"{PAGE}{circular.pk}/look/").content.decode()


def ten_minutes_later() -> None:
    with time_machine.travel(timezone.now() + UNDO_WITHIN + timedelta(seconds=1)):
        send_what_is_due(timezone.now())
        run_waiting_tasks()


# -- Writing one -----------------------------------------------------------------------------------------------------


def test_saving_sends_nothing_and_leads_to_who_gets_it(organiser: Client, network: Network, mira: User) -> None:
    """B74."""
    said = {"to": f"{network.pk} members/news", "subject": "News", "text": TEXT}
    answer = organiser.post(f"{PAGE}add/", said)
    made = Circular.objects.get()
    assert answer["Location"] == f"{PAGE}{made.pk}/look/"
    assert (made.network, made.audience, made.subject, made.mailing) == (network, "members/news", "News", None)
    assert not Mailing.objects.exists()


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"text": "Dear {nmae}"}, "There is nothing to put in the place of {nmae}. You can write {name} or {network}."),
        ({"subject": "For {name"}, "A { has no } after it. A place to be filled in looks like {name} or {network}."),
        ({"to": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_sent_is_refused_with_a_sentence_and_kept(
    organiser: Client, network: Network, said: dict[str, str], error: str
) -> None:
    whole = {"to": f"{network.pk} members/news", "subject": "News", "text": "Dear all of you", **said}
    answer = organiser.post(f"{PAGE}add/", whole)
    assert error in [text for errors in answer.context["adminform"].form.errors.values() for text in errors]
    assert answer.context["adminform"].form["text"].value() == whole["text"]
    assert not Circular.objects.exists()


def test_another_networks_people_cannot_be_chosen(organiser: Client, other_network: Network, otto: User) -> None:
    """R12."""
    said = {"to": f"{other_network.pk} members/news", "subject": "News", "text": "Dear"}
    answer = organiser.post(f"{PAGE}add/", said)
    assert answer.context["adminform"].form.errors["to"]
    assert "Museum makers" not in organiser.get(f"{PAGE}add/").content.decode()


# -- Before it goes --------------------------------------------------------------------------------------------------


def test_page_says_exactly_who_gets_it_and_how_the_first_reads_it(organiser: Client, circular: Circular) -> None:
    """B75, complaint 10."""
    page = look(organiser, circular)
    assert "<strong>2</strong> people:" in " ".join(page.split())
    assert "<li>Mira Novak</li>" in page
    assert "<li>Olive Okonjo</li>" in page
    assert "For Mira Novak" in page
    assert "<p>Dear Mira Novak,</p>" in page
    assert "<strong>we meet</strong>" in page
    assert "Send to 2 people" in " ".join(page.split())


def test_name_of_a_reader_is_words_and_nothing_else(organiser: Client, circular: Circular, mira: User) -> None:
    User.objects.filter(pk=mira.pk).update(name="A *star* <script>alert(1)</script>")
    page = look(organiser, circular)
    assert "<p>Dear A *star* &lt;script&gt;alert(1)&lt;/script&gt;,</p>" in page


def test_whoever_wants_no_such_letters_is_not_among_them(circular: Circular, network: Network, mira: User) -> None:
    """B24."""
    Refusal.objects.create(network=network, user=mira, kind=Kind.NEWS)
    assert [one.email for one in recipients_of(circular)] == ["olive@commons.example"]
    circular.audience = "members/invitations"
    assert [one.email for one in recipients_of(circular)] == ["mira@river.example", "olive@commons.example"]


def test_letter_to_myself_goes_to_nobody_else(organiser: Client, circular: Circular) -> None:
    assert press(organiser, circular, "try") == "The letter is on its way to you, and to nobody else."
    [letter] = letters_sent()
    assert (letter.to, letter.subject) == (["olive@commons.example"], "For Olive Okonjo")
    assert letter.body == (
        "Dear Olive Okonjo,\n\n**we meet** again.\n\nPublic voices\n\n--\nPublic voices\n\n"
        "You get this letter because you are a member of the network.\n"
    )
    circular.refresh_from_db()
    assert circular.mailing is None


def test_nobody_chosen_is_nobody(organiser: Client, circular: Circular, olive: User) -> None:
    """Complaint 10: an empty selection is not everybody."""
    circular.audience = "members/gone"
    circular.save()
    assert "Nobody, so there is nothing to send" in look(organiser, circular)
    assert press(organiser, circular, "set-off", seen=0) == (
        "Nobody would get this letter. Choose other people to write to."
    )
    assert not Mailing.objects.exists()


def test_more_people_than_were_seen_get_nothing(organiser: Client, circular: Circular, network: Network) -> None:
    member_of(network, person("new@river.example", "Nia New"))
    assert press(organiser, circular, "set-off", seen=2) == (
        "It would go to 3 people now, and you had seen 2. Please look again, and press once more."
    )
    assert not Mailing.objects.exists()


# -- Ten minutes -----------------------------------------------------------------------------------------------------


def test_nothing_goes_for_ten_minutes_and_then_each_gets_their_own(organiser: Client, circular: Circular) -> None:
    assert press(organiser, circular, "set-off", seen=2) == (
        "In ten minutes the letter goes to 2 people. Until then you can call it back."
    )
    with time_machine.travel(timezone.now() + timedelta(minutes=9)):
        send_what_is_due(timezone.now())
        assert letters_sent() == []
    ten_minutes_later()
    letters = sorted(letters_sent(), key=lambda letter: letter.to)
    assert [letter.subject for letter in letters] == ["For Mira Novak", "For Olive Okonjo"]
    html = str(letters[0].alternatives[0][0])
    assert "Dear Mira Novak,</p>" in html
    assert "we meet</strong>" in html
    assert "List-Unsubscribe" in letters[0].extra_headers


def test_call_back_makes_it_a_draft_again(organiser: Client, circular: Circular) -> None:
    press(organiser, circular, "set-off", seen=2)
    assert "Call it back" in look(organiser, circular)
    assert press(organiser, circular, "call-back") == "Nobody gets the letter. It is a draft again."
    ten_minutes_later()
    assert mail.outbox == []
    assert not Delivery.objects.exists()
    assert "Send to 2 people" in " ".join(look(organiser, circular).split())


def test_call_back_after_the_first_letter_is_too_late(organiser: Client, circular: Circular) -> None:
    press(organiser, circular, "set-off", seen=2)
    Delivery.objects.filter(email="mira@river.example").update(state="sent", sent_at=timezone.now(), tries=1)
    assert "Call it back" not in look(organiser, circular)
    assert press(organiser, circular, "call-back") == (
        "The first letters have gone, so it is too late to call it back. You can pause the rest."
    )
    assert Delivery.objects.count() == 2


def test_it_is_set_off_once_and_then_stays_as_it_is(organiser: Client, circular: Circular, olive: User) -> None:
    set_off(circular, seen=2, by=olive)
    with pytest.raises(CannotSetOff, match="set off already"):
        set_off(circular, seen=2, by=olive)
    assert Mailing.objects.count() == 1
    said = {"to": f"{circular.network_id} members/news", "subject": "Other", "text": "Other"}
    organiser.post(f"{PAGE}{circular.pk}/change/", said)
    circular.refresh_from_db()
    assert circular.subject == "For {name}"
    assert organiser.post(f"{PAGE}{circular.pk}/delete/", {"post": "yes"}).status_code == 403


# -- On its way ------------------------------------------------------------------------------------------------------


def test_page_counts_what_is_sent_waiting_and_failed(organiser: Client, circular: Circular) -> None:
    """B76: from the rows, so it is the same after a restart, and without JavaScript."""
    press(organiser, circular, "set-off", seen=2)
    Delivery.objects.filter(email="mira@river.example").update(state="failed", problem="No.", tries=1)
    page = " ".join(look(organiser, circular).split())
    assert '<progress class="progress" max="2" value="1"' in page
    assert re.findall(r"<dt> ?(\w+) ?</dt> ?<dd> ?(\d+) ?</dd>", page) == [
        ("sent", "0"),
        ("waiting", "1"),
        ("failed", "1"),
    ]
    assert 'data-working="yes"' in page  # with a script it looks again by itself, without one there is a link
    assert "Look again" in page
    Delivery.objects.filter(state="waiting").update(state="sent", sent_at=timezone.now(), tries=1)
    done = look(organiser, circular)
    assert "All done." in done
    assert "data-working" not in done


def test_paused_letters_wait_until_they_may_go_on(organiser: Client, circular: Circular) -> None:
    press(organiser, circular, "set-off", seen=2)
    assert press(organiser, circular, "pause") == ("The letters that have not gone wait until you let them go on.")
    ten_minutes_later()
    assert mail.outbox == []
    assert "Paused: what waits stays" in look(organiser, circular)
    assert press(organiser, circular, "resume") == "The letters go on."
    ten_minutes_later()
    assert len(mail.outbox) == 2


# -- Whose it is -----------------------------------------------------------------------------------------------------


def test_letters_to_many_are_the_networks_organisers_own(
    circular: Circular, noor: User, otto: User, stan: User, olive: User
) -> None:
    """R12."""
    for other, answer in [(noor, 404), (otto, 404), (stan, 302)]:
        assert signed_in(other).get(f"{PAGE}{circular.pk}/look/").status_code == answer
        assert signed_in(other).post(f"{PAGE}{circular.pk}/set-off/", {"seen": 2}).status_code == answer
    assert not Mailing.objects.exists()
    assert Client().get(f"{PAGE}{circular.pk}/look/").status_code == 302
    assert signed_in(olive).get(f"{PAGE}{circular.pk}/set-off/").status_code == 405
    assert signed_in(olive).post(f"{PAGE}{circular.pk}/nonsense/").status_code == 404


def test_history_says_what_was_pressed_and_none_of_the_words(organiser: Client, circular: Circular) -> None:
    """R15."""
    press(organiser, circular, "set-off", seen=2)
    entry = LogEntry.objects.get()
    assert "set-off" in entry.change_message
    assert "Dear" not in entry.change_message + entry.object_repr
    assert "For" not in entry.change_message + entry.object_repr


def test_progress_takes_as_many_questions_for_many_letters(organiser: Client, circular: Circular) -> None:
    press(organiser, circular, "set-off", seen=2)
    counts = []
    for round_ in range(2):
        look(organiser, circular)
        with CaptureQueriesContext(connection) as asked:
            look(organiser, circular)
        counts.append(len(asked))
        mailing = Mailing.objects.get()
        Delivery.objects.bulk_create(
            Delivery(mailing=mailing, email=f"n{round_}{number}@x.example") for number in range(3)
        )
    assert counts[0] == counts[1]


def test_page_of_a_draft_takes_as_many_questions_for_many_people(
    organiser: Client, circular: Circular, network: Network
) -> None:
    counts = []
    for round_ in range(2):
        look(organiser, circular)
        with CaptureQueriesContext(connection) as asked:
            look(organiser, circular)
        counts.append(len(asked))
        for number in range(3):
            member_of(network, person(f"n{round_}{number}@x.example", f"N{number}"))
    assert counts[0] == counts[1]
    assert Membership.objects.count() == 8
