"""The programme as everybody may read it: `/next`, the archive, a meeting's page."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from events.models import AgendaItem, Material, Meeting, Series, Speaker, Topic
from events.templatetags.occasions import clock, days, host, times
from members.models import Network, User
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def words(client: Client, address: str) -> str:
    """What a page says, as one line; the page must be there."""
    response = client.get(address)
    assert response.status_code == 200
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(strip_tags(re.sub(r"<(p|li|h\d|div|a|option|section|button)\b", r" <\1", main)).split()).partition(
        "> "
    )[2]


def move(meeting: Meeting, *, starts_in: timedelta) -> None:
    """Put the meeting to `starts_in` from now."""
    meeting.starts_at = timezone.now() + starts_in
    meeting.ends_at = meeting.starts_at + timedelta(minutes=75)
    meeting.save()


def another(meeting: Meeting, number: int, **fields: object) -> Meeting:
    """A published meeting of the same series: as many months later or earlier as the numbers are apart."""
    start = meeting.starts_at + timedelta(days=28) * (number - (meeting.number or 0))
    given = {"title": f"Meeting {number}", "slug": f"meeting-{number}", "state": "published", **fields}
    times = {"starts_at": start, "ends_at": start + timedelta(minutes=75)}
    return Meeting.objects.create(network=meeting.network, series=meeting.series, number=number, **times, **given)


class TestNext:
    def test_leads_to_the_next_meeting_and_not_to_a_later_cancelled_or_draft_one(
        self, client: Client, meeting: Meeting
    ) -> None:
        """B2."""
        another(meeting, 5)
        another(meeting, 2, state="cancelled")
        another(meeting, 3, state="draft")
        response = client.get("/voices/next")
        assert (response.status_code, response["Location"]) == (302, meeting.get_absolute_url())

    def test_still_leads_there_while_it_is_on(self, client: Client, meeting: Meeting) -> None:
        move(meeting, starts_in=timedelta(minutes=-60))
        assert client.get("/voices/next")["Location"] == meeting.get_absolute_url()

    def test_leads_home_when_there_is_none(self, client: Client, meeting: Meeting) -> None:
        move(meeting, starts_in=timedelta(minutes=-76))
        assert client.get("/voices/next")["Location"] == "/voices/"

    def test_is_404_for_an_unknown_network_and_405_for_post(self, client: Client, network: Network) -> None:
        assert client.get("/nobody/next").status_code == 404
        assert client.post("/voices/next").status_code == 405


class TestMeeting:
    def test_says_all_there_is_to_know(self, client: Client, meeting: Meeting) -> None:
        """B4: number, day, time in words, agenda with speakers as of that day, neighbours."""
        another(meeting, 3)
        another(meeting, 5)
        another(meeting, 6)
        meeting.agenda.update(minutes=30)
        said = words(client, meeting.get_absolute_url())
        for part in (
            "Meeting 4 of Monthly meeting",
            "Juries and panels This meeting will take place on Wednesday 14 January 2037.",
            "2pm to 3:15pm, UK time Online",
            "What juries are good for.",
            "2pm A jury on data Tove Berg, Director, Fjord Forum On the record",
            "2:30pm Discussion",
            "The meeting before Meeting 3 Wednesday 17 December 2036",
            "The meeting after Meeting 5 Wednesday 11 February 2037",
            "you are free to use what you hear, but not to reveal who said it",
        ):
            assert part in said
        assert "Meeting 6" not in said

    @pytest.mark.parametrize(
        ("starts_in", "state", "sentence"),
        [
            (timedelta(minutes=1), "published", "This meeting will take place on "),
            (timedelta(minutes=-1), "published", "This meeting is on now, until "),
            (timedelta(minutes=-76), "published", "This meeting took place on "),
            (timedelta(minutes=1), "cancelled", "This meeting is cancelled. It will not take place on "),
            (timedelta(minutes=-76), "cancelled", "This meeting was cancelled. It did not take place on "),
        ],
    )
    def test_speaks_in_the_tense_of_the_clock(
        self, client: Client, meeting: Meeting, starts_in: timedelta, state: str, sentence: str
    ) -> None:
        """B3."""
        meeting.state = state
        move(meeting, starts_in=starts_in)
        assert sentence in words(client, meeting.get_absolute_url())

    @pytest.mark.parametrize(("starts_in", "offered"), [(timedelta(days=1), True), (timedelta(days=-1), False)])
    def test_offers_registering_and_the_promise_until_it_is_over(
        self, client: Client, meeting: Meeting, starts_in: timedelta, offered: bool
    ) -> None:
        move(meeting, starts_in=starts_in)
        said = words(client, meeting.get_absolute_url())
        assert ("Register" in said, "Add to your calendar" in said, "How we meet" in said) == (offered,) * 3

    def test_says_of_an_old_announcement_that_it_is_one(self, client: Client, meeting: Meeting) -> None:
        """B3: six real pages still say "we will hold" years later."""
        meeting.body = "On Wednesday we will hold a meeting."
        meeting.save()
        assert "Written before the meeting." not in words(client, meeting.get_absolute_url())
        move(meeting, starts_in=timedelta(days=-1))
        assert "About this meeting Written before the meeting. On Wednesday" in words(
            client, meeting.get_absolute_url()
        )

    @pytest.mark.parametrize(("starts_in", "said"), [(timedelta(days=1), 1), (timedelta(days=-1), 0)])
    def test_a_speaker_may_be_still_to_be_confirmed(
        self, client: Client, meeting: Meeting, starts_in: timedelta, said: int
    ) -> None:
        """B5: of talks that are still to come, and of nothing else on the agenda."""
        Speaker.objects.all().delete()
        move(meeting, starts_in=starts_in)
        assert words(client, meeting.get_absolute_url()).count("Speaker to be confirmed") == said

    def test_shows_each_reader_the_material_that_is_for_them(
        self, client: Client, meeting: Meeting, mira: User, otto: User
    ) -> None:
        """B45; its address is in no text either."""
        for visibility in ("public", "members", "nobody"):
            Material.objects.create(
                meeting=meeting,
                kind="recording",
                title=f"For {visibility}",
                url=f"https://video.example/{visibility}",
                visibility=visibility,
            )
        meeting.body = (
            "[a](https://video.example/public) [b](https://video.example/members) https://video.example/nobody"
        )
        meeting.save()

        def addresses(reader: Client) -> set[str]:
            page = reader.get(meeting.get_absolute_url()).content.decode()
            return set(re.findall(r"https://video\.example/[\w-]+", page))

        everybody = {"https://video.example/public"}
        assert addresses(client) == everybody
        assert addresses(signed_in(otto)) == everybody
        assert addresses(signed_in(mira)) == everybody | {"https://video.example/members"}

    def test_material_stands_with_its_talk_or_below(self, client: Client, meeting: Meeting) -> None:
        talk = meeting.agenda.get(kind="talk")
        for item, title in ((talk, "Slides of the talk"), (None, "A link")):
            Material.objects.create(
                meeting=meeting,
                agenda_item=item,
                kind="slides",
                title=title,
                url=f"https://www.files.example/{title[0]}",
                visibility="public",
                minutes=1,
            )
        said = words(client, meeting.get_absolute_url())
        assert "On the record Slides of the talk slides, files.example · 1 minute Discussion" in said
        assert "To read and to watch A link slides, files.example · 1 minute" in said

    def test_the_way_to_the_call_is_in_no_text(self, client: Client, meeting: Meeting, mira: User) -> None:
        """B34: even where somebody pasted it into the summary, the text or a description."""
        pasted = f"Come to {meeting.video_link} or [here]({meeting.video_link})"
        meeting.summary = meeting.body = pasted
        meeting.save()
        meeting.agenda.update(description=pasted)
        for reader in (client, signed_in(mira)):
            for page in (meeting.get_absolute_url(), "/voices/", "/voices/meetings/"):
                assert "secret-room" not in reader.get(page).content.decode()

    def test_a_draft_is_404_except_for_those_who_run_the_network(
        self, client: Client, meeting: Meeting, mira: User, otto: User, noor: User
    ) -> None:
        meeting.state = "draft"
        meeting.save()
        for stranger in (client, signed_in(mira), signed_in(otto)):
            assert stranger.get(meeting.get_absolute_url()).status_code == 404
        said = words(signed_in(noor), meeting.get_absolute_url())
        assert "Draft. Only those who run the network see this page." in said
        assert "Register" not in said

    def test_is_404_under_another_network_and_405_for_post(
        self, client: Client, meeting: Meeting, other_network: Network
    ) -> None:
        assert client.get(f"/makers/meetings/{meeting.slug}/").status_code == 404
        assert client.get("/voices/meetings/none/").status_code == 404
        assert client.post(meeting.get_absolute_url()).status_code == 405

    def test_several_days_without_hours(self, client: Client, network: Network) -> None:
        meeting = Meeting.objects.create(
            network=network,
            title="A conference",
            slug="conference",
            starts_at=datetime(2022, 6, 7, 23, tzinfo=UTC),
            ends_at=datetime(2022, 6, 10, 23, tzinfo=UTC),
            has_times=False,
            state="published",
        )
        said = words(client, meeting.get_absolute_url())
        assert "A conference This meeting took place on 8 to 10 June 2022. Wednesday 8 June 2022 Online" in said
        assert "UK time" not in said

    def test_is_kept_by_no_cache_and_asks_no_other_site(self, client: Client, meeting: Meeting) -> None:
        """B9."""
        meeting.body = "![A picture](https://pictures.example/a.png)"
        meeting.save()
        response = client.get(meeting.get_absolute_url())
        assert response["Cache-Control"] == "private, no-store"
        asked = re.findall(
            r'<(?:img|script|iframe|link(?! rel="(?:alternate|canonical)")|use)\b[^>]*?(?:src|href)="([^"]+)"',
            response.content.decode(),
        )
        assert {address[:8] for address in asked} == {"/static/"}

    def test_asks_as_many_questions_of_the_database_with_one_part_as_with_many(
        self, client: Client, meeting: Meeting
    ) -> None:
        one = count_queries(client, meeting.get_absolute_url())
        for position in range(3, 8):
            item = AgendaItem.objects.create(meeting=meeting, position=position, title="More")
            Speaker.objects.create(agenda_item=item, name=f"Speaker {position}", name_seen_by="public")
        assert count_queries(client, meeting.get_absolute_url()) == one


def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


class TestArchive:
    @pytest.fixture
    def past(self, meeting: Meeting) -> Meeting:
        """Meeting 4 on 14 January 2026, with a topic, a recording for everybody and slides for members."""
        meeting.starts_at = datetime(2026, 1, 14, 14, tzinfo=UTC)
        meeting.ends_at = meeting.starts_at + timedelta(minutes=75)
        meeting.save()
        topic = Topic.objects.create(network=meeting.network, name="Health", slug="health")
        meeting.topics.add(topic)
        for kind, visibility in (("recording", "public"), ("slides", "members")):
            Material.objects.create(
                meeting=meeting, kind=kind, title=kind, url=f"https://x.example/{kind}", visibility=visibility
            )
        return meeting

    def test_lists_meetings_by_year_with_what_can_be_had(self, client: Client, past: Meeting, mira: User) -> None:
        """B6."""
        another(past, 3)
        row = "14 January Juries and panels Meeting 4 · Tove Berg (Fjord Forum) Video "
        assert f"2026 {row}Health 2025 17 December Meeting 3 Meeting 3" in words(client, "/voices/meetings/")
        assert f"2026 {row}Slides Health 2025" in words(signed_in(mira), "/voices/meetings/")

    def test_coming_meetings_stand_first_and_cancelled_ones_say_so(self, client: Client, meeting: Meeting) -> None:
        another(meeting, 5, state="cancelled")
        another(meeting, 6, state="draft")
        said = words(client, "/voices/meetings/")
        assert "Coming 14 Jan 2037 Juries and panels Meeting 4" in said
        assert "11 Feb 2037 Meeting 5 Meeting 5 Cancelled" in said
        assert "Meeting 6" not in said

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("topic=health", ["Juries and panels"]),
            ("year=2026", ["Juries and panels"]),
            ("year=2025", ["Meeting 3"]),
            ("speaker=Tove+Berg", ["Juries and panels"]),
            ("topic=health&year=2025", []),
            ("topic=nothing", []),
            ("year=soon", ["Juries and panels", "Meeting 3"]),
            ("year=0000", ["Juries and panels", "Meeting 3"]),
            ("year=9999", []),
            ("speaker=%00", ["Juries and panels", "Meeting 3"]),
            ("topic=%00", ["Juries and panels", "Meeting 3"]),
        ],
    )
    def test_finds_again_by_topic_year_and_speaker(
        self, client: Client, past: Meeting, query: str, found: list[str]
    ) -> None:
        another(past, 3)
        response = client.get(f"/voices/meetings/?{query}")
        titles = re.findall(r'class="row-title"[^>]*>\s*<a[^>]*>([^<]+)</a>', response.content.decode())
        assert titles == found

    def test_offers_only_what_leads_somewhere_in_this_network(
        self, client: Client, past: Meeting, other_network: Network
    ) -> None:
        Topic.objects.create(network=past.network, name="Unused", slug="unused")
        Topic.objects.create(network=other_network, name="Museums", slug="museums")
        draft = another(past, 5, state="draft")
        item = AgendaItem.objects.create(meeting=draft, title="Secret")
        Speaker.objects.create(agenda_item=item, name="Not Announced", name_seen_by="public")
        page = client.get("/voices/meetings/").content.decode()
        assert re.findall(r'<option value="([^"]+)"', page) == ["health", "2026", "Tove Berg"]

    def test_says_so_when_there_is_nothing(self, client: Client, network: Network) -> None:
        assert (
            words(client, "/voices/meetings/")
            == "Meetings No meeting has been announced yet. The first will stand here."
        )

    def test_is_404_for_an_unknown_network_and_405_for_post(self, client: Client, network: Network) -> None:
        assert client.get("/nobody/meetings/").status_code == 404
        assert client.post("/voices/meetings/").status_code == 405

    def test_asks_as_many_questions_of_the_database_for_one_meeting_as_for_many(
        self, client: Client, past: Meeting
    ) -> None:
        one = count_queries(client, "/voices/meetings/")
        for number in (1, 2, 3):
            more = another(past, number)
            item = AgendaItem.objects.create(meeting=more, title="A talk")
            Speaker.objects.create(agenda_item=item, name=f"Speaker {number}", name_seen_by="public")
        assert count_queries(client, "/voices/meetings/") == one


class TestWords:
    @pytest.mark.parametrize(
        ("hour", "minute", "said"),
        [(9, 0, "9am"), (14, 5, "2:05pm"), (12, 0, "midday"), (0, 0, "midnight"), (12, 30, "12:30pm")],
    )
    def test_a_time_is_said_as_people_say_it(self, hour: int, minute: int, said: str) -> None:
        assert clock(datetime(2037, 1, 14, hour, minute, tzinfo=UTC)) == said

    def test_hours_are_those_of_the_meetings_own_zone(self, meeting: Meeting) -> None:
        assert times(meeting) == "2pm to 3:15pm, UK time"
        meeting.time_zone = "America/New_York"
        assert times(meeting) == "9am to 10:15am, New York time"
        meeting.has_times = False
        assert times(meeting) == ""

    @pytest.mark.parametrize(
        ("first", "last", "said"),
        [
            ((2022, 6, 8), (2022, 6, 8), "Wednesday 8 June 2022"),
            ((2022, 6, 8), (2022, 6, 10), "8 to 10 June 2022"),
            ((2022, 5, 30), (2022, 6, 2), "30 May to 2 June 2022"),
            ((2021, 12, 30), (2022, 1, 2), "30 December 2021 to 2 January 2022"),
        ],
    )
    def test_days_may_be_one_or_several(
        self, series: Series, first: tuple[int, int, int], last: tuple[int, int, int], said: str
    ) -> None:
        end = datetime(*last, tzinfo=UTC) + timedelta(days=1)
        meeting = Meeting(starts_at=datetime(*first, tzinfo=UTC), ends_at=end, time_zone="UTC", has_times=False)
        assert days(meeting) == said

    def test_a_host_is_named_without_www(self) -> None:
        assert (host("https://www.video.example/a?b"), host("nonsense")) == ("video.example", "")
