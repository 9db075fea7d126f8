"""Mailboxes that letters come back from are left alone and shown; complaints end letters; a press tries again (B77)."""

import hashlib
import hmac
import json
import logging
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from members.actions.bouncing import forget_bounces, hear, try_again
from members.actions.erasing import erase
from members.actions.mailing import Recipient, send_letter
from members.actions.moving import confirm_address
from members.letters import CONFIRM_ADDRESS_WITHIN
from members.mailboxes import left_alone, note_arrival, note_bounce, paused_mailbox_of
from members.models import AddressChange, Delivery, KeptOff, Kind, Mailbox, Membership, Network, Refusal, User
from members.rules.bouncing import Verdict
from members.subscriptions import unwilling
from tests.conftest import member_of, signed_in
from tests.members.lists import bring_list
from tests.post import letters_sent, run_waiting_tasks
from tests.smtp import PostOffice, post_office

pytestmark = pytest.mark.django_db

NOW = datetime(2037, 1, 10, 12, tzinfo=UTC)
LIST = "/admin/members/mailbox/"
SECRET = "hook:a-long-secret"


def is_paused(user: User) -> bool:
    return paused_mailbox_of(user) is not None


def hard(user: User, at: datetime = NOW) -> Mailbox:
    note_bounce(user.email, Verdict.HARD, at=at)
    return user.mailboxes.get()


# -- What is counted -------------------------------------------------------------------------------------------------


def test_mailbox_that_is_not_there_is_left_alone_at_once(mira: User, network: Network) -> None:
    """No letter of a kind goes there any more; what its owner asks for is tried still."""
    hard(mira)
    note_bounce("MIRA@River.example", Verdict.HARD, at=NOW + timedelta(days=1))
    box = Mailbox.objects.get()
    assert (box.why, box.paused_at, box.days, box.user) == ("hard", NOW, 2, mira)
    assert unwilling(network, Kind.NEWS, [mira.email], at=NOW) == {mira.email}
    send_letter("login_code", [Recipient(mira.email)], network=None)
    assert Delivery.objects.filter(mailing__letter="login_code").exists()


def test_mailbox_that_refuses_for_now_is_left_alone_after_five_days(mira: User, network: Network) -> None:
    for day in range(4):
        for hour in range(3):
            note_bounce(mira.email, Verdict.PASSING, at=NOW + timedelta(days=day, hours=hour))
    assert (is_paused(mira), Mailbox.objects.get().days) == (False, 4)
    assert unwilling(network, Kind.NEWS, [mira.email], at=NOW) == set()
    note_bounce(mira.email, Verdict.PASSING, at=NOW + timedelta(days=9))
    assert (is_paused(mira), Mailbox.objects.get().why) == (True, "passing")


def test_letter_that_arrives_ends_the_count(mira: User) -> None:
    note_bounce(mira.email, Verdict.PASSING, at=NOW)
    note_arrival("Mira@river.example", at=NOW - timedelta(hours=1))
    assert Mailbox.objects.count() == 1
    note_arrival("Mira@river.example", at=NOW + timedelta(hours=1))
    assert Mailbox.objects.count() == 0


def test_row_holds_no_address(mira: User) -> None:
    hard(mira)
    assert "river" not in str(Mailbox.objects.values().get())


def test_what_came_back_before_a_press_says_nothing_after_it(mira: User) -> None:
    """A provider tells of an old bounce once more; a new one pauses the mailbox again."""
    box = hard(mira)
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        assert [try_again(box), try_again(box)] == [True, False]
    note_bounce(mira.email, Verdict.HARD, at=NOW + timedelta(days=1))
    assert not is_paused(mira)
    note_bounce(mira.email, Verdict.HARD, at=NOW + timedelta(days=3))
    assert is_paused(mira)


def test_asking_costs_the_same_for_one_address_and_for_many(mira: User) -> None:
    hard(mira)
    counts = []
    for number in (1, 300):
        with CaptureQueriesContext(connection) as asked:
            assert left_alone([mira.email, *(f"p{one}@x.example" for one in range(number))]) == {mira.email}
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_erasing_takes_the_mailbox_along(mira: User) -> None:
    hard(mira)
    note_bounce("guest@people.example", Verdict.HARD, at=NOW)
    erase("guest@people.example", at=NOW)
    erase(mira.email, at=NOW)
    assert Mailbox.objects.count() == 0


def test_new_address_begins_anew(mira: User) -> None:
    hard(mira)
    change = AddressChange.objects.create(user=mira, old_email=mira.email, new_email="mira@lake.example")
    confirm_address(change)
    mira.refresh_from_db()
    assert (mira.email, is_paused(mira), Mailbox.objects.count()) == ("mira@lake.example", False, 0)
    assert timedelta() < CONFIRM_ADDRESS_WITHIN


def test_what_came_back_is_forgotten_after_a_year(mira: User) -> None:
    hard(mira)
    assert [forget_bounces(NOW + timedelta(days=364)), forget_bounces(NOW + timedelta(days=366))] == [0, 1]


def test_bounce_is_nothing_that_somebody_did_when_an_import_is_undone(network: Network, olive: User) -> None:
    from members.actions.importing import undo

    batch = bring_list(network, olive, subscribed=[("ann@lake.example",)])
    note_bounce("ann@lake.example", Verdict.HARD, at=NOW)
    undo(batch)
    run_waiting_tasks()
    assert not User.objects.filter(email="ann@lake.example").exists()


# -- Plain SMTP ------------------------------------------------------------------------------------------------------


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


def test_final_refusal_of_a_recipient_pauses_the_mailbox(office: PostOffice, network: Network, mira: User) -> None:
    office.to = lambda address: "550 5.1.1 no such user" if address == mira.email else "250 OK"
    about = mira.memberships.get().pk
    send_letter("welcome", [Recipient(mira.email, "", mira)], network=network, about_id=about)
    run_waiting_tasks()
    assert (Delivery.objects.get().state, is_paused(mira)) == ("failed", True)


@pytest.mark.parametrize("step", ["sender", "data"])
def test_refusal_of_us_or_of_the_letter_pauses_nobody(
    step: str, office: PostOffice, network: Network, mira: User
) -> None:
    setattr(office, step, lambda address: "550 5.7.1 not from you")
    send_letter("welcome", [Recipient(mira.email, "", mira)], network=network, about_id=mira.memberships.get().pk)
    run_waiting_tasks()
    assert (Delivery.objects.get().state == "sent", Mailbox.objects.count()) == (False, 0)


def test_refusal_for_now_counts_once_the_letter_is_given_up(office: PostOffice, network: Network, mira: User) -> None:
    office.to = lambda address: "452 4.2.2 mailbox full"
    send_letter("welcome", [Recipient(mira.email, "", mira)], network=network, about_id=mira.memberships.get().pk)
    Delivery.objects.update(tries=Delivery.MOST_TRIES - 2)
    run_waiting_tasks()
    assert Mailbox.objects.count() == 0
    Delivery.objects.update(not_before=timezone.now())
    from members.actions.ticking import send_what_is_due

    send_what_is_due(timezone.now() + timedelta(minutes=1))
    run_waiting_tasks()
    assert (Delivery.objects.get().state, Mailbox.objects.get().days, is_paused(mira)) == ("failed", 1, False)


# -- What providers tell ---------------------------------------------------------------------------------------------


@pytest.fixture
def told(settings: Settings) -> None:
    settings.MAIL_EVENTS_FROM = ["postmark", "mailgun", "brevo", "sparkpost"]
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": "signing-key"}


def post(provider: str, body: object, secret: str = SECRET) -> tuple[int, bytes]:
    """What we answer to an event: status and content."""
    answer = Client(enforce_csrf_checks=True).post(
        f"/mail/events/{provider}/",
        body if isinstance(body, bytes) else json.dumps(body),
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Basic {b64encode(secret.encode()).decode()}",
    )
    return answer.status_code, answer.content


def postmark(kind: str, email: str, record: str = "Bounce") -> dict[str, object]:
    return {
        "RecordType": record,
        "MessageStream": "outbound",
        "ID": 4323372036854775807,
        "Type": kind,
        "TypeCode": 1,
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Description": "The server was unable to deliver your message.",
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
        "Email": email,
        "From": "notes@voices.example",
        "BouncedAt": "2037-01-10T12:00:00Z",
        "Inactive": True,
        "CanActivate": True,
    }


def mailgun(email: str, severity: str, key: str = "signing-key") -> dict[str, object]:
    stamp, token = "2115198000", "c47468e81de0818af77f3e14a728602a29"
    signature = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {
        "signature": {"timestamp": stamp, "token": token, "signature": signature},
        "event-data": {
            "id": "G9Bn5sl1TC6nu79C8C0bwg",
            "timestamp": 2115198000.505596,
            "log-level": "error",
            "event": "failed",
            "severity": severity,
            "reason": "suppress-bounce",
            "delivery-status": {"attempt-no": 1, "message": "", "code": 605, "description": "Not delivering"},
            "message": {"headers": {"to": email, "message-id": "20370110.1@voices.example", "subject": "New notes"}},
            "recipient": email,
            "recipient-domain": "river.example",
            "tags": [],
            "user-variables": {},
        },
    }


def brevo(event: str, email: str) -> dict[str, object]:
    return {
        "event": event,
        "email": email,
        "id": 26224,
        "date": "2037-01-10 12:00:00",
        "ts": 2115201600,
        "message-id": "<20370110.1@voices.example>",
        "ts_event": 2115201600,
        "subject": "New notes",
        "reason": "550 5.1.1 no such user",
        "ts_epoch": 2115201600000,
    }


def sparkpost(kind: str, bounce_class: str, email: str) -> list[dict[str, object]]:
    event = {
        "type": kind,
        "bounce_class": bounce_class,
        "error_code": "550",
        "event_id": "92356927693813856",
        "message_id": "000443ee14578172be22",
        "raw_reason": "550 5.1.1 no such user",
        "rcpt_to": email.lower(),
        "raw_rcpt_to": email,
        "timestamp": "2115201600",
    }
    return [{"msys": {"message_event": event}}, {"msys": {}}]


@pytest.mark.parametrize("provider", ["postmark", "mailgun", "brevo", "sparkpost"])
def test_bounce_for_good_pauses_the_mailbox(provider: str, told: None, mira: User) -> None:
    bodies = {
        "postmark": postmark("HardBounce", "Mira@river.example"),
        "mailgun": mailgun(mira.email, "permanent"),
        "brevo": brevo("hard_bounce", mira.email),
        "sparkpost": sparkpost("bounce", "10", mira.email),
    }
    assert post(provider, bodies[provider]) == (200, b"")
    assert (is_paused(mira), Mailbox.objects.get().why) == (True, "hard")


@pytest.mark.parametrize("provider", ["postmark", "mailgun", "brevo", "sparkpost"])
def test_bounce_for_now_pauses_nobody(provider: str, told: None, mira: User) -> None:
    bodies = {
        "postmark": postmark("SoftBounce", mira.email),
        "mailgun": mailgun(mira.email, "temporary"),
        "brevo": brevo("soft_bounce", mira.email),
        "sparkpost": sparkpost("bounce", "22", mira.email),
    }
    assert post(provider, bodies[provider]) == (200, b"")
    assert (is_paused(mira), Mailbox.objects.count()) == (False, provider != "mailgun")


def test_complaint_ends_letters_of_every_kind_from_every_network_that_wrote(
    told: None, mira: User, network: Network, other_network: Network
) -> None:
    """They choose letters again on their page, and nobody else does for them."""
    assert post("postmark", postmark("SpamComplaint", mira.email, "SpamComplaint")) == (200, b"")
    assert set(Refusal.objects.values_list("network", "user", "kind")) == {(network.pk, mira.pk, kind) for kind in Kind}
    assert KeptOff.objects.get().reason == "complained"
    assert post("brevo", brevo("complaint", mira.email)) == (200, b"")
    assert (Refusal.objects.count(), KeptOff.objects.count()) == (len(Kind), 1)
    assert mira.memberships.get().state == Membership.State.ACTIVE


def test_complaint_of_a_guest_counts_too(told: None, mira: User, network: Network) -> None:
    about = mira.memberships.get().pk
    send_letter("welcome", [Recipient("gus@people.example")], network=network, about_id=about)
    assert post("brevo", brevo("unsubscribe", "Gus@people.example")) == (200, b"")
    assert set(Refusal.objects.values_list("guest_email", flat=True)) == {"gus@people.example"}


def test_arrival_is_told_too(told: None, mira: User) -> None:
    hard(mira, datetime(2037, 1, 9, tzinfo=UTC))
    assert post("brevo", brevo("delivered", mira.email)) == (200, b"")
    assert not is_paused(mira)


def test_address_that_we_never_wrote_to_is_none_of_ours(told: None, db: None) -> None:
    assert post("brevo", brevo("hard_bounce", "somebody@elsewhere.example")) == (200, b"")
    hear("", Verdict.HARD, at=NOW)
    assert Mailbox.objects.count() == 0


def test_what_is_not_signed_as_agreed_is_refused_and_not_logged(
    told: None, mira: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for answer in (
        post("postmark", postmark("HardBounce", mira.email), secret="hook:guessed"),
        post("mailgun", mailgun(mira.email, "permanent", key="another-key")),
        post("postmark", postmark("HardBounce", mira.email), secret=""),
    ):
        assert answer == (400, b"")
    assert Mailbox.objects.count() == 0
    assert not [record for record in caplog.records if "river" in record.getMessage()]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"x"', b'{"event-data": 1}', b"\xff\xfe", b'[{"msys": 3}]']
)
@pytest.mark.parametrize("provider", ["postmark", "mailgun", "brevo", "sparkpost"])
def test_body_that_is_no_event_is_refused_or_passed_over(provider: str, body: bytes, told: None, db: None) -> None:
    assert post(provider, body) in {(200, b""), (400, b"")}
    assert Mailbox.objects.count() == 0


def test_provider_that_the_settings_do_not_name_is_not_there(settings: Settings, mira: User) -> None:
    settings.MAIL_EVENTS_FROM = ["sendmail"]
    for provider in ("postmark", "sendmail"):
        assert post(provider, postmark("HardBounce", mira.email))[0] == 404
    assert Client().get("/mail/events/postmark/").status_code == 405


KEYS = ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def told_by_sendgrid(settings: Settings) -> None:
    public = KEYS.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    key = b64encode(public).decode()
    settings.MAIL_EVENTS_FROM = ["sendgrid"]
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY": key}


def sendgrid(email: str, kind: str, *, keys: ec.EllipticCurvePrivateKey = KEYS, secret: str = SECRET) -> int:
    """What we answer to SendGrid when it tells of a bounce, signed as it signs."""
    event = {"email": email, "event": "bounce", "type": kind, "timestamp": 2115201600, "reason": "550 no such user"}
    body, stamp = json.dumps([event]).encode(), "2115201601"
    signature = keys.sign(stamp.encode() + body, ec.ECDSA(hashes.SHA256()))
    answer = Client(enforce_csrf_checks=True).post(
        "/mail/events/sendgrid/",
        body,
        content_type="application/json",
        headers={
            "Authorization": f"Basic {b64encode(secret.encode()).decode()}",
            "X-Twilio-Email-Event-Webhook-Signature": b64encode(signature).decode(),
            "X-Twilio-Email-Event-Webhook-Timestamp": stamp,
        },
    )
    return answer.status_code


def test_sendgrid_is_heard_where_its_signature_is_right(told_by_sendgrid: None, mira: User) -> None:
    """B77. Its "blocked" is a bounce for now."""
    assert (sendgrid(mira.email, "blocked"), is_paused(mira)) == (200, False)
    assert (sendgrid(mira.email, "bounce"), is_paused(mira)) == (200, True)


def test_sendgrid_is_not_heard_without_the_right_signature_and_the_secret(told_by_sendgrid: None, mira: User) -> None:
    others = ec.generate_private_key(ec.SECP256R1())
    assert sendgrid(mira.email, "bounce", keys=others) == 400
    assert sendgrid(mira.email, "bounce", secret="hook:guessed") == 400
    assert post("sendgrid", [{"email": mira.email, "event": "bounce"}])[0] == 400
    assert not is_paused(mira)


def test_sendgrid_is_not_there_without_its_public_key(told: None, settings: Settings, mira: User) -> None:
    """anymail would skip the signature then."""
    settings.MAIL_EVENTS_FROM = ["sendgrid", "amazon_ses"]
    assert (sendgrid(mira.email, "bounce"), post("amazon_ses", {})[0]) == (404, 404)
    assert not is_paused(mira)


# -- Who sees it -----------------------------------------------------------------------------------------------------


def test_organiser_sees_whose_mailbox_it_is_why_and_what_to_do(olive: User, mira: User, otto: User) -> None:
    hard(mira)
    hard(otto)
    shown = signed_in(olive).get(LIST).text
    assert [word in shown for word in ("Mira Novak", "mira@river.example", "There is no such mailbox")] == [True] * 3
    assert "Ask them another way for an address that works." in shown
    assert "otto@museum.example" not in shown


def test_one_press_tries_again_and_history_names_nobody(olive: User, mira: User) -> None:
    box, browser = hard(mira), signed_in(olive)
    assert f'formaction="{LIST}{box.pk}/again/"' in browser.get(LIST).text
    answer = browser.post(f"{LIST}{box.pk}/again/", follow=True)
    assert "The next letter goes there again." in answer.text
    assert not is_paused(mira)
    entry = LogEntry.objects.get()
    assert "ira" not in f"{entry.object_repr} {entry.change_message}".lower()
    assert browser.post(f"{LIST}{box.pk}/again/").status_code == 404


def test_mailbox_of_another_network_is_not_there(olive: User, otto: User, noor: User, mira: User) -> None:
    """R12."""
    theirs, ours = hard(otto), hard(mira)
    assert signed_in(olive).post(f"{LIST}{theirs.pk}/again/").status_code == 404
    assert signed_in(noor).post(f"{LIST}{ours.pk}/again/").status_code == 404
    assert signed_in(olive).get(f"{LIST}{ours.pk}/again/").status_code == 405
    assert is_paused(otto)
    assert is_paused(mira)


def test_whoever_has_left_is_not_listed(olive: User, mira: User) -> None:
    hard(mira)
    mira.memberships.update(state="left")
    assert "Mira Novak" not in signed_in(olive).get(LIST).text


def test_person_sees_it_on_their_page_and_has_us_write_again(mira: User, otto: User) -> None:
    hard(mira)
    browser = signed_in(mira)
    shown = " ".join(browser.get("/me/").text.split())
    assert "Letters to mira@river.example come back, so since 10 January 2037 we write there only" in shown
    assert "Letters to" not in signed_in(otto).get("/me/").text
    assert "We write to you again" in browser.post("/me/mailbox/", follow=True).text
    assert "come back" not in browser.get("/me/").text
    assert browser.post("/me/mailbox/").status_code == 302
    assert Client().post("/me/mailbox/").status_code == 302
    assert browser.get("/me/mailbox/").status_code == 405


def test_notes_are_not_announced_to_a_mailbox_that_is_not_there(olive: User, mira: User, network: Network) -> None:
    member_of(network, User.objects.create_user("ada@lake.example", name="Ada"))
    hard(mira)
    wanted = [Recipient(email) for email in (mira.email, "ada@lake.example")]
    assert unwilling(network, Kind.NOTES, {one.email for one in wanted}, at=NOW) == {mira.email}
    letters_sent()


def to_a_guest(network: Network, email: str, letter: str = "welcome") -> Mailbox:
    """A letter to somebody without an account, that came back."""
    send_letter(letter, [Recipient(email, "Gita")], network=network, about_id=1)
    note_bounce(email, Verdict.HARD, at=NOW)
    return Mailbox.objects.get(user=None)


def test_organiser_sees_guests_whose_letters_come_back_and_what_to_do(olive: User, network: Network) -> None:
    """B77: they have no page of their own; R12: no other network's organisers see them."""
    box = to_a_guest(network, "gita@rivr.example")
    browser = signed_in(olive)
    shown = browser.get(LIST).text
    assert [word in shown for word in ("A guest, without an account", "gita@rivr.example")] == [True, True]
    assert "register them again with the right address" in shown
    assert "gita@rivr.example" in browser.get(f"{LIST}{box.pk}/change/").text
    root = User.objects.create_superuser("root@site.example", name="Root")
    assert "gita@rivr.example" in signed_in(root).get(LIST).text
    assert browser.post(f"{LIST}{box.pk}/again/", follow=True).status_code == 200
    assert not Mailbox.objects.paused().exists()


def test_guest_of_another_network_is_not_listed_nor_tried_again(olive: User, other_network: Network) -> None:
    """R12."""
    box = to_a_guest(other_network, "gita@rivr.example")
    browser = signed_in(olive)
    assert "gita@rivr.example" not in browser.get(LIST).text
    assert browser.post(f"{LIST}{box.pk}/again/").status_code == 404


def test_address_that_somebody_typed_and_never_confirmed_is_no_guest(olive: User, network: Network) -> None:
    to_a_guest(network, "gita@rivr.example", "confirm")
    assert "gita@rivr.example" not in signed_in(olive).get(LIST).text
