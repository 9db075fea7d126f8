"""Finding again what one may read, and nothing else (B60; R5, R6, R12; threats 28, 30, 32)."""

import logging
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings, strategies as st

from events.models import Material, Meeting, Registration, Speaker, Topic
from members.models import Network, User
from notes.actions.noting import add_note, open_notebook
from notes.models import Edition
from tests.conftest import member_of, signed_in
from tests.engines import examples
from tests.events.test_public_pages import another
from tests.search.conftest import POINT, edition_of, found, marked, material, page_of, said, titled

pytestmark = pytest.mark.django_db
HERE = ["Juries and panels"]


class TestMeetings:
    @pytest.mark.parametrize(
        "question",
        ["panel", "JURIES", "monthly meeting", "good for", "tove berg", "fjord", "director", "a jury on data", "jur*"],
    )
    def test_are_found_by_what_their_page_says(self, client: Client, meeting: Meeting, question: str) -> None:
        assert found(client, question) == HERE

    def test_are_found_by_words_of_body_description_and_topics(self, client: Client, meeting: Meeting) -> None:
        meeting.body = "About **sortition**, at length."
        meeting.save()
        talk = meeting.agenda.get(kind="talk")
        talk.description = "How a *lottery* was held."
        talk.save()
        meeting.topics.add(Topic.objects.create(network=meeting.network, name="Deliberation", slug="deliberation"))
        assert [found(client, word) for word in ("sortition", "lottery", "deliberation")] == [HERE] * 3

    def test_need_every_word_somewhere(self, client: Client, meeting: Meeting, mira: User) -> None:
        """One word in the title, one of a speaker, one in the notes."""
        edition_of(meeting, POINT)
        assert found(signed_in(mira), "panels berg afternoons") == HERE
        assert found(signed_in(mira), "panels berg evenings") == []
        assert found(client, "panels berg afternoons") == []

    def test_are_found_in_any_form_but_quoted_only_in_just_these(self, client: Client, meeting: Meeting) -> None:
        assert found(client, "jury panel") == HERE
        assert found(client, '"juries and panels"') == HERE
        assert found(client, '"panels and juries"') == []
        assert found(client, '"jury and panel"') == []

    def test_are_found_by_accents_apostrophes_and_hyphens_or_without(self, client: Client, meeting: Meeting) -> None:
        speaker = Speaker.objects.get()
        speaker.name = "Zoë O’Łęcki-Brand"
        speaker.save()
        meeting.summary = "On co-production, by the citizens’ council."
        meeting.save()
        for question in (
            "zoe",
            "Zoë o'lecki",
            "olecki-brand",
            "coproduction",
            "co-production",
            "citizens council",
            "co-prod",
        ):
            assert (question, found(client, question)) == (question, HERE)

    def test_with_more_words_in_titles_come_first_and_then_the_latest(self, client: Client, meeting: Meeting) -> None:
        titled(meeting, 2, "Early apples")
        titled(meeting, 3, "Pears", summary="Apples and pears.")
        titled(meeting, 5, "Apples, late")
        titled(meeting, 6, "Plums", body="apples " * 50)
        assert found(client, "apples") == ["Apples, late", "Early apples", "Plums", "Pears"]
        assert found(client, "apples pears") == ["Pears"]

    def test_show_the_words_in_context(self, client: Client, meeting: Meeting) -> None:
        assert marked(client, "jury berg") == ["Juries", "juries", "jury", "Berg"]
        assert (
            "Juries and panels Wednesday 14 January 2037 What juries are good for. "
            "A jury on data Tove Berg, Director, Fjord Forum"
        ) in said(client, "jury berg")

    def test_say_what_somebody_wrote_safely(self, client: Client, meeting: Meeting) -> None:
        meeting.theme = "<b>Jury</b> & <script>alert(1)</script>"
        meeting.save()
        page = page_of(client, '"<script>" jury')
        assert "&lt;b&gt;<mark>Jury</mark>&lt;/b&gt; &amp; &lt;<mark>script</mark>&gt;alert(1)" in page
        assert "<script" not in page
        assert 'value="&quot;&lt;script&gt;&quot; jury"' in page

    def test_of_a_draft_or_another_network_are_not_found(
        self, client: Client, meeting: Meeting, other_network: Network, olive: User, otto: User
    ) -> None:
        titled(meeting, 5, "Juries in draft", state="draft")
        times = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
        Meeting.objects.create(network=other_network, title="Juries elsewhere", slug="e", state="published", **times)
        titled(meeting, 3, "Juries called off", state="cancelled")
        for reader in (client, signed_in(olive), signed_in(otto)):
            assert found(reader, "juries") == [*HERE, "Juries called off"]

    def test_on_a_topic_that_is_named_lead_to_its_page(self, client: Client, meeting: Meeting) -> None:
        """A topic that only a draft is about is none (threat 32)."""
        topic = Topic.objects.create(network=meeting.network, name="Citizens’ juries", slug="juries")
        hidden = Topic.objects.create(network=meeting.network, name="Juries in private", slug="private")
        meeting.topics.add(topic)
        titled(meeting, 5, "Draft", state="draft").topics.add(hidden)
        assert "Everything on the topic: Citizens’ juries Juries and panels" in said(client, "jury citizens")
        assert "Everything on the topic" not in said(client, "jury panels")
        assert "private" not in said(client, "juries")


class TestMaterials:
    def test_are_found_by_whom_their_speaker_chose(self, client: Client, meeting: Meeting, mira: User) -> None:
        """B45."""
        for title, visibility in (("Apricots", "public"), ("Bananas", "members"), ("Cherries", "nobody")):
            material(meeting, title, visibility)
        fruit = ("apricots", "bananas", "cherries")
        assert [found(client, name) for name in fruit] == [HERE, [], []]
        assert [found(signed_in(mira), name) for name in fruit] == [HERE, HERE, []]
        Material.objects.update(visibility="nobody")
        assert [found(signed_in(mira), name) for name in fruit] == [[], [], []]

    def test_are_shown_with_where_they_lead(self, client: Client, meeting: Meeting) -> None:
        material(meeting, "Apricots", "public")
        assert "Apricots slides, slides.example" in said(client, "apricots")

    def test_are_not_found_by_addresses_nor_is_the_call(self, client: Client, meeting: Meeting, mira: User) -> None:
        """B34: not by the field, and not by a text in which somebody left it."""
        hidden = material(meeting, "Cherries", "nobody")
        meeting.body = f"Call: https://video.example/secret-room or [the film]({hidden.url}), {hidden.url}"
        meeting.save()
        for reader in (client, signed_in(mira)):
            assert found(reader, "film") == HERE
            for question in ("secret", "secret-room", "video.example", "slides.example", "https", "cherries"):
                assert found(reader, question) == []
            assert "secret" not in page_of(reader, "film")


class TestNotes:
    def test_are_found_by_members_in_what_is_circulated(self, meeting: Meeting, mira: User, olive: User) -> None:
        """B60."""
        edition_of(meeting, POINT, attribution="River County Council")
        for reader in (mira, olive):
            assert found(signed_in(reader), "quiet afternoons") == HERE
        assert marked(signed_in(mira), "quiet") == ["quiet"]
        words = "Notes of this meeting for members Juries need quiet afternoons. — River County Council"
        assert words in said(signed_in(mira), "quiet")
        assert found(signed_in(mira), "noted") == []

    def test_are_not_found_by_anybody_else(
        self, client: Client, noted: Edition, network: Network, stan: User, otto: User
    ) -> None:
        """R12: nor by who has asked to join, or has left."""
        member_of(network, stan, state="pending")
        member_of(network, otto, state="left")
        root = User.objects.create_superuser("root@site.example", name="Root")
        for reader in (client, signed_in(stan), signed_in(otto), signed_in(root)):
            assert found(reader, "afternoons") == []

    def test_are_never_found_uncirculated_or_superseded(self, meeting: Meeting, mira: User) -> None:
        """R9: as the page of notes, even where the older edition is still there."""
        edition_of(meeting, "Walnuts.")
        member = signed_in(mira)
        assert found(member, "walnuts") == HERE
        edition_of(meeting, "Hazelnuts.", number=2)
        edition_of(another(meeting, 5), "Chestnuts.", is_circulated=False)
        assert [found(member, nut) for nut in ("walnuts", "hazelnuts", "chestnuts")] == [[], HERE, []]

    def test_in_draft_are_never_found_by_anybody(self, meeting: Meeting, olive: User, mira: User) -> None:
        """R5, threat 30."""
        add_note(open_notebook(meeting), text="Almonds, said in confidence.")
        for reader in (olive, mira):
            assert found(signed_in(reader), "almonds") == []

    def test_of_a_participant_give_no_name_that_is_not_in_them(
        self, noted: Edition, meeting: Meeting, mira: User, olive: User
    ) -> None:
        """R13, threats 28 and 30: who registered, and even oneself, is found nowhere."""
        Registration.objects.create(
            meeting=meeting, guest_email="ana@guest.example", name="Ana Prieto", organisation="Tern Council"
        )
        Registration.objects.create(meeting=meeting, user=mira, name=mira.name, organisation=mira.organisation)
        for reader in (mira, olive):
            for question in ("ana", "prieto", "tern", mira.name, mira.organisation, "ana@guest.example", "olive"):
                assert found(signed_in(reader), question) == []


QUESTIONS = ("juries", "afternoons", POINT, "juries afternoons", "walnuts", "panel")


class TestNobodyCanTell:
    """R6, threat 32: what a reader may not read changes no byte of the answer, no count and no order."""

    def answers(self, reader: Client) -> list[str]:
        bare = [page_of(reader, question).split("</form>", 1) for question in QUESTIONS]
        return [rest for _form_with_its_token, rest in bare]

    def hide(self, meeting: Meeting, other_network: Network) -> None:
        edition_of(meeting, POINT, attribution="Juries Ltd")
        material(meeting, "Juries of afternoons", "members")
        material(meeting, "Juries of nights", "nobody")
        titled(meeting, 5, "Juries in draft", state="draft")
        times = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
        theirs = Meeting.objects.create(network=other_network, title=POINT, slug="t", state="published", **times)
        edition_of(theirs, POINT)

    def test_that_something_is_for_members(
        self, client: Client, meeting: Meeting, other_network: Network, stan: User, otto: User
    ) -> None:
        titled(meeting, 3, "Panel of juries")
        readers = (client, signed_in(stan), signed_in(otto))
        before = [self.answers(reader) for reader in readers]
        assert any("Panel of" in page for page in before[0])
        self.hide(meeting, other_network)
        assert [self.answers(reader) for reader in readers] == before

    def test_that_something_is_for_nobody(self, meeting: Meeting, other_network: Network, mira: User) -> None:
        edition_of(meeting, "Walnuts.")
        before = self.answers(signed_in(mira))
        times = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
        theirs = Meeting.objects.create(network=other_network, title=POINT, slug="t", state="published", **times)
        edition_of(theirs, POINT)
        material(meeting, "Juries of afternoons", "nobody")
        edition_of(titled(meeting, 5, "Juries", state="draft"), POINT)
        edition_of(titled(meeting, 6, "Walnut", state="draft"), POINT, is_circulated=False)
        assert self.answers(signed_in(mira)) == before


class TestPage:
    def test_without_a_question_says_what_can_be_searched(self, client: Client, meeting: Meeting, mira: User) -> None:
        assert "Members also search the notes. Every word has to be there" in said(client, "")
        assert "and circulated notes by everything in them." in said(signed_in(mira), " ?! ")
        assert client.get("/voices/search/").status_code == 200

    def test_says_what_to_do_when_nothing_is_found(self, client: Client, meeting: Meeting, mira: User) -> None:
        assert "Nothing that you can read has all of these words. Try fewer of them" in said(client, "zzz")
        assert "Members also search" in said(client, "zzz")
        assert "Members also search" not in said(signed_in(mira), "zzz")

    def test_shows_ten_meetings_and_leads_to_more(self, client: Client, meeting: Meeting) -> None:
        for number in range(10, 25):
            titled(meeting, number, f"Turnips {number}")
        assert found(client, "turnips") == [f"Turnips {number}" for number in range(24, 14, -1)]
        assert found(client, "turnips", page="2") == [f"Turnips {number}" for number in range(14, 9, -1)]
        page = page_of(client, 'turnips "')
        assert '<input type="hidden" name="q" value="turnips &quot;">' in page
        assert 'name="page" value="2"' in " ".join(page.split())
        assert "15 meetings" in said(client, "turnips")
        assert "Page 2 of 2" in said(client, "turnips", page="2")
        for odd in ("0", "99", "-1", "x", "9" * 5000):
            assert client.post("/voices/search/", {"q": "turnips", "page": odd}).status_code == 200

    def test_keeps_the_words_out_of_addresses_logs_and_sessions(
        self, meeting: Meeting, mira: User, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Threat 28: posted, never asked for by address; no link of the answer holds them."""
        caplog.set_level(logging.DEBUG, logger="django.request")
        reader = signed_in(mira)
        page = page_of(reader, "juries quirogaximena*")
        assert page.count("quirogaximena") == 1
        assert 'value="juries quirogaximena*"' in page
        assert "quirogaximena" not in caplog.text
        assert all("quirogaximena" not in str(row.get_decoded()) for row in Session.objects.all())
        by_address = reader.get("/voices/search/?q=juries").content.decode()
        assert "<mark>" not in by_address
        assert 'value="juries"' not in by_address

    def test_is_for_nobody_to_keep_or_to_list(self, client: Client, meeting: Meeting, mira: User) -> None:
        """Threats 28 and 29."""
        for reader in (client, signed_in(mira)):
            answer = reader.post("/voices/search/", {"q": "jury"})
            assert answer["Cache-Control"] == "private, no-store"
            assert answer["Referrer-Policy"] == "same-origin"
            assert b'<meta name="robots" content="noindex, nofollow">' in answer.content

    def test_asks_for_its_token_and_only_by_get_or_post(self, meeting: Meeting) -> None:
        strict = Client(enforce_csrf_checks=True)
        assert strict.post("/voices/search/", {"q": "jury"}).status_code == 403
        assert Client().put("/voices/search/").status_code == 405
        assert strict.get("/nobody/search/").status_code == 404

    def test_is_reached_from_every_page_of_the_network_with_no_cookie_for_strangers(
        self, client: Client, meeting: Meeting, mira: User
    ) -> None:
        answer = client.get("/voices/meetings/")
        assert b'<a href="/voices/search/">Search</a>' in answer.content
        assert not answer.cookies
        assert b'action="/voices/search/"' in signed_in(mira).get("/voices/meetings/").content

    def test_asks_as_many_questions_of_the_database_for_one_meeting_as_for_many(
        self, meeting: Meeting, mira: User
    ) -> None:
        member = signed_in(mira)
        edition_of(meeting, POINT)
        found(member, "juries")
        one = count_posted(member, "juries need")
        for number in range(5, 9):
            other = titled(meeting, number, f"Juries {number}")
            edition_of(other, POINT)
            material(other, "Juries", "members")
        assert len(found(member, "juries need")) == 5
        assert count_posted(member, "juries need") == one


def count_posted(reader: Client, question: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        found(reader, question)
    return len(asked)


HOSTILE = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            ["jury", '"', "'", "*", "AND", "OR NOT", "NEAR(", ")", "^", "words:", "{", "}", "-", "+", "\\", "%", "_",
             "\0", "<->", "&", "|", "!", ":*A", "1e5", "0x1f", "12.5e", "😀", "ﷺ", "中国", "é", "’", "--", ";", "$$"]
        ),
        max_size=20,
    ).map("".join),
)  # fmt: skip


@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=HOSTILE)
def test_whatever_is_typed_is_answered(client: Client, meeting: Meeting, question: str) -> None:
    answer = client.post("/voices/search/", {"q": question.encode("utf-8", "surrogatepass")})
    assert answer.status_code == 200


@pytest.mark.parametrize("question", ["x" * 10_000, '"' * 10_000, "a " * 5_000, "jury " * 2_000, "\0\ufffe"])
def test_however_much_is_typed_is_answered(client: Client, meeting: Meeting, question: str) -> None:
    assert client.post("/voices/search/", {"q": question}).status_code == 200


WORDS = st.text("0123456789abcdefxyz", min_size=1, max_size=12)


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, min_size=1, max_size=5))
def test_what_is_written_is_found_by_its_words_on_both_engines(
    client: Client, meeting: Meeting, words: list[str]
) -> None:
    meeting.theme, meeting.starts_at = " ".join(words), meeting.starts_at - timedelta(seconds=1)
    meeting.save()
    assert found(client, " ".join(words)) == [" ".join(words)]
    assert found(client, f'"{" ".join(words)}"') == [" ".join(words)]


def test_a_book_in_one_meeting_is_found_as_any_other(client: Client, meeting: Meeting) -> None:
    book = " ".join(f"{number:040}" for number in range(30_000)) + " " + "z" * 5_000
    titled(meeting, 5, "Turnips", body=book, summary="turnip " * 2_000)
    assert found(client, "turnips") == ["Turnips"]
    assert found(client, f"{29_999:040}") == ["Turnips"]
    assert found(client, "juries") == HERE
