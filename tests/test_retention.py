"""What is kept how long: the table is made of the jobs that run, and leaves out nobody's rows (B93)."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

import cop.ending
import events.actions
import members.actions
import notes.actions
from events.models import Meeting
from members.actions.joining import Person, ask_to_join
from members.actions.keeping import KEEP_LETTERS
from members.actions.mailing import Recipient, send_letter
from members.actions.ticking import tick
from members.models import Deletion, Delivery, Mailing, Network, SignUp, User
from members.retention import Kept, everything_kept, keep
from members.signals import ticked
from tests.conftest import signed_in
from tests.post import letters_sent
from tests.test_own_data import EXCUSED, leads_to_somebody

pytestmark = pytest.mark.django_db

NOW = datetime(2037, 1, 15, 10, tzinfo=UTC)
# Jobs that delete by time, and are one of the table's jobs under another name.
SEARCH = {"search.Passage"}  # what is found is a copy of the rows it was made of, and goes with them


def page(network: Network) -> str:
    return " ".join(Client().get(reverse("members:privacy", args=[network.slug])).text.split())


def jobs() -> Iterator[Callable[..., object]]:
    """Every public function of an app's actions that forgets by the clock: it takes an instant and nothing else."""
    for package in (members.actions, events.actions, notes.actions, cop.ending):
        for found in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{found.name}")
            for name, function in inspect.getmembers(module, inspect.isfunction):
                by_the_clock = list(inspect.signature(function).parameters) in (["now"], ["at"])
                if name.startswith("forget") and function.__module__ == module.__name__ and by_the_clock:
                    yield function


def test_every_job_that_deletes_by_the_clock_is_in_the_table() -> None:
    in_the_table = {one.job for one in everything_kept() if one.job}
    assert set(jobs()) == in_the_table
    assert len(in_the_table) >= 9


def test_every_model_that_leads_to_a_person_is_in_the_table() -> None:
    """A new model with a key to a person, an address or an unreadable column fails until somebody says how long."""
    held = {model._meta.label for one in everything_kept() for model in one.holds}
    leading = {model._meta.label for model in apps.get_models() if leads_to_somebody(model)}
    assert leading - set(EXCUSED) - SEARCH <= held


def test_the_table_says_what_is_set(network: Network, settings: LazySettings) -> None:
    assert "30 days after the notes went out" in page(network)
    assert "48 hours, if you do not press the button in the letter" in page(network)
    Network.objects.filter(pk=network.pk).update(retention_days=1, contact="data@voices.example")
    settings.SESSION_COOKIE_AGE = 3 * 24 * 60 * 60
    text = page(network)
    assert "1 day after the notes went out" in text
    assert "3 days, or until you sign out" in text
    assert '<a href="mailto:data@voices.example">' in text
    assert text.count("Goes by itself.") == sum(bool(one.job) for one in everything_kept())
    site = Client().get("/privacy/").text
    assert "as the network has set" in site


@pytest.mark.parametrize(("backend", "said"), [("smtp", True), ("locmem", False)])
def test_who_carries_letters_is_said(network: Network, settings: LazySettings, backend: str, said: bool) -> None:
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    settings.EMAIL_HOST = "post.example"
    assert ("Letters leave by the mail server post.example" in page(network)) == said


def test_no_page_sets_a_cookie_that_the_statement_does_not_name(
    network: Network, meeting: Meeting, olive: User
) -> None:
    named = set(re.findall(r'<th scope="row"> <code>([^<]+)</code>', page(network)))
    browser = signed_in(olive)
    browser.cookies = SimpleCookie({"sessionid": browser.cookies["sessionid"].value})
    for path in (
        "/",
        "/me/",
        "/admin/",
        f"/{network.slug}/join/",
        meeting.get_absolute_url(),
        "/accounts/login/",
        "/language/cy/",
    ):
        browser.get(path)
        Client().get(path)
    browser.post("/me/", {"name": "Olive Okonjo"}, follow=False)
    set_here = set(browser.cookies)
    assert named == {"sessionid", "csrftoken", "messages", "language"}
    assert set_here <= named
    sources = [one for app in ("cop", "members", "events", "notes") for one in Path(app).rglob("*.py")]
    assert [str(one) for one in sources if "set_cookie(" in one.read_text()] == ["members/views/language.py"]


def test_letters_are_forgotten_after_a_year(network: Network, mira: User) -> None:
    send_letter("welcome", [Recipient(mira.email)], network=network, about_id=mira.memberships.get().pk)
    letters_sent()
    Mailing.objects.update(created_at=NOW)
    tick(NOW + KEEP_LETTERS)
    assert Delivery.objects.count() == 1
    tick(NOW + KEEP_LETTERS + timedelta(seconds=1))
    assert (Delivery.objects.count(), Mailing.objects.count()) == (0, 1)


def test_what_was_deleted_is_recorded_a_row_a_day(network: Network) -> None:
    """Counts, and nothing of what the rows held."""
    for number in range(2):
        ask_to_join(network, email=f"new{number}@river.example", person=Person(name="Nia", sector="public"))
    letters_sent()
    SignUp.objects.update(created_at=NOW)
    late = NOW + timedelta(hours=49)
    tick(NOW)
    tick(late)
    tick(late + timedelta(minutes=1))
    rows = Deletion.objects.filter(kind="sign-ups").order_by("day").values_list("day", "count")
    assert list(rows) == [(NOW.date(), 0), (late.date(), 2)]
    assert set(Deletion.objects.values_list("kind", flat=True)) == {one.name for one in everything_kept() if one.job}
    tick(late + timedelta(days=366))
    assert not Deletion.objects.filter(day__lte=late.date()).exists()


def test_one_job_that_fails_keeps_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(now: datetime) -> int:
        raise ValueError("secret@x.example")

    broken = Kept(
        name="broken",
        what=everything_kept()[0].what,
        why=everything_kept()[0].why,
        until=lambda _: "",
        holds=(),
        job=fails,
    )
    monkeypatch.setattr("members.retention._kept", {"broken": broken, **{one.name: one for one in everything_kept()}})
    with pytest.raises(ExceptionGroup, match="could not be deleted"):
        ticked.send(sender=None, now=NOW)
    assert Deletion.objects.filter(kind="sign-ups").exists()
    assert not Deletion.objects.filter(kind="broken").exists()


def test_no_two_lines_have_one_name() -> None:
    with pytest.raises(ValueError, match="sign-ups"):
        keep(next(one for one in everything_kept() if one.name == "sign-ups"))


def test_deletions_are_for_the_sites_owner(olive: User) -> None:
    Deletion.objects.create(kind="drafts", day=NOW.date(), count=1)
    root = User.objects.create_superuser("root@site.example", name="Root")
    address = reverse("admin:members_deletion_changelist")
    assert "drafts" in signed_in(root).get(address).text
    assert signed_in(olive).get(address).status_code == 403
