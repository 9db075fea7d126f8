"""Meetings as event files: what came in, what was changed here, and what was made here."""

from datetime import UTC, datetime, timedelta

from django.db import transaction

from events.actions.exporting import export_event, file_name
from events.actions.importing import What, import_event
from events.actions.unnaming import write_without
from events.formats.jekyll import read_text
from events.models import Material, Meeting, Series, Topic
from members.models import Network

NAME = "2031-05-14-river-forum.md"
AT = datetime(2032, 1, 1, tzinfo=UTC)
HEAD = (
    "---\r\nlayout: event\r\ntitle: River Forum\r\ndates: 2031-05-14\r\ntopic: Water\r\nadd-background: true\r\n---\r\n"
)
BODY = "\r\nOn 14 May at 2pm we met.\r\n"


def imported(network: Network) -> Meeting:
    return import_event(network, read_text(NAME, HEAD + BODY), at=AT).meeting


def test_export_event_gives_the_source_back(network: Network) -> None:
    meeting = imported(network)
    assert (file_name(meeting), export_event(meeting)) == (NAME, HEAD + BODY)


def test_export_event_rewrites_only_what_was_changed_here(network: Network) -> None:
    meeting = imported(network)
    meeting.title, meeting.theme, meeting.category = "Brook: a forum", "Eels", "speaking"
    meeting.starts_at += timedelta(days=1, minutes=15)
    meeting.ends_at += timedelta(days=1, minutes=30)
    meeting.time_zone = "Europe/Paris"
    meeting.topics.set([Topic.objects.create(network=network, name="Eels", slug="eels")])
    text = export_event(meeting)
    assert text == (
        '---\r\nlayout: event\r\ntitle: "Brook: a forum"\r\ndates: 2031-05-15\r\ntopic:\r\n  - Eels\r\n'
        "add-background: true\r\ncategory: speaking\r\ntheme: Eels\r\n"
        'time: "15:15-16:30"\r\ntime_zone: Europe/Paris\r\n---\r\n' + BODY
    )
    again = read_text(NAME, text)
    assert (again.title, again.theme, again.topics, again.zone) == ("Brook: a forum", "Eels", ("Eels",), "Europe/Paris")


def test_export_event_takes_the_text_as_it_is_now(network: Network) -> None:
    meeting = imported(network)
    meeting.body = "On 14 May at 2pm, in our words.\r\n"
    assert export_event(meeting) == HEAD + "On 14 May at 2pm, in our words.\r\n"


def test_export_event_keeps_the_time_that_the_text_no_longer_says(network: Network) -> None:
    meeting = imported(network)
    meeting.body = "Our words.\r\n"
    assert export_event(meeting) == HEAD.replace("true\r\n", 'true\r\ntime: "14:00-15:00"\r\n') + "Our words.\r\n"


def test_export_event_gives_a_text_from_a_form_the_files_line_ends(network: Network) -> None:
    text = (HEAD + BODY).replace("\r\n", "\n")
    meeting = import_event(network, read_text(NAME, text), at=AT).meeting
    meeting.body = meeting.body.replace("\n", "\r\n")
    assert export_event(meeting) == text


def test_export_event_writes_a_meeting_made_here_so_that_it_can_be_read(meeting: Meeting) -> None:
    meeting.body = "A talk, and talk about it."
    meeting.topics.add(Topic.objects.create(network=meeting.network, name="Juries", slug="juries"))
    for visibility in Material.Visibility:
        url = f"https://video.example/{visibility}"
        meeting.materials.create(kind="slides", title=f"Slides for {visibility}", url=url, visibility=visibility)
    assert file_name(meeting) == "2037-01-14-juries-and-panels.md"
    assert export_event(meeting) == (
        '---\nlayout: event\ntitle: Monthly meeting\ntheme: Juries and panels\ndate: 2037-01-14\ntime: "14:00-15:15"\n'
        "time_zone: Europe/London\ncategory: organising\ntopics:\n  - Juries\n---\n\n"
        "A talk, and talk about it.\n\n"
        "Speakers:\n* **Tove Berg**, Director at Fjord Forum, on ‘A jury on data’\n\n"
        "[Slides for public](https://video.example/public)\n"
    )


def test_export_event_writes_a_meeting_of_whole_days_with_no_word_about_it(meeting: Meeting) -> None:
    meeting.agenda.all().delete()
    meeting.theme, meeting.has_times = "", False
    meeting.ends_at += timedelta(days=1)
    assert export_event(meeting) == (
        "---\nlayout: event\ntitle: Monthly meeting\ndate: 2037-01-14, 2037-01-15\ncategory: organising\ntopics:\n---\n"
    )


def test_what_was_made_here_comes_in_elsewhere_as_it_was(meeting: Meeting, other_network: Network) -> None:
    other_series = Series.objects.create(network=other_network, title="Ours", slug="ours")
    event_file = read_text("2037-01-14-cop.md", export_event(meeting))
    outcome = import_event(other_network, event_file, at=AT, series=other_series)
    copy = outcome.meeting
    assert outcome.what is What.CREATED
    assert (copy.title, copy.theme, copy.starts_at, copy.ends_at) == (
        meeting.title,
        meeting.theme,
        meeting.starts_at,
        meeting.ends_at,
    )
    assert list(copy.agenda.values_list("title", "speakers__name", "speakers__role", "speakers__organisation")) == [
        ("A jury on data", "Tove Berg", "Director", "Fjord Forum")
    ]


def test_file_name_puts_the_day_first(meeting: Meeting) -> None:
    meeting.slug = "juries"
    assert file_name(meeting) == "2037-01-14-juries.md"


def test_a_name_that_was_taken_back_is_not_in_the_head_of_the_file_either(network: Network) -> None:
    """R9, B44: the head is kept whole as it came in, so it is read like every text, and rewritten as texts are."""
    head = HEAD.replace("title: River Forum", "title: River Forum\r\nhost: Tove Berg\r\nwith:\r\n  - Tove Berg, Fjord")
    meeting = import_event(network, read_text(NAME, head + BODY), at=AT).meeting
    talk = meeting.agenda.create(title="Eels")
    speaker = talk.speakers.create(name="Tove Berg", name_seen_by="public")
    assert export_event(meeting).count("Tove Berg") == 2
    talk.speakers.update(name_seen_by="members")
    assert "Tove Berg" not in export_event(meeting)
    assert "host: a speaker\r\nwith:\r\ndates" in export_event(meeting)
    speaker.refresh_from_db()
    with transaction.atomic():
        write_without(speaker)
    meeting.refresh_from_db()
    assert "Tove" not in meeting.source_front_matter
