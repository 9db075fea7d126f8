"""The cast: the same few people in every test, each known by a short name."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from events.models import AgendaItem, Meeting, Series, Speaker
from members.models import Membership, Network, User

pytest_plugins = ["tests.engines"]


@pytest.fixture
def files_in_memory(settings: Settings) -> None:
    """What speakers upload stays in the test."""
    settings.STORAGES = {**settings.STORAGES, "kept": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}


@pytest.fixture
def network(db: None) -> Network:
    return Network.objects.create(
        name="Public voices", slug="voices", tagline="People who engage the public on data.", records_joining=True
    )


@pytest.fixture
def other_network(db: None) -> Network:
    return Network.objects.create(name="Museum makers", slug="makers", tagline="People who run museums.")


def person(email: str, name: str, organisation: str = "", sector: str = "") -> User:
    user = User.objects.create_user(email, name=name, organisation=organisation, sector=sector)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def member_of(network: Network, user: User, role: str = "member", state: str = "active") -> Membership:
    return Membership.objects.create(network=network, user=user, role=role, state=state)


@pytest.fixture
def olive(network: Network) -> User:
    """The owner, who organises."""
    user = person("olive@commons.example", "Olive Okonjo", "Commons Trust", "civil-society")
    member_of(network, user, "owner")
    return user


@pytest.fixture
def noor(network: Network) -> User:
    """The note-taker."""
    user = person("noor@commons.example", "Noor Haddad", "Commons Trust", "civil-society")
    member_of(network, user, "note-taker")
    return user


@pytest.fixture
def mira(network: Network) -> User:
    """A member."""
    user = person("mira@river.example", "Mira Novak", "River County Council", "public")
    member_of(network, user)
    return user


@pytest.fixture
def otto(other_network: Network) -> User:
    """A member, and owner, of another network only."""
    user = person("otto@museum.example", "Otto Lindqvist", "Glass Museum", "civil-society")
    member_of(other_network, user, "owner")
    return user


@pytest.fixture
def stan(db: None) -> User:
    """Somebody with an account and no network."""
    return person("stan@elsewhere.example", "Stan Stranger")


@pytest.fixture
def series(network: Network) -> Series:
    return Series.objects.create(network=network, title="Monthly meeting", slug="monthly")


@pytest.fixture
def meeting(network: Network, series: Series) -> Meeting:
    """Meeting 4, published, in the future: 14 January 2037, 2pm to 3:15pm in London."""
    start = datetime(2037, 1, 14, 14, tzinfo=UTC)
    meeting = Meeting.objects.create(
        network=network,
        series=series,
        number=4,
        title="Monthly meeting",
        theme="Juries and panels",
        slug="2037-01-14-juries-and-panels",
        summary="What juries are good for.",
        starts_at=start,
        ends_at=start + timedelta(minutes=75),
        state="published",
        video_link="https://video.example/secret-room",
    )
    talk = AgendaItem.objects.create(meeting=meeting, position=1, kind="talk", basis="record", title="A jury on data")
    Speaker.objects.create(
        agenda_item=talk,
        name="Tove Berg",
        role="Director",
        organisation="Fjord Forum",
        name_seen_by="public",
        slides_seen_by="public",
        recording_seen_by="public",
    )
    AgendaItem.objects.create(meeting=meeting, position=2, kind="discussion", title="Discussion")
    return meeting


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
