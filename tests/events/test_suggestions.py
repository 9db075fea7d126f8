"""Topics that members want: one vote each, changeable, withdrawn; merged and answered; supporters told (B66, B67)."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.actions.suggesting import (
    SuggestingRefused,
    merge,
    suggest_topic,
    tell_supporters,
    want,
    want_no_more,
    withdraw,
)
from events.models import Backing, Meeting, Suggestion
from events.rules.suggestions import Unfit, is_deleted_with_its_suggester, known_as, why_unfit
from members.actions.subscribing import Wish, choose
from members.models import Delivery, Kind, Membership, Network, User
from tests.conftest import member_of, person, signed_in
from tests.post import letters_sent

NOW = datetime(2037, 1, 1, 10, tzinfo=UTC)
PAGE = "/voices/suggestions/"
NOBODY = frozenset[str]()


@pytest.fixture
def nia(network: Network) -> User:
    """Another member."""
    user = person("nia@lake.example", "Nia Osei", "Lake District Council", "public")
    member_of(network, user)
    return user


def count_of(topic: Suggestion) -> int:
    return int(Suggestion.objects.counted().get(pk=topic.pk).supports)  # type: ignore[attr-defined]  # annotated


# -- Rules -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "text", "why"),
    [
        ("Juries", "", None),
        ("Juries", "Two lines.\nOf text.", None),
        ("?!", "", Unfit.EMPTY),
        ("a" * 121, "", Unfit.LONG_TITLE),
        ("Juries", "a" * 601, Unfit.LONG_TEXT),
        ("Jur\u202eies", "", Unfit.HIDDEN),
        ("Juries", "\x00", Unfit.HIDDEN),
        ("PANELS, and pay!", "", Unfit.THERE),
    ],
)
def test_topic_is_fit_or_why_not(title: str, text: str, why: Unfit | None) -> None:
    assert why_unfit(title, text, there=frozenset({known_as("Panels and pay")})) == why


@pytest.mark.parametrize(
    ("is_wanted", "others", "gone"), [(True, 0, True), (True, 1, False), (False, 0, False), (False, 2, False)]
)
def test_topic_that_others_want_outlives_its_suggester(is_wanted: bool, others: int, gone: bool) -> None:
    assert is_deleted_with_its_suggester(is_wanted=is_wanted, others=others) == gone


# -- Suggesting and wanting --------------------------------------------------------------------------------------------


def test_b66_one_vote_each_changeable(network: Network, mira: User, nia: User) -> None:
    topic = suggest_topic(network, mira, title="  Paying\npeople ")
    assert (topic.title, count_of(topic)) == ("Paying people", 1)
    for _twice in range(2):
        want(network, nia, topic.pk)
        want(network, mira, topic.pk)
    assert count_of(topic) == 2
    want_no_more(network, nia, topic.pk)
    want_no_more(network, nia, topic.pk)
    assert count_of(topic) == 1


def test_whoever_has_left_counts_no_more(network: Network, mira: User, nia: User) -> None:
    topic = suggest_topic(network, mira, title="Paying people")
    want(network, nia, topic.pk)
    Membership.objects.filter(user=nia).update(state="left")
    assert count_of(topic) == 1


def test_withdrawn_topic_is_gone_unless_others_want_it(network: Network, mira: User, nia: User) -> None:
    alone, shared = (
        suggest_topic(network, mira, title="Alone"),
        suggest_topic(network, mira, title="Shared", shows_name=True),
    )
    want(network, nia, shared.pk)
    assert (withdraw(network, mira, alone.pk), withdraw(network, mira, shared.pk)) == (True, False)
    left = Suggestion.objects.get()
    assert (left.suggester, left.shows_name, count_of(left)) == (None, False, 1)
    with pytest.raises(SuggestingRefused, match="Only whoever suggested"):
        withdraw(network, nia, shared.pk)


def test_same_topic_and_too_many_are_refused(network: Network, mira: User) -> None:
    suggest_topic(network, mira, title="Paying people")
    with pytest.raises(SuggestingRefused, match="in the list already"):
        suggest_topic(network, mira, title="paying, People?")
    for number in range(4):
        suggest_topic(network, mira, title=f"Topic {number}")
    with pytest.raises(SuggestingRefused, match="many topics in an hour"):
        suggest_topic(network, mira, title="One more")


def test_network_at_rest_takes_no_topics(network: Network, mira: User) -> None:
    Network.objects.update(rested_at=NOW)
    with pytest.raises(SuggestingRefused, match="at rest"):
        suggest_topic(network, mira, title="Late")
    assert "nothing can be suggested any more" in signed_in(mira).get(PAGE).text


def test_merged_topics_count_a_person_once(network: Network, mira: User, nia: User, olive: User) -> None:
    first, second = (
        suggest_topic(network, mira, title="Pay"),
        suggest_topic(network, nia, title="Fees", shows_name=True),
    )
    for user in (mira, olive):
        want(network, user, second.pk)
    assert merge([first, second]) == second
    assert count_of(second) == 3
    want_no_more(network, mira, first.pk)  # an old page still shows it; the vote is where it went
    assert (count_of(second), Backing.objects.filter(suggestion=first).count()) == (2, 0)
    first.refresh_from_db()
    assert (first.state, first.merged_into) == ("merged", second)
    assert merge([first, second]) is None


# -- What came of it ---------------------------------------------------------------------------------------------------


def taken_up(topic: Suggestion, meeting: Meeting) -> Suggestion:
    Suggestion.objects.filter(pk=topic.pk).update(state="taken-up", meeting=meeting)
    return Suggestion.objects.select_related("meeting").get(pk=topic.pk)


def test_b67_supporters_are_told_once_if_they_want_invitations(
    meeting: Meeting, mira: User, nia: User, noor: User, olive: User
) -> None:
    network = meeting.network
    topic = suggest_topic(network, mira, title="Juries & pay")
    for user in (nia, noor):
        want(network, user, topic.pk)
    choose(nia.memberships.get(), Wish(kinds=frozenset(set(Kind) - {Kind.INVITATIONS})))
    topic = taken_up(topic, meeting)
    assert [tell_supporters(topic, by=olive, at=NOW) for _twice in range(2)] == [2, 0]
    letters = letters_sent()
    assert sorted(letter.to[0] for letter in letters) == [mira.email, noor.email]
    letter = letters[0]
    assert letter.subject == "You asked for it: Juries and panels, Wednesday 14 January 2037"
    assert "you wanted us to talk about “Juries & pay”" in letter.body
    assert meeting.get_absolute_url() in letter.body
    assert "Stop letters like this one" in letter.body


def test_who_got_that_letter_is_in_no_list_of_the_panel(meeting: Meeting, mira: User, olive: User) -> None:
    """R13: the letter alone says that somebody wanted the topic."""
    topic = taken_up(suggest_topic(meeting.network, mira, title="Juries"), meeting)
    tell_supporters(topic, by=olive, at=NOW)
    delivery = Delivery.objects.get()
    client = signed_in(olive)
    assert mira.email not in client.get(reverse("admin:members_delivery_changelist")).text
    assert client.get(reverse("admin:members_delivery_change", args=[delivery.pk])).status_code == 302
    assert "events/topic_taken_up" in client.get(reverse("admin:members_mailing_changelist")).text


@pytest.mark.parametrize("change", [{"state": "draft"}, {"state": "cancelled"}, {"ends_at": NOW}])
def test_nobody_is_told_of_a_meeting_they_cannot_come_to(
    meeting: Meeting, mira: User, olive: User, change: dict[str, object]
) -> None:
    Meeting.objects.update(starts_at=datetime(2036, 1, 1, tzinfo=UTC), **change)
    meeting.refresh_from_db()
    topic = taken_up(suggest_topic(meeting.network, mira, title="Juries"), meeting)
    assert tell_supporters(topic, by=olive, at=NOW) == 0
    assert (Delivery.objects.count(), Suggestion.objects.get().told_at) == (0, None)


# -- The page ----------------------------------------------------------------------------------------------------------


def test_member_suggests_wants_and_withdraws_on_the_page(network: Network, mira: User, nia: User) -> None:
    mine, other = signed_in(mira), signed_in(nia)
    answer = mine.post(PAGE, {"title": "Paying people", "text": "How much?\n<b>When?</b>"})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    topic = Suggestion.objects.get()
    page = other.get(PAGE).text
    assert "&lt;b&gt;When?&lt;/b&gt;" in page
    assert "1 member wants this" in page
    assert other.post(PAGE, {"want": topic.pk})["Location"] == PAGE
    assert "2 members want this" in other.get(PAGE).text
    other.post(PAGE, {"want_no_more": topic.pk})
    assert "1 member wants this" in other.get(PAGE).text
    mine.post(PAGE, {"withdraw": topic.pk})
    assert "Your topic is withdrawn." in mine.get(PAGE).text
    other.post(PAGE, {"want": topic.pk})
    assert "no longer in the list" in other.get(PAGE).text


def test_no_name_shows_unless_whoever_suggests_chose_it(network: Network, mira: User, olive: User, noor: User) -> None:
    """R13: neither on the page nor in the panel."""
    suggest_topic(network, mira, title="Quietly")
    seen = [signed_in(olive).get(PAGE).text, signed_in(noor).get(PAGE).text]
    panel = signed_in(olive)
    seen.append(panel.get(reverse("admin:events_suggestion_changelist")).text)
    seen.append(panel.get(reverse("admin:events_suggestion_change", args=[Suggestion.objects.get().pk])).text)
    assert [page for page in seen if "Mira" in page or mira.email in page] == []
    suggest_topic(network, mira, title="Aloud", shows_name=True)
    assert "Suggested by Mira Novak" in signed_in(noor).get(PAGE).text
    Membership.objects.filter(user=mira).update(state="left")
    assert "Mira" not in signed_in(noor).get(PAGE).text


def test_you_asked_we_did(meeting: Meeting, mira: User) -> None:
    """A meeting shows once it is published; an answer always."""
    network, client = meeting.network, signed_in(mira)
    taken_up(suggest_topic(network, mira, title="Juries"), meeting)
    declined = suggest_topic(network, mira, title="Ghosts")
    Suggestion.objects.filter(pk=declined.pk).update(state="not-now", answer="Not our field.")
    page = client.get(PAGE).text
    assert "You asked, we did" in page
    assert meeting.get_absolute_url() in page
    assert "Not our field." in page
    Meeting.objects.update(state="draft")
    page = client.get(PAGE).text
    assert meeting.get_absolute_url() not in page
    assert "A meeting about it is being prepared." in page
    client.post(PAGE, {"want_no_more": declined.pk})
    assert "have answered this topic meanwhile" in client.get(PAGE).text


@pytest.mark.parametrize(
    ("values", "said"),
    [({"title": "", "text": "kept"}, "There is no topic yet."), ({"title": "a" * 130, "text": "kept"}, "in a line")],
)
def test_bad_topic_says_why_and_keeps_what_was_typed(
    network: Network, mira: User, values: dict[str, str], said: str
) -> None:
    answer = signed_in(mira).post(PAGE, values)
    assert answer.status_code == 422
    assert said in answer.text
    assert "kept</textarea>" in answer.text


def test_page_is_for_members(network: Network, mira: User, otto: User, stan: User) -> None:
    topic = suggest_topic(network, mira, title="Ours")
    assert Client().get(PAGE)["Location"].startswith("/accounts/login/")
    for stranger in (otto, stan):
        client = signed_in(stranger)
        assert (client.get(PAGE).status_code, client.post(PAGE, {"want": topic.pk}).status_code) == (404, 404)
    client = signed_in(mira)
    assert (client.put(PAGE).status_code, client.post(PAGE, {"want": "x"}).status_code) == (405, 404)


def test_topic_of_another_network_is_not_there(
    network: Network, other_network: Network, mira: User, otto: User
) -> None:
    theirs = suggest_topic(other_network, otto, title="Theirs")
    signed_in(mira).post(PAGE, {"want": theirs.pk})
    assert count_of(theirs) == 1
    assert "Theirs" not in signed_in(mira).get(PAGE).text


def test_page_asks_the_database_as_often_for_three_topics_as_for_one(meeting: Meeting, mira: User, nia: User) -> None:
    network, client = meeting.network, signed_in(mira)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(PAGE).status_code == 200
        return len(found)

    taken_up(suggest_topic(network, mira, title="One", shows_name=True), meeting)
    once = queries()
    for title in ("Two", "Three"):
        taken_up(suggest_topic(network, nia, title=title, shows_name=True), meeting)
    assert queries() == once


# -- The panel ---------------------------------------------------------------------------------------------------------


def test_organiser_answers_and_tells(meeting: Meeting, mira: User, olive: User) -> None:
    topic, client = suggest_topic(meeting.network, mira, title="Juries"), signed_in(olive)
    change = reverse("admin:events_suggestion_change", args=[topic.pk])
    values = {"title": "Juries", "text": "", "answer": "", "meeting": ""}
    for state, said in (("not-now", "Say why not"), ("taken-up", "Choose the meeting"), ("merged", "valid choice")):
        assert said in client.post(change, {**values, "state": state}).text
    assert client.post(change, {**values, "state": "taken-up", "meeting": meeting.pk}).status_code == 302
    tell = reverse("admin:events_suggestion_tell", args=[topic.pk])
    assert tell in client.get(change).text
    assert "1 member wants this topic" in re.sub(r"\s+", " ", client.get(tell).text)
    client.post(tell)
    assert [letter.to for letter in letters_sent()] == [[mira.email]]
    assert tell not in client.get(change).text
    assert "There is nothing to tell" in client.get(tell).text


def test_organiser_merges_in_the_list(network: Network, mira: User, olive: User, noor: User) -> None:
    rows = [suggest_topic(network, mira, title=title) for title in ("Pay", "Fees")]
    address = reverse("admin:events_suggestion_changelist")
    chosen = {"action": "merge_chosen", "_selected_action": [row.pk for row in rows]}
    signed_in(noor).post(address, chosen)
    assert Suggestion.objects.wanted().count() == 2
    client = signed_in(olive)
    client.post(address, {**chosen, "_selected_action": [rows[0].pk]})
    assert Suggestion.objects.wanted().count() == 2
    client.post(address, chosen)
    assert (Suggestion.objects.wanted().count(), Backing.objects.count()) == (1, 1)


def test_panel_is_scoped_by_network(network: Network, meeting: Meeting, mira: User, otto: User) -> None:
    topic, client = suggest_topic(network, mira, title="Juries"), signed_in(otto)
    assert "Juries" not in client.get(reverse("admin:events_suggestion_changelist")).text
    assert client.get(reverse("admin:events_suggestion_tell", args=[topic.pk])).status_code == 404
    assert client.get(reverse("admin:events_suggestion_change", args=[topic.pk])).status_code == 302
