"""The main job, start to end, in a real browser with mail through a real server (product.md, steps 1 to 6).

A page of the old site is imported, a meeting scheduled and published; somebody joins, registers, comes; notes are
taken, chosen about, reviewed, made into an edition and circulated; members read it and nobody else.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from playwright.sync_api import expect

from events.models import Meeting, Registration, Series
from members.models import Network, User
from notes.models import Edition
from tests.browser.conftest import Person
from tests.post import run_waiting_tasks
from tests.smtp import PostOffice, post_office

pytestmark = [pytest.mark.browser, pytest.mark.both_engines, pytest.mark.django_db(transaction=True)]

MEMBERS = ["mira@river.example", "noor@commons.example", "olive@commons.example"]
LONDON = ZoneInfo("Europe/London")
OLD_PAGE = """---
layout: event
title: "Public voices: Community of Practice"
date: 2025-02-12
category: organising
topics:
  - Juries
---
On Wednesday 12 February 2025 at 2pm we held the first meeting of a community of practice.

Our speakers were:
* **Tove Berg**, Director, [Fjord Forum](https://fjord.example/) on what a jury costs
"""


@pytest.fixture
def mail() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


def letter_to(mail: PostOffice, address: str, subject: str) -> EmailMessage:
    """Have the worker send what waits; the one letter to this address with these words in its subject."""
    run_waiting_tasks()
    found = [one for one in mail.letters if address in str(one["To"]) and subject in str(one["Subject"])]
    assert len(found) == 1, [(str(one["To"]), str(one["Subject"])) for one in mail.letters]
    assert str(found[0]["To"]) == address
    return found[0]


def part(letter: EmailMessage, kind: str) -> str:
    (found,) = [one for one in letter.walk() if one.get_content_type() == kind]
    return str(found.get_content())


def link(letter: EmailMessage, ending: str) -> str:
    found = re.search(rf"https?://\S+{ending}", part(letter, "text/plain"))
    assert found, part(letter, "text/plain")
    return found[0]


def signs_in(person: Person, mail: PostOffice, address: str) -> None:
    """By the code in a letter; whoever asked for a page is brought there."""
    before = len(mail.letters)
    person.fills(mail=address)
    person.presses("Send me a code")
    person.sees("Type the code")
    run_waiting_tasks()
    code = re.search(r"\b\d{6}\b", part(mail.letters[before], "text/plain"))
    assert code
    person.page.get_by_label("Code").fill(code[0])
    person.presses("Sign in")
    expect(person.page.get_by_label("Code")).to_have_count(0)


def test_the_main_job(  # noqa: PLR0917  # the cast of the whole walk
    somebody: Callable[[], Person], mail: PostOffice, network: Network, olive: User, noor: User, tmp_path: Path
) -> None:
    now = datetime.now(LONDON)
    day = (now + timedelta(days=2)).date()
    starts = datetime(day.year, day.month, day.day, 14, tzinfo=LONDON)

    # 1. What exists is imported; the next meeting is scheduled and published.
    (tmp_path / "2025-02-12-community-of-practice.md").write_text(OLD_PAGE)
    call_command("import_events", tmp_path, network=network.slug)
    series = Series.objects.get()
    visitor = somebody()
    visitor.goes_to("/voices/meetings/")
    visitor.follows("Public voices: Community of Practice")
    visitor.sees("Tove Berg")
    visitor.keeps_a_picture("01-imported-meeting")

    olives = somebody()
    olives.goes_to("/admin/")
    signs_in(olives, mail, olive.email)
    olives.sees("Organisers' panel")
    olives.keeps_a_picture("02-panel")
    olives.goes_to(f"/admin/events/series/{series.pk}/schedule/")
    olives.fills(Day=day.isoformat(), Theme="Juries and panels", Summary="What juries are good for.")
    olives.presses("Make a draft")
    olives.page.get_by_label("Link to the call").fill("https://video.example/secret-room")
    olives.keeps_a_picture("03-meeting-in-the-panel")
    olives.presses("Save the link")
    olives.follows("Publish")
    olives.keeps_a_picture("04-publishing")
    olives.page.get_by_role("main").get_by_role("button", name="Publish").click()
    olives.sees("The meeting is published.")
    meeting = Meeting.objects.get(theme="Juries and panels")
    assert (meeting.state, meeting.number, meeting.starts_at) == ("published", 2, starts)

    # 2. Somebody joins and registers in one press; a guest registers with name and e-mail.
    miras = somebody()
    miras.goes_to("/voices/join/")
    miras.fills(mail_address="mira@river.example", Organisation="River County Council")
    miras.page.get_by_label("Name", exact=True).fill("Mira Novak")
    miras.page.get_by_label("Sector").select_option("public")
    miras.page.get_by_role("checkbox").check()
    miras.keeps_a_picture("05-joining")
    miras.presses("Join")
    miras.sees("Look into your mailbox")
    confirm = link(letter_to(mail, "mira@river.example", ""), "/confirm/")
    miras.goes_to(confirm)
    assert not User.objects.filter(email="mira@river.example").exists()
    miras.keeps_a_picture("06-confirming")
    miras.presses("Yes, I join and keep to the ground rules")
    miras.sees("Public voices")
    expect(miras.page.get_by_role("button", name="Yes, I join and keep to the ground rules")).to_have_count(0)
    assert User.objects.get(email="mira@river.example").memberships.get().state == "active"
    mail.letters.clear()
    run_waiting_tasks()
    assert [str(one["To"]) for one in mail.letters] == ["mira@river.example"]
    mail.letters.clear()
    miras.goes_to("/voices/")
    miras.sees("Juries and panels")
    miras.keeps_a_picture("07-home")
    miras.goes_to(meeting.get_absolute_url())
    miras.presses("Register")
    miras.sees("You have a place.")
    miras.does_not_see("secret-room")
    miras.keeps_a_picture("08-registered")
    entry = part(letter_to(mail, "mira@river.example", "Juries"), "text/calendar")
    assert f"DTSTART;TZID=Europe/London:{day:%Y%m%d}T140000" in entry
    assert "secret-room" not in entry

    guest = somebody()
    guest.goes_to(meeting.get_absolute_url())
    guest.follows("Register")
    guest.page.get_by_label("name", exact=False).first.fill("Bola Adeyemi")
    guest.fills(mail="bola@marsh.example", Organisation="Marsh Forum")
    guest.keeps_a_picture("09-registering-as-a-guest")
    guest.presses("Register")
    guest.sees("Look into your mailbox")
    joining = link(letter_to(mail, "bola@marsh.example", "Juries"), "/join/")
    guest.goes_to(joining)
    guest.does_not_see("secret-room")
    guest.keeps_a_picture("10-too-early-for-the-call")

    # 3. and 4. The meeting takes place; notes are taken at the desk.
    with time_machine.travel(starts + timedelta(minutes=10), tick=True):
        miras.goes_to(meeting.get_absolute_url())
        miras.page.route("https://video.example/**", lambda route: route.fulfill(body="The call."))
        miras.presses("Join the call")
        miras.sees("The call.")
        assert Registration.objects.get(name="Mira Novak").state == "attended"
        noors = somebody()
        noors.goes_to(f"/admin/notes/notebook/{meeting.pk}/desk/")
        signs_in(noors, mail, noor.email)
        for words, who, what in [
            ("Mira said that juries need time.", "", "point"),
            ("Panels cost less than courts.", "Mira Novak", "point"),
            ("We were fined last year.", "Bola Adeyemi", "confidential"),
            ("Write down what each of us pays.", "", "action"),
        ]:
            noors.page.get_by_label("What was said").fill(words)
            if who:
                noors.page.get_by_label("Who said it").first.fill(who)
                noors.page.keyboard.press("Enter")
            noors.page.get_by_role("radio", name="action" if what == "action" else "point").check()
            noors.page.get_by_label("Part of the meeting").select_option(label="None of these")
            noors.page.get_by_label("Confidential").set_checked(what == "confidential")
            noors.presses("Note it")
            noors.sees(words)
        noors.keeps_a_picture("11-note-desk")

    # 5. Drafting ends; the contributor chooses on a page of her own.
    with time_machine.travel(starts + timedelta(hours=3), tick=True):
        mail.letters.clear()
        olives.goes_to(f"/admin/notes/notebook/{meeting.pk}/desk/")
        olives.presses("Ask the contributors")
        olives.sees("1 contributor is asked.")
        olives.keeps_a_picture("12-contributors-asked")
        asked = letter_to(mail, "mira@river.example", "how may your points appear")
        chooser = somebody()
        chooser.goes_to(link(asked, "/consent/"))
        chooser.sees("Panels cost less than courts.")
        chooser.does_not_see("fined", "Bola", "juries need time")
        chooser.page.get_by_label("By name").check()
        chooser.keeps_a_picture("13-choosing")
        chooser.presses("Save my choices")
        chooser.sees("Your choices are saved.")

    # 6. Review side by side, edition, circulation; members read it, strangers find nothing.
    with time_machine.travel(starts + timedelta(days=8), tick=True):
        olives.goes_to(f"/admin/notes/notebook/{meeting.pk}/review/")
        olives.sees("1 finding is open.")
        olives.sees("Nothing: it is left out.")
        olives.keeps_a_picture("14-review")
        olives.page.get_by_role("button", name=re.compile("^Write «")).click()
        olives.sees("The order of 1 part is not chosen.")
        olives.presses("Keep this order Also said")
        olives.sees("Nothing is open.")
        olives.presses("Make the edition")
        olives.sees("Nobody can see it yet.")
        olives.does_not_see("fined", "Mira said")
        olives.keeps_a_picture("15-before-circulation")
        mail.letters.clear()
        olives.presses("Circulate to 3 members")
        olives.sees("Circulated to 3 members.")
        run_waiting_tasks()
        assert sorted(str(one["To"]) for one in mail.letters) == MEMBERS
        assert not any("Panels" in one.as_string() for one in mail.letters)

        reading = link(letter_to(mail, "mira@river.example", "new notes"), "/")
        miras.goes_to(reading)
        miras.sees("Panels cost less than courts.")
        miras.sees("Mira Novak")
        miras.sees("Write down what each of us pays.")
        miras.does_not_see("fined", "Bola")
        miras.keeps_a_picture("16-reading")
        stranger = somebody()
        stranger.goes_to(reading)
        stranger.does_not_see("Panels", "Juries")
        stranger.picture(stranger.page, "17-stranger")
        assert Edition.objects.get().number == 1
