"""What is counted (B82): people once, days where the network is, nothing of other networks."""

from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from pytest_django import DjangoAssertNumQueries

from cop.figures.counting import Held, InSector, by_sector, circulated, feedback, held, people, topics
from cop.figures.counts import counts_of
from cop.figures.membership import membership
from cop.figures.rules.periods import Grain, Period, calendar_year
from events.models import Meeting, Registration, Survey, SurveyQuestion, Topic
from events.rules.surveys import Box, written_down
from members.actions.leaving import leave
from members.models import Agreement, Decision, Delivery, Mailing, Membership, Network, User
from notes.models import Circulation, Edition
from tests.conftest import member_of, person
from tests.figures.conftest import JANUARY, Hold, crowd

YEAR = calendar_year(2025)


def test_a_meeting_counts_who_registered_and_who_came(hold: Hold, network: Network) -> None:
    meeting = hold(0, crowd("public", 6, 4))
    Registration.objects.create(meeting=meeting, guest_email="w@people.example", name="W", state="waiting")
    Registration.objects.create(meeting=meeting, guest_email="c@people.example", name="C", state="cancelled")
    assert held(network, YEAR) == [Held(day=date(2025, 1, 15), title="Day 0", registered=6, came=4)]


def test_only_meetings_of_the_network_that_were_held_in_the_period_count(
    hold: Hold, network: Network, other_network: Network, meeting: Meeting
) -> None:
    """A draft, one that was cancelled, one before and one after, one that is to come, one of another network."""
    hold(0, network=other_network)
    for after, state in ((1, "draft"), (2, "cancelled"), (-15, "published"), (351, "published")):
        hold(after, state=state)
    kept = hold(350)
    assert [one.title for one in held(network, YEAR)] == [kept.theme]
    assert held(network, Period(date(2025, 1, 1), date(2099, 12, 31)))[-1].day < meeting.starts_at.date()


def test_a_day_is_one_where_the_network_is(hold: Hold, network: Network) -> None:
    """Just before midnight in London on 30 June is after it in Tokyo."""
    start = datetime(2025, 6, 30, 22, 30, tzinfo=UTC)
    hold(0, starts_at=start, ends_at=datetime(2025, 6, 30, 23, 30, tzinfo=UTC), time_zone="Asia/Tokyo")
    june, july = Period(date(2025, 6, 1), date(2025, 6, 30)), Period(date(2025, 7, 1), date(2025, 7, 31))
    assert (len(held(network, june)), len(held(network, july))) == (1, 0)
    network.time_zone = "Asia/Tokyo"
    assert (len(held(network, june)), len(held(network, july))) == (0, 1)


def test_people_are_counted_once_however_often_they_come(hold: Hold, network: Network, mira: User) -> None:
    first, second = hold(0, (("ann", "public", True),)), hold(30, (("ann", "public", False), ("bo", "", True)))
    for one in (first, second):
        Registration.objects.create(
            meeting=one, user=mira, name="Mira", sector="public", organisation=" a trust ", state="attended"
        )
    found = people(network, YEAR)
    assert (found.registered, found.came, found.organisations) == (3, 3, 2)
    assert by_sector(network, YEAR) == [
        InSector(sector="public", registered=2, came=2),
        InSector(sector="civil-society", registered=0, came=0),
        InSector(sector="private", registered=0, came=0),
        InSector(sector="academia", registered=0, came=0),
        InSector(sector="", registered=1, came=1),
    ]


def test_notes_count_the_letters_that_were_sent(hold: Hold, network: Network) -> None:
    meeting = hold(0)
    mailing = Mailing.objects.create(network=network, letter="notes/circulated")
    for number, state in enumerate(("sent", "sent", "failed", "waiting")):
        sent = JANUARY if state == "sent" else None
        Delivery.objects.create(mailing=mailing, email=f"{number}@people.example", state=state, sent_at=sent)
    for audience, number in ((0, 1), (1, 1)):
        edition = Edition.objects.create(
            meeting=meeting, audience=audience, number=number, title="Notes", content=[], made_on=JANUARY.date()
        )
        Circulation.objects.create(edition=edition, mailing=mailing, circulated_at=JANUARY)
    assert [(one.title, one.letters) for one in circulated(network, YEAR)] == [("Day 0", 2)]
    assert circulated(network, calendar_year(2024)) == []


def survey(meeting: Meeting, answers: dict[str, int], state: str = "closed") -> None:
    box = Box(count=sum(answers.values()), tallies={"1": answers})
    made = Survey.objects.create(
        network=meeting.network,
        meeting=meeting,
        title="Feedback",
        state=state,
        closed_at=JANUARY if state == "closed" else None,
        box=written_down(box),
    )
    SurveyQuestion.objects.create(survey=made, position=1, kind="scale", text="Was it worth your time?")


def test_feedback_is_seen_once_it_is_closed_and_of_five_or_more(hold: Hold, network: Network) -> None:
    """As everywhere (decision 41): of four nothing but that there were four, of what is open nothing."""
    survey(hold(0), {"5": 3, "4": 2})
    survey(hold(30), {"5": 4})
    survey(hold(60), {"1": 9}, state="open")
    assert [(one.title, one.answers, one.mean) for one in feedback(network, YEAR)] == [
        ("Day 0", 5, 4.6),
        ("Day 30", 4, None),
    ]


def test_topics_are_those_of_the_meetings_held(hold: Hold, network: Network, meeting: Meeting) -> None:
    juries, money = (
        Topic.objects.create(network=network, name=name, slug=name.lower()) for name in ("Juries", "Money")
    )
    Topic.objects.create(network=network, name="Nothing yet", slug="nothing")
    hold(0).topics.set([juries, money])
    hold(30).topics.set([money])
    meeting.topics.set([juries])
    assert topics(network, YEAR) == [("Money", 2), ("Juries", 1)]


def joined(membership: Membership, *times: datetime) -> Membership:
    """The log refuses changes, so it is written as of then."""
    Membership.objects.filter(pk=membership.pk).update(joined_at=times[0])
    for time in times:
        with patch("django.utils.timezone.now", return_value=time):
            Agreement.objects.create(membership=membership, wording="The Rule", way="form")
    return membership


def gone(membership: Membership, time: datetime) -> None:
    Membership.objects.filter(pk=membership.pk).update(state="left")
    Decision.objects.create(membership=membership, what="left", way="page", made_at=time)


def test_members_are_counted_by_month_who_joined_and_who_left(network: Network) -> None:
    """Ann stays, Bo leaves, Cy leaves and comes back; Di waits for approval, Ed was brought over and has not agreed."""
    january, march, may = (datetime(2025, month, 3, tzinfo=UTC) for month in (1, 3, 5))
    ann, bo, cy, di, ed = (
        member_of(network, person(f"{n}@people.example", n)) for n in ("ann", "bo", "cy", "di", "ed")
    )
    joined(ann, january)
    gone(joined(bo, january), march)
    gone(joined(cy, january, may), march)
    Membership.objects.filter(pk=cy.pk).update(state="active")
    Membership.objects.filter(pk=di.pk).update(state="pending")
    Membership.objects.filter(pk=ed.pk).update(state="brought")
    found = membership(network, Period(date(2025, 1, 1), date(2025, 6, 30)))
    assert [(one.begins.month, one.joined, one.left, one.members) for one in found] == [
        (1, 3, 0, 3), (2, 0, 0, 3), (3, 0, 2, 1), (4, 0, 0, 1), (5, 1, 0, 2), (6, 0, 0, 2),
    ]  # fmt: skip
    assert {one.grain for one in found} == {Grain.MONTH}
    assert membership(network, Period(date(2098, 1, 1), date(2098, 6, 30))) == []


def test_leaving_is_in_the_figures(network: Network, olive: User, mira: User) -> None:
    """By the page on which people leave."""
    leave(network.memberships.get(user=mira))
    (this_month,) = membership(network, Period(network.today.replace(day=1), network.today))
    assert (this_month.joined, this_month.left, this_month.members) == (2, 1, 1)


@pytest.mark.parametrize("number", [1, 3])
def test_everything_is_counted_in_as_many_queries_whatever_there_is(
    hold: Hold, network: Network, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for at in range(number):
        survey(hold(at, crowd("public", number, number)), {"5": 5})
    with django_assert_num_queries(11):
        counts = counts_of(network, YEAR)
    assert len(counts.held) == len(counts.feedback) == number
