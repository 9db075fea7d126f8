"""A meeting that has been held, with people who were there and something to note."""

from datetime import UTC, datetime

import pytest

from events.models import AgendaItem, Meeting, Registration
from members.models import User
from notes.actions.noting import open_notebook
from notes.models import Notebook

NOW = datetime(2037, 1, 15, 10, tzinfo=UTC)


def attended(meeting: Meeting, name: str, organisation: str, sector: str, **fields: object) -> Registration:
    """Somebody who was there as a guest."""
    email = f"{name.split(maxsplit=1)[0].lower()}@guest.example"
    return Registration.objects.create(
        meeting=meeting,
        guest_email=email,
        name=name,
        organisation=organisation,
        sector=sector,
        state="attended",
        **{"confirmed": True, **fields},
    )


@pytest.fixture
def ana(meeting: Meeting) -> Registration:
    return attended(meeting, "Ana Prieto", "Tern Valley Council", "public")


@pytest.fixture
def bola(meeting: Meeting) -> Registration:
    return attended(meeting, "Bola Adeyemi", "Marsh Council", "public")


@pytest.fixture
def cai(meeting: Meeting) -> Registration:
    return attended(meeting, "Cai Pugh", "Marsh Council", "public")


@pytest.fixture
def members_place(meeting: Meeting, mira: User) -> Registration:
    """Mira, who is a member, was there too."""
    return Registration.objects.create(
        meeting=meeting,
        user=mira,
        name=mira.name,
        organisation=mira.organisation,
        sector=mira.sector,
        state="attended",
        confirmed=True,
    )


@pytest.fixture
def discussion(meeting: Meeting) -> AgendaItem:
    return meeting.agenda.get(kind="discussion")


@pytest.fixture
def notebook(meeting: Meeting) -> Notebook:
    return open_notebook(meeting)


def key(registration: Registration) -> str:
    return f"r{registration.pk}"
