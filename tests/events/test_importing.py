"""Event files become meetings, once and again, and what a person changed in between stays."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.actions.exporting import export_event
from events.actions.importing import Outcome, What, find_disagreements, import_event, number_by_date
from events.formats.jekyll import Oddity, UnreadableEventFile, read_text
from events.models import AgendaItem, Material, Meeting, Series, Speaker
from members.models import Network

NAME = "2031-05-14-river-forum.md"
LONDON = ZoneInfo("Europe/London")
BEFORE = datetime(2031, 1, 1, tzinfo=UTC)
AFTER = datetime(2032, 1, 1, tzinfo=UTC)
DOC = "https://docs.google.com/document/d/1a/edit"
BODY = (
    "\nThis session focused on weirs. Our speakers were:\n"
    "* [Wren Alder](https://fen.example/w), Head of Maps at Fen Trust, on ‘How rivers listen’\n"
    "* Rudd Marsh, Fen Council, on how to ask anglers\n\n"
    f"> The [write up of this session]({DOC}) is there.\n"
    "> Presentation by Wren Alder [(on YouTube, 20 mins)](https://youtu.be/AbC)\n"
    "> [Slides](/assets/slides.pdf) are there too.\n"
)
LINES = ("title: River Forum", "date: 2031-05-14", "topics: [Water, Fish]", "category: organising")


def source(*lines: str, body: str = BODY) -> str:
    return "\n".join(["---", *(lines or LINES), "---", ""]) + body


def bring_in(network: Network, text: str, *, at: datetime = AFTER, name: str = NAME, site: str = "") -> Outcome:
    return import_event(network, read_text(name, text), at=at, site=site)


def bring_into(series: Series, text: str, name: str) -> Outcome:
    series.refresh_from_db()
    return import_event(series.network, read_text(name, text), at=AFTER, series=series)


def test_import_event_makes_a_published_meeting_of_a_past_event(network: Network) -> None:
    outcome = bring_in(network, source())
    meeting = Meeting.objects.get()
    assert (outcome.what, outcome.meeting, outcome.kept) == (What.CREATED, meeting, ())
    assert (meeting.title, meeting.theme, meeting.category) == ("River Forum", "Weirs", "organising")
    assert (meeting.slug, meeting.source_name) == ("2031-05-14-river-forum", NAME)
    assert meeting.source_front_matter + meeting.body == source()
    assert (meeting.state, meeting.series, meeting.number) == ("published", None, None)
    assert meeting.has_times is False
    assert (meeting.local_start, meeting.local_end) == (
        datetime(2031, 5, 14, tzinfo=LONDON),
        datetime(2031, 5, 15, tzinfo=LONDON),
    )
    assert [topic.name for topic in meeting.topics.all()] == ["Fish", "Water"]


def test_import_event_makes_speakers_and_their_material(network: Network) -> None:
    meeting = bring_in(network, source()).meeting
    first, second = meeting.agenda.all()
    assert (first.title, first.description, first.kind) == ("How rivers listen", "", "talk")
    assert (second.title, second.description) == ("Presentation by Rudd Marsh", "How to ask anglers")
    assert list(Speaker.objects.values_list("name", "role", "organisation", "link")) == [
        ("Wren Alder", "Head of Maps", "Fen Trust", "https://fen.example/w"),
        ("Rudd Marsh", "", "Fen Council", ""),
    ]
    assert list(meeting.materials.values_list("kind", "title", "url", "minutes", "visibility", "agenda_item")) == [
        ("recording", "Presentation by Wren Alder", "https://youtu.be/AbC", 20, "public", first.pk),
        ("notes", "Write up of this session", DOC, None, "members", None),
    ]


def test_import_event_says_which_address_it_had_to_leave_out(network: Network) -> None:
    outcome = bring_in(network, source())
    sentence = "The address of a document is no full web address; it stays in the text only."
    assert outcome.oddities == (Oddity(line=14, sentence=sentence),)


def test_import_event_makes_addresses_whole_by_the_old_site(network: Network) -> None:
    outcome = bring_in(network, source(), site="https://river.example")
    assert outcome.oddities == ()
    assert outcome.meeting.materials.filter(kind="slides").get().url == "https://river.example/assets/slides.pdf"


def test_import_event_leaves_what_is_to_come_a_draft(network: Network) -> None:
    assert bring_in(network, source(), at=BEFORE).meeting.state == "draft"


@pytest.mark.parametrize(
    ("lines", "body", "starts", "ends"),
    [
        (["date: 2031-05-14"], "On 14 May 2031, 2pm - 3:30pm.", (14, 14, 0), (14, 15, 30)),
        (["date: 2031-05-14"], "On 14 May 2031 at 2pm.", (14, 14, 0), (14, 15, 0)),
        (["date: 2031-05-14", "end_date: 2031-05-16"], "", (14, 0, 0), (17, 0, 0)),
        (["date: 2031-05-14", "end_date: 2031-05-16", "time: 10:00-16:00"], "", (14, 10, 0), (16, 16, 0)),
        (["date: 2031-05-14", "end_date: 2031-05-16", "time: 10am"], "", (14, 10, 0), (17, 0, 0)),
    ],
)
def test_import_event_takes_times_from_the_file(
    network: Network, lines: list[str], body: str, starts: tuple[int, int, int], ends: tuple[int, int, int]
) -> None:
    meeting = bring_in(network, source("title: T", *lines, body=body)).meeting
    assert meeting.local_start == datetime(2031, 5, *starts, tzinfo=LONDON)
    assert meeting.local_end == datetime(2031, 5, *ends, tzinfo=LONDON)


def test_import_event_tells_where_it_assumed_an_end(network: Network) -> None:
    outcome = bring_in(network, source("title: T", "date: 2031-05-14", body="\nOn 14 May 2031 at 2pm.\n"))
    assert outcome.oddities == (Oddity(line=6, sentence="The text gives no end; one hour is assumed."),)


def test_meetings_of_the_community_take_number_and_silent_times_from_their_series(series: Series) -> None:
    series.starts, series.duration_minutes = time(10, 30), 90
    series.save()
    texts = {
        "2031-05-14-community-of-practice.md": "We held the second meeting of a community of practice.",
        "2031-01-08-community-of-practice.md": "On 8 January at 4pm we held our first meeting.",
        "2031-09-10-community-of-practice.md": "We held the forth meeting of a community of practice.",
    }
    files = [read_text(name, f"---\ntitle: T\n---\n{body}\n") for name, body in texts.items()]
    for event_file in files:
        import_event(series.network, event_file, at=AFTER, series=series)
    assert number_by_date(series) == 3
    assert number_by_date(series) == 0
    meetings = list(series.meetings.order_by("number"))
    assert [(meeting.number, f"{meeting.local_start:%d %B %H:%M}") for meeting in meetings] == [
        (1, "08 January 16:00"),
        (2, "14 May 10:30"),
        (3, "10 September 10:30"),
    ]
    assert {meeting.ends_at - meeting.starts_at for meeting in meetings} == {timedelta(minutes=90)}
    assert list(find_disagreements(series, files)) == [
        (
            "2031-09-10-community-of-practice.md",
            Oddity(line=4, sentence="The text calls this the fourth meeting; by date it is the third."),
        )
    ]


def test_number_by_date_numbers_what_was_imported_among_what_was_numbered_here(
    series: Series, meeting: Meeting
) -> None:
    bring_into(series, "---\ntitle: T\n---\n", "2031-05-14-community-of-practice.md")
    draft = Meeting.objects.create(
        network=series.network,
        series=series,
        title="Unnumbered",
        slug="unnumbered",
        starts_at=BEFORE,
        ends_at=BEFORE + timedelta(hours=1),
    )
    number_by_date(series)
    numbers = dict(Meeting.objects.values_list("slug", "number"))
    assert numbers == {"2031-05-14-community-of-practice": 1, meeting.slug: 2, draft.slug: None}


def test_import_event_again_changes_nothing(network: Network) -> None:
    first = bring_in(network, source())
    before = [list(rows.values()) for rows in (Meeting.objects, AgendaItem.objects, Speaker.objects, Material.objects)]
    second = bring_in(network, source())
    after = [list(rows.values()) for rows in (Meeting.objects, AgendaItem.objects, Speaker.objects, Material.objects)]
    assert (second.what, second.meeting, second.kept) == (What.UNCHANGED, first.meeting, ())
    assert before == after


def test_import_event_again_takes_what_changed_in_the_file(network: Network) -> None:
    bring_in(network, source())
    lines = ("title: River Forum II", "date: 2031-05-15", "topics: [Fish, Birds]", "category: speaking")
    body = BODY.replace("weirs", "dams").replace("Head of Maps", "Director").replace("AbC", "DeF")
    outcome = bring_in(network, source(*lines, body=body))
    meeting = Meeting.objects.get()
    assert (outcome.what, outcome.kept, outcome.meeting) == (What.UPDATED, (), meeting)
    assert (meeting.title, meeting.theme, meeting.category) == ("River Forum II", "Dams", "speaking")
    assert meeting.local_start == datetime(2031, 5, 15, tzinfo=LONDON)
    assert meeting.calendar_sequence == 1
    assert meeting.source_front_matter + meeting.body == source(*lines, body=body)
    assert [topic.name for topic in meeting.topics.all()] == ["Birds", "Fish"]
    assert Speaker.objects.get(name="Wren Alder").role == "Director"
    assert sorted(meeting.materials.values_list("url", flat=True)) == [DOC, "https://youtu.be/DeF"]


def test_import_event_again_updates_agenda_items_in_place(network: Network) -> None:
    meeting = bring_in(network, source()).meeting
    before = list(meeting.agenda.values_list("pk", flat=True))
    Speaker.objects.filter(name="Wren Alder").update(email="wren@fen.example")
    bring_in(network, source(body=BODY.replace("Head of Maps", "Director").replace("* Rudd Marsh", "* Edda Quill")))
    assert list(meeting.agenda.values_list("pk", flat=True)) == before
    assert list(Speaker.objects.order_by("pk").values_list("name", "role", "email")) == [
        ("Wren Alder", "Director", "wren@fen.example"),
        ("Edda Quill", "", ""),
    ]


def test_import_event_again_takes_away_what_the_file_no_longer_has(network: Network) -> None:
    meeting = bring_in(network, source()).meeting
    lines = [line for line in BODY.splitlines() if "Rudd" not in line and "YouTube" not in line]
    bring_in(network, source(body="\n".join(lines)))
    assert list(meeting.agenda.values_list("title", flat=True)) == ["How rivers listen"]
    assert list(meeting.materials.values_list("kind", flat=True)) == ["notes"]


def test_import_event_again_keeps_a_material_that_somebody_renamed_or_added(network: Network) -> None:
    meeting = bring_in(network, source()).meeting
    meeting.materials.filter(kind="recording").update(title="Our film")
    meeting.materials.create(kind="link", title="Ours", url="https://fen.example/ours", visibility="public")
    bring_in(network, source(body=BODY.replace("20 mins", "25 mins")))
    assert list(meeting.materials.values_list("title", "minutes")) == [
        ("Our film", 20),
        ("Write up of this session", None),
        ("Ours", None),
    ]


def test_import_event_takes_two_spellings_for_one_topic(network: Network) -> None:
    bring_in(network, source("title: T", "topics: [Fresh water]", body=""), name="2031-05-13-a.md")
    text = source("title: T", "topics: [fresh Water, 河]", body="")
    outcome = bring_in(network, text)
    assert [topic.name for topic in outcome.meeting.topics.all()] == ["Fresh water"]
    assert outcome.oddities == (
        Oddity(line=1, sentence="A topic has no letters for an address, and stays in the source only."),
    )
    assert bring_in(network, text).kept == ()
    assert export_event(outcome.meeting) == text


def test_import_event_again_keeps_what_somebody_changed_here(network: Network) -> None:
    meeting = bring_in(network, source()).meeting
    Meeting.objects.update(title="Our forum", body="Our own words.")
    Speaker.objects.filter(name="Rudd Marsh").update(role="Angler")
    meeting.materials.filter(kind="recording").delete()
    outcome = bring_in(network, source())
    meeting.refresh_from_db()
    assert outcome.what is What.UNCHANGED
    assert outcome.kept == ("title", "body", "agenda", "materials")
    assert outcome.oddities[1:] == ()
    assert (meeting.title, meeting.body) == ("Our forum", "Our own words.")
    assert Speaker.objects.get(name="Rudd Marsh").role == "Angler"
    assert meeting.materials.filter(kind="recording").count() == 0


def test_import_event_again_says_where_file_and_person_both_changed_something(network: Network) -> None:
    meeting = bring_in(network, source()).meeting
    Meeting.objects.update(title="Our forum", category="speaking")
    lines = ("title: Their forum", "date: 2031-05-14", "topics: [Water]", "category: organising")
    outcome = bring_in(network, source(*lines))
    meeting.refresh_from_db()
    assert outcome.what is What.UPDATED
    assert outcome.kept == ("category", "title")
    assert outcome.oddities[1:] == (
        Oddity(line=1, sentence="The title was changed here and in the file; what stands here is kept."),
    )
    assert (meeting.title, meeting.category) == ("Our forum", "speaking")
    assert [topic.name for topic in meeting.topics.all()] == ["Water"]


def test_import_event_again_touches_nothing_found_in_a_text_that_both_changed(network: Network) -> None:
    meeting = bring_in(network, source()).meeting
    Meeting.objects.update(body="Our own words.")
    outcome = bring_in(network, source(body=BODY.replace("weirs", "dams").replace("AbC", "DeF")))
    meeting.refresh_from_db()
    assert (outcome.what, outcome.kept) == (What.UNCHANGED, ("materials", "theme", "body"))
    assert (meeting.theme, meeting.body) == ("Weirs", "Our own words.")
    assert sorted(meeting.materials.values_list("url", flat=True)) == [DOC, "https://youtu.be/AbC"]


def test_import_event_again_never_shows_what_somebody_hid(network: Network) -> None:
    meeting = bring_in(network, source()).meeting
    meeting.materials.update(visibility="nobody")
    bring_in(network, source(body=BODY.replace("20 mins", "25 mins")))
    assert list(meeting.materials.values_list("kind", "minutes", "visibility")) == [
        ("recording", 25, "nobody"),
        ("notes", None, "nobody"),
    ]


def test_a_form_that_changes_line_ends_only_has_changed_nothing(network: Network) -> None:
    meeting = bring_in(network, source()).meeting
    Meeting.objects.update(body=meeting.body.strip().replace("\n", "\r\n"))
    assert bring_in(network, source()).kept == ()
    outcome = bring_in(network, source(body=BODY.replace("weirs", "dams")))
    meeting.refresh_from_db()
    assert (outcome.kept, meeting.theme, meeting.body) == ((), "Dams", BODY.replace("weirs", "dams"))


def test_import_event_leaves_a_meeting_with_the_same_address_alone(network: Network, meeting: Meeting) -> None:
    outcome = bring_in(network, source(), name=f"{meeting.slug}.md")
    assert outcome.meeting != meeting
    assert outcome.meeting.slug == f"{meeting.slug}-2"


def test_networks_have_their_own_copy_of_a_file(network: Network, other_network: Network) -> None:
    one, other = bring_in(network, source()), bring_in(other_network, source())
    assert one.meeting != other.meeting
    assert other.what is What.CREATED
    assert {topic.network for topic in other.meeting.topics.all()} == {other_network}


def test_import_event_cuts_what_is_too_long_for_its_row(network: Network) -> None:
    outcome = bring_in(network, source(f"title: {'x' * 301}", "date: 2031-05-14", f"topics: [{'y' * 101}]", body=""))
    assert outcome.meeting.title == "x" * 300
    assert [topic.name for topic in outcome.meeting.topics.all()] == ["y" * 100]
    assert outcome.oddities == (Oddity(line=1, sentence="The title is longer than 300 characters and is cut."),)


def test_import_event_refuses_a_name_that_cannot_be_kept(network: Network) -> None:
    with pytest.raises(UnreadableEventFile, match="longer than 200 characters"):
        bring_in(network, source(), name=f"2031-05-14-{'x' * 200}.md")
    assert Meeting.objects.count() == 0


def test_import_event_finds_an_address_for_a_name_without_letters(network: Network) -> None:
    assert bring_in(network, source(), name="河.md").meeting.slug == "2031-05-14-meeting"
