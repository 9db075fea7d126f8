"""The organiser's pages: schedule, fill in, publish, tell, cancel (B72 to B74); each sees their own networks only."""

import re
from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from events.actions.registering import register_member
from events.actions.scheduling import schedule_meeting
from events.models import AgendaItem, Material, Meeting, Registration, Series, Speaker
from members.models import Delivery, Network, User
from tests.conftest import member_of, signed_in
from tests.events.forms import form_values

CHANGE = "admin:events_meeting_change"
SCREEN = "admin:events_meeting_screen"


def test_second_wednesday_and_next_number_are_filled_in(series: Series, meeting: Meeting, olive: User) -> None:
    Series.objects.filter(pk=series.pk).update(rule="FREQ=MONTHLY;BYDAY=2WE")
    page = signed_in(olive).get(reverse("admin:events_series_schedule", args=[series.pk])).content.decode()
    assert 'value="2037-02-11"' in page
    assert "Meeting 5 of “Monthly meeting”, at 14:00 (Europe/London) for 75 minutes" in page


def test_scheduling_makes_a_draft_and_leads_to_it(series: Series, meeting: Meeting, olive: User) -> None:
    client = signed_in(olive)
    address = reverse("admin:events_series_schedule", args=[series.pk])
    answer = client.post(address, {"on": "2037-07-08", "theme": "Summer", "summary": ""})
    made = Meeting.objects.get(number=5)
    assert answer.headers["Location"] == reverse(SCREEN, args=[made.pk])
    assert (made.state, made.starts_at, made.ends_at) == (
        "draft",
        datetime(2037, 7, 8, 13, tzinfo=UTC),
        datetime(2037, 7, 8, 14, 15, tzinfo=UTC),
    )
    assert made.slug == "2037-07-08-summer"
    assert [item.kind for item in made.agenda.all()] == ["talk", "discussion"]
    assert not Speaker.objects.filter(agenda_item__meeting=made).exists()
    assert made.video_link == ""


def test_what_is_typed_stays_when_the_day_is_missing(series: Series, olive: User) -> None:
    address = reverse("admin:events_series_schedule", args=[series.pk])
    page = signed_in(olive).post(address, {"on": "", "theme": "Kept words"}).content.decode()
    assert 'value="Kept words"' in page
    assert "This field is required." in page
    assert not Meeting.objects.exists()


def test_meeting_is_changed_on_the_wall_clock_of_its_zone(meeting: Meeting, olive: User) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(time_zone="America/New_York")
    client, address = signed_in(olive), reverse(CHANGE, args=[meeting.pk])
    values = form_values(client.get(address).content.decode())
    assert (values["starts_at_0"], values["starts_at_1"]) == ("14/01/2037", "09:00:00")
    values |= {"starts_at_1": "10:00", "ends_at_1": "11:00"}
    assert client.post(address, values).status_code == 302
    meeting.refresh_from_db()
    assert meeting.starts_at == datetime(2037, 1, 14, 15, tzinfo=UTC)
    assert meeting.calendar_sequence == 1


def test_agenda_speakers_and_materials_are_on_the_meetings_page(meeting: Meeting, olive: User, mira: User) -> None:
    client, address = signed_in(olive), reverse(CHANGE, args=[meeting.pk])
    values = form_values(client.get(address).content.decode())
    discussion = meeting.agenda.get(kind="discussion")
    values |= {
        "agenda-2-position": "3",
        "agenda-2-kind": "talk",
        "agenda-2-title": "A second talk",
        "agenda-2-basis": "record",
        "speakers-0-role": "Chair",
        "speakers-1-agenda_item": str(discussion.pk),
        "speakers-1-name": "Mira Novak",
        "speakers-1-email": "MIRA@river.example",
        "speakers-1-position": "0",
        "materials-TOTAL_FORMS": "1",
        "materials-0-kind": "slides",
        "materials-0-title": "Slides",
        "materials-0-url": "https://slides.example/1",
        "materials-0-visibility": "members",
        "materials-0-meeting": str(meeting.pk),
    }
    answer = client.post(address, values)
    assert answer.status_code == 302, re.findall(r"errorlist.*?</ul>", answer.content.decode(), re.DOTALL)
    assert AgendaItem.objects.get(title="A second talk").meeting == meeting
    assert Speaker.objects.get(name="Tove Berg").role == "Chair"
    speaker = Speaker.objects.get(name="Mira Novak")
    assert (speaker.agenda_item, speaker.user) == (discussion, mira)
    assert Material.objects.get().visibility == "members"


def test_speaker_cannot_be_put_on_another_meetings_agenda(
    meeting: Meeting, series: Series, other_network: Network, olive: User
) -> None:
    elsewhere = Series.objects.create(network=other_network, title="Evenings", slug="evenings")
    theirs = schedule_meeting(elsewhere, on=date(2037, 3, 3))
    foreign = theirs.agenda.first()
    assert foreign is not None
    client, address = signed_in(olive), reverse(CHANGE, args=[meeting.pk])
    values = form_values(client.get(address).content.decode())
    values |= {"speakers-1-agenda_item": str(foreign.pk), "speakers-1-name": "Somebody", "speakers-1-position": "0"}
    assert client.post(address, values).status_code == 200
    assert not Speaker.objects.filter(agenda_item__meeting=theirs).exists()


def test_saving_never_mails_anyone_and_says_who_should_be_told(meeting: Meeting, olive: User, mira: User) -> None:
    """B74."""
    register_member(meeting, mira)
    before = Delivery.objects.count()
    client, address = signed_in(olive), reverse(CHANGE, args=[meeting.pk])
    values = form_values(client.get(address).content.decode()) | {"room": "Town hall", "place": "both"}
    page = client.post(address, values, follow=True).content.decode()
    assert "“Tell those who registered” updates them." in page
    assert Delivery.objects.count() == before


def test_a_new_video_link_needs_no_letter(meeting: Meeting, olive: User, mira: User) -> None:
    """B35."""
    register_member(meeting, mira)
    client, address = signed_in(olive), reverse(CHANGE, args=[meeting.pk])
    values = form_values(client.get(address).content.decode()) | {"video_link": "https://video.example/other"}
    page = client.post(address, values, follow=True).content.decode()
    assert "Tell those who registered” updates" not in page
    meeting.refresh_from_db()
    assert (meeting.video_link, meeting.calendar_sequence) == ("https://video.example/other", 0)


def test_publishing_asks_first_and_tells_nobody(series: Series, olive: User) -> None:
    draft = schedule_meeting(series, on=date(2037, 5, 13))
    client, address = signed_in(olive), reverse("admin:events_meeting_act", args=[draft.pk, "publish"])
    page = client.get(address).content.decode()
    assert "Nobody is written to." in page
    assert "It has no theme yet." in page
    draft.refresh_from_db()
    assert draft.state == "draft"
    client.post(address)
    draft.refresh_from_db()
    assert draft.state == "published"
    assert not Delivery.objects.exists()
    assert "There is nothing to do any more." in client.post(address, follow=True).content.decode()


def test_publishing_what_is_complete_mentions_nothing_missing(meeting: Meeting, olive: User) -> None:
    Meeting.objects.update(state="draft")
    page = signed_in(olive).get(reverse("admin:events_meeting_act", args=[meeting.pk, "publish"])).content.decode()
    assert "Nobody is written to." in page
    assert "It has no" not in page


def test_waiting_list_is_counted_before_it_moves_up(meeting: Meeting, olive: User, mira: User) -> None:
    Meeting.objects.update(capacity=0)
    register_member(meeting, mira)
    Meeting.objects.update(capacity=None)
    client, address = signed_in(olive), reverse("admin:events_meeting_act", args=[meeting.pk, "fill"])
    assert "1 person on the waiting list gets a place" in client.get(address).content.decode()
    assert Registration.objects.get().state == "waiting"
    assert "1 person has a place now." in client.post(address, follow=True).content.decode()


def test_time_zone_nobody_knows_is_refused_in_words(meeting: Meeting, olive: User) -> None:
    client, address = signed_in(olive), reverse(CHANGE, args=[meeting.pk])
    values = form_values(client.get(address).content.decode()) | {"time_zone": "Mars/Olympus"}
    assert "Mars/Olympus is not one of the available choices." in client.post(address, values).content.decode()


def test_site_owner_looks_after_every_network(meeting: Meeting, stan: User) -> None:
    User.objects.filter(pk=stan.pk).update(is_superuser=True)
    client, address = signed_in(stan), reverse(CHANGE, args=[meeting.pk])
    values = form_values(client.get(address).content.decode()) | {"theme": "Changed by the owner"}
    assert client.post(address, values).status_code == 302
    meeting.refresh_from_db()
    assert meeting.theme == "Changed by the owner"
    assert "Public voices" in client.get(reverse("admin:events_meeting_add")).content.decode()


def test_cancelling_tells_nobody_until_the_next_press(meeting: Meeting, olive: User, mira: User) -> None:
    register_member(meeting, mira)
    client = signed_in(olive)
    client.post(reverse("admin:events_meeting_act", args=[meeting.pk, "cancel"]))
    meeting.refresh_from_db()
    assert (meeting.state, meeting.calendar_sequence) == ("cancelled", 1)
    assert list(Delivery.objects.values_list("mailing__letter", flat=True)) == ["events/registered"]
    tell = reverse("admin:events_meeting_tell", args=[meeting.pk])
    assert "<strong>1</strong> person who has registered" in client.get(tell).content.decode()
    client.post(tell, {"seen": "1"})
    assert Delivery.objects.latest("pk").mailing.letter == "events/meeting_cancelled"
    assert Delivery.objects.latest("pk").mailing.created_by == olive


def test_raised_capacity_is_offered_to_those_who_wait(meeting: Meeting, olive: User, mira: User, noor: User) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(capacity=1)
    register_member(meeting, mira)
    register_member(meeting, noor)
    client, change, screen = signed_in(olive), reverse(CHANGE, args=[meeting.pk]), reverse(SCREEN, args=[meeting.pk])
    fill = reverse("admin:events_meeting_act", args=[meeting.pk, "fill"])
    assert fill not in client.get(screen).content.decode()
    values = form_values(client.get(change).content.decode()) | {"capacity": "2"}
    client.post(change, values)
    assert fill in client.get(screen).content.decode()
    client.post(fill)
    assert Registration.objects.get(user=noor).state == "registered"


def test_list_answers_at_a_glance(meeting: Meeting, olive: User, mira: User, noor: User) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(capacity=1)
    register_member(meeting, mira)
    register_member(meeting, noor)
    page = signed_in(olive).get(reverse("admin:events_meeting_changelist")).content.decode()
    for words in ("Wed 14 Jan 2037, 14:00", "Juries and panels", "1 of 1, 1 waiting", "Schedule the next meeting"):
        assert words in page


def test_organiser_marks_who_came(meeting: Meeting, olive: User, mira: User) -> None:
    registration = register_member(meeting, mira)
    client, address = signed_in(olive), reverse("admin:events_registration_changelist")
    press = {"action": "came", "_selected_action": [str(registration.pk)]}
    assert "1 person was marked." in client.post(address, press, follow=True).content.decode()
    registration.refresh_from_db()
    assert registration.state == "attended"
    client.post(address, press | {"action": "did_not_come"})
    registration.refresh_from_db()
    assert registration.state == "registered"


def test_organiser_cancels_a_place_and_the_person_is_told(meeting: Meeting, olive: User, mira: User) -> None:
    registration = register_member(meeting, mira)
    address = reverse("admin:events_registration_changelist")
    signed_in(olive).post(address, {"action": "cancel", "_selected_action": [str(registration.pk)]})
    registration.refresh_from_db()
    assert registration.state == "cancelled"
    assert Delivery.objects.latest("pk").mailing.letter == "events/cancelled"


PAGES = ["meeting_changelist", "registration_changelist", "series_changelist", "topic_changelist"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.usefixtures("olive")
def test_lists_show_other_networks_nothing(meeting: Meeting, mira: User, otto: User, stan: User, name: str) -> None:
    register_member(meeting, mira)
    olive = User.objects.get(name="Olive Okonjo")
    address = reverse(f"admin:events_{name}")
    own = signed_in(olive).get(address).content.decode()
    theirs = signed_in(otto).get(address).content.decode()
    shown = {"meeting_changelist": "Juries and panels", "registration_changelist": "Mira Novak"}
    assert shown.get(name, "Public voices" if name == "series_changelist" else "Topic") in own
    for secret in ("Juries and panels", "Mira Novak", "Monthly meeting", "Public voices"):
        assert secret not in theirs
    assert signed_in(stan).get(address).status_code == 302


def test_pages_of_other_networks_do_not_exist(meeting: Meeting, mira: User, otto: User) -> None:
    registration = register_member(meeting, mira)
    client = signed_in(otto)
    for name, pk in (("meeting", meeting.pk), ("registration", registration.pk), ("series", meeting.series_id)):
        answer = client.get(reverse(f"admin:events_{name}_change", args=[pk]), follow=True)
        assert "Juries" not in answer.content.decode()
        assert answer.redirect_chain[0][0] == reverse("admin:index")
    assert client.get(reverse("admin:events_series_schedule", args=[meeting.series_id])).status_code == 404
    for name in ("publish", "cancel", "fill"):
        assert client.post(reverse("admin:events_meeting_act", args=[meeting.pk, name])).status_code == 404
    meeting.refresh_from_db()
    assert meeting.state == "published"


def test_note_taker_looks_and_changes_nothing(meeting: Meeting, noor: User, mira: User) -> None:
    registration = register_member(meeting, mira)
    client = signed_in(noor)
    page = client.get(reverse(CHANGE, args=[meeting.pk])).content.decode()
    assert "Juries and panels" in page
    assert 'name="_save"' not in page
    assert reverse("admin:events_meeting_act", args=[meeting.pk, "cancel"]) not in page
    assert "Mira Novak" in client.get(reverse("admin:events_registration_changelist")).content.decode()
    assert client.post(reverse(CHANGE, args=[meeting.pk]), {"theme": "Mine"}).status_code == 403
    assert client.post(reverse("admin:events_meeting_act", args=[meeting.pk, "cancel"])).status_code == 403
    assert client.get(reverse("admin:events_series_schedule", args=[meeting.series_id])).status_code == 403
    address = reverse("admin:events_registration_changelist")
    client.post(address, {"action": "came", "_selected_action": [str(registration.pk)]})
    registration.refresh_from_db()
    assert registration.state == "registered"


def test_organiser_here_and_note_taker_there_changes_nothing_there(
    meeting: Meeting, mira: User, otto: User, network: Network, other_network: Network
) -> None:
    member_of(network, otto, "note-taker")
    registration = register_member(meeting, mira)
    client = signed_in(otto)
    address = reverse("admin:events_registration_changelist")
    client.post(address, {"action": "came", "_selected_action": [str(registration.pk)]})
    registration.refresh_from_db()
    assert registration.state == "registered"
    add = client.get(reverse("admin:events_meeting_add")).content.decode()
    assert "Museum makers" in add
    assert "Public voices" not in add


def test_a_single_meeting_gets_an_address_of_its_own(network: Network, meeting: Meeting, olive: User) -> None:
    client, address = signed_in(olive), reverse("admin:events_meeting_add")
    values = form_values(client.get(address).content.decode())
    values |= {
        "network": str(network.pk),
        "title": "Open day",
        "starts_at_0": "2037-06-01",
        "starts_at_1": "10:00",
        "ends_at_0": "2037-06-01",
        "ends_at_1": "16:00",
        "slug": "",
    }
    answer = client.post(address, values)
    assert answer.status_code == 302, re.findall(r"errorlist.*?</ul>", answer.content.decode(), re.DOTALL)
    made = Meeting.objects.get(title="Open day")
    assert (made.slug, made.starts_at, made.state) == (
        "2037-06-01-open-day",
        datetime(2037, 6, 1, 9, tzinfo=UTC),
        "draft",
    )


def test_an_address_that_is_taken_is_refused_in_words(
    network: Network, meeting: Meeting, series: Series, olive: User
) -> None:
    second = schedule_meeting(series, on=date(2037, 2, 11))
    client, address = signed_in(olive), reverse(CHANGE, args=[second.pk])
    values = form_values(client.get(address).content.decode()) | {"slug": meeting.slug}
    assert "Another meeting of the network has this address." in client.post(address, values).content.decode()


def test_only_drafts_are_deleted(meeting: Meeting, series: Series, olive: User) -> None:
    draft = schedule_meeting(series, on=date(2037, 2, 11))
    client = signed_in(olive)
    assert client.post(reverse("admin:events_meeting_delete", args=[meeting.pk]), {"post": "yes"}).status_code == 403
    assert client.post(reverse("admin:events_meeting_delete", args=[draft.pk]), {"post": "yes"}).status_code == 302
    assert list(Meeting.objects.all()) == [meeting]


def test_history_names_nobody(meeting: Meeting, olive: User, mira: User) -> None:
    """R15."""
    registration = register_member(meeting, mira)
    client = signed_in(olive)
    values = form_values(client.get(reverse(CHANGE, args=[meeting.pk])).content.decode())
    client.post(reverse(CHANGE, args=[meeting.pk]), values | {"speakers-0-name": "Tove Changed"})
    change = reverse("admin:events_registration_change", args=[registration.pk])
    fields = {"name": "Mira N.", "organisation": "", "job_title": "", "sector": "", "also_known_as": "Mim"}
    assert client.post(change, fields).status_code == 302
    client.post(reverse("admin:events_meeting_act", args=[meeting.pk, "cancel"]))
    entries = list(LogEntry.objects.values_list("object_repr", "change_message"))
    assert [name for name, _message in entries] == [
        f"meeting {meeting.pk}",
        f"registration {registration.pk}",
        f"meeting {meeting.pk}",
    ]
    for secret in ("Mira", "Mim", "Tove", "Juries"):
        assert secret not in str(entries)


def test_rule_that_cannot_be_read_is_refused_in_words(series: Series, olive: User) -> None:
    address = reverse("admin:events_series_change", args=[series.pk])
    values = {"title": "Monthly", "slug": "monthly", "rule": "when we like", "starts": "14:00"}
    page = signed_in(olive).post(address, values | {"duration_minutes": "75"}).content.decode()
    assert "This is not a rule we can read." in page
    series.refresh_from_db()
    assert (series.rule, series.starts) == ("", time(14))


def test_number_of_queries_does_not_grow(meeting: Meeting, series: Series, olive: User) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, address = signed_in(olive), reverse("admin:events_meeting_changelist")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    with time_machine.travel(datetime(2037, 1, 2, tzinfo=UTC)):
        for day in (11, 12, 13):
            schedule_meeting(series, on=date(2037, 2, day))
    with CaptureQueriesContext(connection) as four:
        client.get(address)
    assert len(four) == len(one)


def form_with(page: str, button: str) -> dict[str, str]:
    """What the form with this button would send, untouched."""
    forms = re.findall(r"<form.*?</form>", page, re.DOTALL)
    [form] = [one for one in forms if re.search(rf">\s*{button}\s*</button>", one)]
    return form_values(form.replace("<form", '<form id="it"', 1), "it")


def test_next_months_meeting_takes_four_presses_and_one_field(series: Series, meeting: Meeting, olive: User) -> None:
    """B72: from the panel's front page to the announced meeting: plan, make, publish, yes; only the theme is typed."""
    Series.objects.update(rule="FREQ=MONTHLY;BYDAY=2WE")
    with time_machine.travel(datetime(2037, 1, 15, 9, tzinfo=UTC)):
        client = signed_in(olive)
        page = client.get(reverse("admin:index")).text
        [plan] = re.findall(r'href="([^"]+)">Plan the next one<', page)
        values = form_with(client.get(plan).text, "Make a draft")
        made = client.post(plan, values | {"theme": "Summer"}, follow=True)
        [publish] = set(re.findall(r'href="([^"]+/publish/)">Publish</a>', made.text))
        assert client.post(publish, form_with(client.get(publish).text, "Publish")).status_code == 302
    announced = Meeting.objects.get(number=5)
    assert (announced.state, announced.theme) == ("published", "Summer")
    assert announced.starts_at == datetime(2037, 2, 11, 14, tzinfo=UTC)
