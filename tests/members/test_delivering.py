"""Bringing letters to a real mail server: once each, whatever happens on the way (B76, complaint 9)."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cop.lib.mail import Letter
from cop.lib.pacing import Rate
from cop.lib.signing import absolute_url
from members.actions.mailing import Recipient, send_letter
from members.actions.ticking import send_what_is_due
from members.models import Delivery, Mailing, Membership, Network, Postbag, User
from members.rules.sending import PAUSES, is_final, pause_after, problem
from members.tasks import carrying, deliver, postbags
from members.tasks.carrying import Line, Pen, attempt, carry
from members.tasks.postbags import Bag, fetch_back, take_out
from members.writing import Blanks, called, form_letter, letter, write
from tests.conftest import member_of
from tests.post import run_waiting_tasks
from tests.smtp import PostOffice, post_office

pytestmark = pytest.mark.django_db

BATCH = 20


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture(autouse=True)
def small_bags(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bags of a few letters, and as much time as a busy machine takes."""
    monkeypatch.setattr(postbags, "BATCH", BATCH)
    monkeypatch.setattr(carrying, "LONGEST_ROUND", timedelta(hours=1))


@pytest.fixture
def membership(network: Network, mira: User) -> Membership:
    return Membership.objects.get(user=mira)


def write_to(membership: Membership, *emails: str) -> Mailing:
    recipients = [Recipient(email) for email in emails]
    return send_letter("welcome", recipients, network=membership.network, about_id=membership.pk)


def states(mailing: Mailing) -> dict[str, str]:
    return dict(mailing.deliveries.values_list("email", "state"))


def later(delay: timedelta, mailing: Mailing) -> None:
    """Tick and work at a later time."""
    with time_machine.travel(timezone.now() + delay):
        send_what_is_due(timezone.now())
        run_waiting_tasks()
    mailing.refresh_from_db()


# -- What arrives ----------------------------------------------------------------------------------------------------


def test_each_recipient_gets_a_letter_of_their_own(office: PostOffice, membership: Membership) -> None:
    """R14, R13: nobody sees who else it went to."""
    mailing = write_to(membership, "a@x.example", "b@x.example", "c@x.example")
    run_waiting_tasks()
    assert sorted(office.envelopes) == [["a@x.example"], ["b@x.example"], ["c@x.example"]]
    assert sorted(letter["To"] for letter in office.letters) == ["a@x.example", "b@x.example", "c@x.example"]
    assert not any(letter["Cc"] or letter["Bcc"] for letter in office.letters)
    assert set(states(mailing).values()) == {"sent"}
    assert len(office.envelopes) == 3
    assert office.connections == 1


def test_letter_arrives_whole(office: PostOffice, membership: Membership) -> None:
    mailing = write_to(membership, "a@x.example")
    run_waiting_tasks()
    [letter], delivery = office.letters, mailing.deliveries.get()
    assert letter["Message-ID"] == f"<{delivery.message_key}@example.org>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Subject"] == "Welcome to Public voices"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert delivery.sent_at is not None
    assert delivery.problem == ""


def test_many_letters_go_in_batches_that_leave_room_for_others(office: PostOffice, membership: Membership) -> None:
    mailing = write_to(membership, *[f"n{number}@x.example" for number in range(BATCH + 5)])
    deliver.call(mailing.pk)
    assert len(office.letters) == BATCH
    run_waiting_tasks()
    assert len(office.letters) == BATCH + 5
    assert office.connections == 2


def test_same_address_in_other_capitals_gets_one_letter(network: Network, membership: Membership) -> None:
    mailing = write_to(membership, "a@x.example", "A@x.example", "b@x.example")
    assert list(mailing.deliveries.values_list("email", flat=True)) == ["a@x.example", "b@x.example"]


def test_nobody_chosen_is_nobody(membership: Membership) -> None:
    """Complaint 10."""
    mailing = write_to(membership)
    assert not mailing.deliveries.exists()
    assert not DBTaskResult.objects.exists()


def test_unknown_letter_is_refused_when_it_is_made(network: Network) -> None:
    with pytest.raises(LookupError):
        send_letter("no such letter", [Recipient("a@x.example")], network=network)
    assert not Mailing.objects.exists()


# -- What goes wrong -------------------------------------------------------------------------------------------------


def test_busy_server_is_asked_again_later(office: PostOffice, membership: Membership) -> None:
    """A 4yz answer passes: the letter waits, the others go."""
    office.to = lambda address: "451 a@x.example: try again" if address.startswith("a@") else "250 OK"
    mailing = write_to(membership, "a@x.example", "b@x.example")
    run_waiting_tasks()
    assert states(mailing) == {"a@x.example": "waiting", "b@x.example": "sent"}
    waiting = mailing.deliveries.get(email="a@x.example")
    assert waiting.problem == "The mail server asked us to try again later (reply 451)."
    assert timedelta(seconds=50) < waiting.not_before - timezone.now() <= PAUSES[0]

    office.to = lambda address: "250 OK"
    later(timedelta(seconds=30), mailing)
    assert states(mailing)["a@x.example"] == "waiting"
    later(timedelta(seconds=61), mailing)
    assert states(mailing)["a@x.example"] == "sent"
    assert [letter["To"] for letter in office.letters] == ["b@x.example", "a@x.example"]


@pytest.mark.parametrize("step", ["to", "data"])
def test_refused_letter_is_not_tried_again(office: PostOffice, membership: Membership, step: str) -> None:
    setattr(office, step, lambda address: "550 no a@x.example" if address.startswith("a@") else "250 OK")
    mailing = write_to(membership, "a@x.example", "b@x.example")
    run_waiting_tasks()
    failed = mailing.deliveries.get(email="a@x.example")
    assert (failed.state, failed.tries) == ("failed", 1)
    assert failed.problem == "The recipient's mail server refused the letter for good (reply 550)."
    assert states(mailing)["b@x.example"] == "sent"
    office.to = office.data = lambda address: "250 OK"
    later(timedelta(days=1), mailing)
    assert states(mailing)["a@x.example"] == "failed"


def test_dropped_connection_costs_one_letter_its_turn_only(office: PostOffice, membership: Membership) -> None:
    office.data = lambda address: "drop" if address.startswith("a@") else "250 OK"
    mailing = write_to(membership, "a@x.example", "b@x.example")
    run_waiting_tasks()
    assert states(mailing) == {"a@x.example": "waiting", "b@x.example": "sent"}
    assert mailing.deliveries.get(email="a@x.example").problem == "The connection to the mail server broke off."


def test_server_that_ends_badly_after_all_was_said_does_no_harm(office: PostOffice, membership: Membership) -> None:
    office.goodbye = "221 " + "and so on " * 1000
    mailing = write_to(membership, "a@x.example")
    run_waiting_tasks()
    assert states(mailing) == {"a@x.example": "sent"}


def test_no_mail_server_leaves_all_waiting(membership: Membership) -> None:
    mailing = write_to(membership, *[f"n{number}@x.example" for number in range(BATCH + 1)])
    nobody_there = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 1}
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", **nobody_there):
        run_waiting_tasks()
    assert set(states(mailing).values()) == {"waiting"}
    put_off = mailing.deliveries.exclude(problem="")
    assert {delivery.problem for delivery in put_off} == {"The mail server could not be reached."}
    assert {delivery.tries for delivery in put_off} == {0}  # the server's fault, not the letter's
    assert put_off.count() == BATCH
    later(timedelta(minutes=2), mailing)
    assert set(states(mailing).values()) == {"sent"}
    assert len(mail.outbox) == BATCH + 1


def test_sender_refused_is_our_matter_and_the_letter_waits(office: PostOffice, membership: Membership) -> None:
    office.sender = lambda address: "530 sign in first"
    mailing = write_to(membership, "a@x.example")
    run_waiting_tasks()
    delivery = mailing.deliveries.get()
    assert (delivery.state, delivery.problem) == ("waiting", "The mail server did not take us as a sender (reply 530).")


def test_server_that_stays_busy_is_given_up_in_the_end(office: PostOffice, membership: Membership) -> None:
    office.to = lambda address: "451 busy"
    mailing = write_to(membership, "a@x.example")
    run_waiting_tasks()
    passed = timedelta()
    for pause in PAUSES:
        passed += pause + timedelta(seconds=5)
        assert states(mailing) == {"a@x.example": "waiting"}
        later(passed, mailing)
    assert states(mailing) == {"a@x.example": "failed"}
    assert mailing.deliveries.get().tries == Delivery.MOST_TRIES


def test_address_of_an_impossible_form_fails_alone(office: PostOffice, membership: Membership) -> None:
    mailing = write_to(membership, "a@" + "x" * 64 + "é.example", "b@x.example")
    run_waiting_tasks()
    assert sorted(states(mailing).values()) == ["failed", "sent"]


def test_letter_about_something_gone_fails_alone(office: PostOffice, membership: Membership) -> None:
    mailing = send_letter("welcome", [Recipient("a@x.example")], network=membership.network, about_id=987654)
    run_waiting_tasks()
    assert mailing.deliveries.get().problem == "What this letter was about is no longer there."
    assert office.letters == []


def test_letter_that_cannot_be_written_fails_and_says_which_kind_of_error(
    office: PostOffice, membership: Membership, caplog: pytest.LogCaptureFixture
) -> None:
    mailing = write_to(membership, "a@x.example")
    Mailing.objects.update(letter="taken away")
    run_waiting_tasks()
    assert states(mailing) == {"a@x.example": "failed"}
    assert caplog.messages[-1].endswith("of letter taken away: KeyError")


def test_no_address_in_the_log_nor_in_tasks(
    office: PostOffice, membership: Membership, caplog: pytest.LogCaptureFixture
) -> None:
    """R15: servers quote the address in what they say; we keep none of it."""
    caplog.set_level("INFO")
    answers = iter(["550 secret@x.example unknown", "451 secret@x.example later", "drop"])
    office.data = lambda address: next(answers)
    write_to(membership, "secret1@x.example", "secret2@x.example", "secret3@x.example")
    run_waiting_tasks()
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]  # the test's own server
    assert ours
    assert "secret" not in " ".join(ours)
    for task in DBTaskResult.objects.all():
        assert "secret" not in f"{task.args_kwargs} {task.return_value} {task.traceback}"
    assert "secret" not in " ".join(Delivery.objects.values_list("problem", flat=True))


# -- Workers ---------------------------------------------------------------------------------------------------------


def send_one(bag: Bag, delivery: Delivery) -> None:
    """Send one letter of a bag, and write nothing down afterwards."""
    line = Line()
    assert line.is_open()
    assert attempt(line, Pen(bag.mailing), bag, delivery) is None
    line.hang_up()


def test_dead_workers_letters_are_sent_again_under_the_same_message_id(
    office: PostOffice, membership: Membership
) -> None:
    """Two letters sent, the third never begun: what is written down is the first, so the second goes out again."""
    mailing = write_to(membership, "a@x.example", "b@x.example", "c@x.example")
    bag = take_out(mailing)
    first, second, _third = bag.deliveries
    send_one(bag, first)
    bag.through = first.pk
    send_one(bag, second)  # and then the power went
    later(timedelta(minutes=4), mailing)
    assert set(states(mailing).values()) == {"sending"}
    later(Postbag.LEASE + timedelta(seconds=1), mailing)
    assert set(states(mailing).values()) == {"sent"}
    assert [letter["To"] for letter in office.letters] == ["a@x.example", "b@x.example", "b@x.example", "c@x.example"]
    assert office.letters[1]["Message-ID"] == office.letters[2]["Message-ID"]
    assert len({letter["Message-ID"] for letter in office.letters}) == 3
    assert [row.tries for row in mailing.deliveries.all()] == [1, 2, 1]
    assert not Postbag.objects.exists()


def test_letter_that_kills_workers_is_given_up(office: PostOffice, membership: Membership) -> None:
    mailing = write_to(membership, "a@x.example", "b@x.example")
    for death in range(1, Delivery.MOST_TRIES + 1):
        with time_machine.travel(timezone.now() + death * 2 * Postbag.LEASE):
            fetch_back(timezone.now())
            take_out(mailing)
    later(20 * Postbag.LEASE, mailing)
    delivery = mailing.deliveries.get(email="a@x.example")
    assert (delivery.state, delivery.problem) == ("failed", "The worker stopped while sending, again and again.")
    assert delivery.tries == Delivery.MOST_TRIES
    assert [letter["To"] for letter in office.letters] == ["b@x.example"]


def test_slow_worker_leaves_what_another_has_taken_over(office: PostOffice, membership: Membership) -> None:
    mailing = write_to(membership, "a@x.example", "b@x.example")
    slow, line = take_out(mailing), Line()
    with time_machine.travel(timezone.now() + Postbag.LEASE + timedelta(seconds=1)):
        fetch_back(timezone.now())
        quick = take_out(mailing)
        assert carry(slow, line) is False
        assert office.letters == []
        carry(quick, line)
        carry(slow, line)
    line.hang_up()
    assert len(office.letters) == 2
    assert states(mailing) == {"a@x.example": "sent", "b@x.example": "sent"}


def test_slow_server_gets_fewer_letters_at_a_time(
    office: PostOffice, membership: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other work waits while a bag is out; what it held too long is put back, and counts as no try."""
    monkeypatch.setattr(carrying, "LONGEST_ROUND", timedelta(seconds=-1))
    mailing = write_to(membership, "a@x.example", "b@x.example")
    DBTaskResult.objects.all().delete()
    deliver.call(mailing.pk)
    assert office.letters == []
    assert [(one.state, one.tries, one.postbag) for one in mailing.deliveries.all()] == [("waiting", 0, None)] * 2
    assert DBTaskResult.objects.ready().count() == 1


def test_letter_of_somebody_erased_meanwhile_stays_behind(office: PostOffice, membership: Membership) -> None:
    """R14: a bag that is out holds no letter to somebody who is gone."""
    mailing = write_to(membership, "a@x.example", "b@x.example", "c@x.example")
    bag, line = take_out(mailing), Line()
    mailing.deliveries.filter(email="b@x.example").delete()
    carry(bag, line)
    line.hang_up()
    assert [letter["To"] for letter in office.letters] == ["a@x.example", "c@x.example"]
    assert states(mailing) == {"a@x.example": "sent", "c@x.example": "sent"}


@letter("tests/private", private=True)
def whisper(delivery: Delivery) -> Letter:
    """Says which row it is about, while that is known."""
    return Letter(subject="Yours", text=f"About {delivery.about_id}.", html="<p>Yours</p>")


def abouts(mailing: Mailing) -> list[tuple[str, int | None]]:
    return list(mailing.deliveries.order_by("email").values_list("state", "about_id"))


def test_private_letter_that_is_sent_no_longer_says_what_it_was_about(office: PostOffice, network: Network) -> None:
    """Which point a letter asked about would say, in a stolen copy, who made it."""
    office.to = lambda address: "451 later" if address.startswith("busy@") else "250 OK"
    to = [Recipient("a@x.example", about_id=7), Recipient("busy@x.example", about_id=8)]
    mailing = send_letter("tests/private", to, network=network, about_id=5)
    run_waiting_tasks()
    assert ["About 7." in str(letter) for letter in office.letters] == [True]
    assert abouts(mailing) == [("sent", None), ("waiting", 8)]
    mailing.refresh_from_db()
    assert mailing.about_id == 5


def test_private_letter_that_is_given_up_neither(office: PostOffice, network: Network) -> None:
    office.to = lambda address: "550 no"
    mailing = send_letter("tests/private", [Recipient("a@x.example", about_id=7)], network=network)
    run_waiting_tasks()
    assert abouts(mailing) == [("failed", None)]
    mailing.deliveries.update(state="waiting", tries=Delivery.MOST_TRIES - 1, about_id=7)
    for death in range(1, 3):
        with time_machine.travel(timezone.now() + death * 2 * Postbag.LEASE):
            fetch_back(timezone.now())
            assert len(take_out(mailing).deliveries) == 2 - death
    assert abouts(mailing) == [("failed", None)]


def test_letters_that_keep_no_secret_keep_what_they_were_about(office: PostOffice, membership: Membership) -> None:
    mailing = send_letter("welcome", [Recipient("a@x.example", about_id=membership.pk)], network=membership.network)
    run_waiting_tasks()
    assert abouts(mailing) == [("sent", membership.pk)]


def test_running_the_task_again_sends_nothing_again(office: PostOffice, membership: Membership) -> None:
    mailing = write_to(membership, "a@x.example")
    for _ in range(3):
        deliver.call(mailing.pk)
    assert len(office.letters) == 1


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_send_each_letter_once(office: PostOffice, network: Network, mira: User) -> None:
    membership = member_of(network, User.objects.create_user("other@x.example"))
    emails = [f"n{number}@x.example" for number in range(3 * BATCH)]
    mailing = write_to(membership, *emails)
    failures: list[BaseException] = []

    def work() -> None:
        try:
            while mailing.deliveries.exclude(state="sent").exists():
                deliver.call(mailing.pk)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    assert sorted(to for envelope in office.envelopes for to in envelope) == sorted(emails)
    assert set(states(mailing).values()) == {"sent"}


# -- Form letters ----------------------------------------------------------------------------------------------------


@form_letter("tests/form")
def circular(mailing: Mailing, blanks: Blanks) -> Letter:
    """Counts how often it is written, and says each recipient's name."""
    WRITTEN.append(mailing.pk)
    name, link = blanks.leave(called), absolute_url(blanks.leave(lambda delivery: f"/me/{delivery.about_id}"))
    return Letter(subject=f"For {name}", text=f"Dear {name}\n{link}\n", html=f'<p>{name} <a href="{link}">x</a></p>')


WRITTEN: list[int] = []


def test_form_letter_is_written_once_and_filled_in_for_each(office: PostOffice, network: Network) -> None:
    WRITTEN.clear()
    to = [Recipient("a@x.example", "Ada <b>", about_id=7), Recipient("b@x.example", about_id=8)]
    mailing = send_letter("tests/form", to, network=network)
    run_waiting_tasks()
    assert [mailing.pk] == WRITTEN
    assert [letter["Subject"] for letter in office.letters] == ["For Ada <b>", "For there"]
    texts = [part.get_content().replace("\r", "") for letter in office.letters for part in letter.iter_parts()]
    assert texts == [
        "Dear Ada <b>\nhttp://127.0.0.1:8000/me/7\n",
        '<p>Ada &lt;b&gt; <a href="http://127.0.0.1:8000/me/7">x</a></p>',
        "Dear there\nhttp://127.0.0.1:8000/me/8\n",
        '<p>there <a href="http://127.0.0.1:8000/me/8">x</a></p>',
    ]


def test_form_letter_that_is_looked_at_is_filled_in_too(network: Network) -> None:
    send_letter("tests/form", [Recipient("a@x.example", "Ada", about_id=7)], network=network)
    run_waiting_tasks()
    [sent] = mail.outbox
    assert (sent.subject, sent.body) == ("For Ada", "Dear Ada\nhttp://127.0.0.1:8000/me/7\n")
    assert write(Delivery.objects.select_related("mailing").get()).text == sent.body


# -- A provider's pace -----------------------------------------------------------------------------------------------


@override_settings(MAIL_RATE=Rate(3, 60))
def test_letters_keep_to_the_pace_of_the_provider(office: PostOffice, membership: Membership) -> None:
    """Three a minute: one at once, the others when their time comes, by one task that waits for it."""
    mailing = write_to(membership, "a@x.example", "b@x.example", "c@x.example")
    began = timezone.now()
    with time_machine.travel(began, tick=False) as clock:
        for seconds, sent in [(0, 1), (19, 1), (20, 2), (39, 2), (40, 3)]:
            clock.move_to(began + timedelta(seconds=seconds))
            send_what_is_due(timezone.now())
            assert DBTaskResult.objects.filter(status="READY").count() <= 1
            run_waiting_tasks()
            assert len(office.letters) == sent, seconds
    assert set(states(mailing).values()) == {"sent"}


@override_settings(MAIL_RATE=Rate(3, 60))
def test_code_to_sign_in_with_goes_before_a_letter_to_many(office: PostOffice, membership: Membership) -> None:
    many = write_to(membership, *[f"n{number}@x.example" for number in range(30)])
    began = timezone.now()
    with time_machine.travel(began, tick=False) as clock:
        run_waiting_tasks()
        code = write_to(membership, "code@x.example")
        run_waiting_tasks()
        assert [letter["To"] for letter in office.letters] == ["n0@x.example"]
        clock.move_to(began + timedelta(seconds=20))
        run_waiting_tasks()
    assert [letter["To"] for letter in office.letters] == ["n0@x.example", "code@x.example"]
    assert many.deliveries.filter(state="sent").count() == 1
    assert code.deliveries.get().state == "sent"


# -- Rules -----------------------------------------------------------------------------------------------------------


def test_pauses_grow_and_the_last_one_stays() -> None:
    pauses = [pause_after(tries) for tries in range(1, 9)]
    assert pauses == sorted(pauses)
    assert pauses[4:] == [timedelta(hours=12)] * 4


@pytest.mark.parametrize(("code", "final"), [(250, False), (421, False), (499, False), (500, True), (599, True)])
def test_only_fives_are_final(code: int, final: bool) -> None:
    assert is_final(code) is final
    assert f"(reply {code})" in problem(code)
