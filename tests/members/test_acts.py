"""B80: who did what when, for a network's owners; never what was said, of whom, or where they are reached (R15)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Meeting
from members.actions.erasing import erase
from members.actions.recording import KEEP_ACTS, forget_acts, record_act
from members.models import Act, Membership, Network, User
from tests.conftest import member_of, person, signed_in
from tests.events.forms import form_values

pytestmark = pytest.mark.django_db
LIST = "/admin/members/act/"


def told() -> list[tuple[str, str, str, list[str]]]:
    return [(one.who, str(one), one.what, one.steps) for one in Act.objects.order_by("pk")]


def test_roles_and_settings_are_kept_with_before_and_after(olive: User, mira: User, network: Network) -> None:
    client, row = signed_in(olive), Membership.objects.get(user=mira)
    client.post(reverse("admin:members_membership_change", args=[row.pk]), {"role": "viewer", "state": "active"})
    settings = reverse("admin:members_network_change", args=[network.pk])
    values = form_values(client.get(settings).text, "network_form")
    client.post(settings, {**values, "tagline": "Secret words", "contact": "canary@x.example", "retention_days": "60"})
    assert told() == [
        ("Olive Okonjo", f"membership {row.pk}", "Changed Role.", ["role: member → viewer"]),
        (
            "Olive Okonjo",
            f"network {network.pk}",
            "Changed Who we are, in a sentence, Address for questions about data and Days after circulation until "
            "drafts are forgotten.",
            ["retention_days: 30 → 60"],
        ),
    ]
    page = signed_in(olive).get(LIST).text
    assert ("role: member → viewer" in page, "Secret words" in page, "canary@" in page) == (True, False, False)


def test_dates_capacity_and_state_of_a_meeting_are_kept(meeting: Meeting, olive: User) -> None:
    client, page = signed_in(olive), reverse("admin:events_meeting_change", args=[meeting.pk])
    values = form_values(client.get(page).text)
    client.post(page, {**values, "capacity": "20", "starts_at_0": "2037-01-15", "ends_at_0": "2037-01-15"})
    client.post(reverse("admin:events_meeting_act", args=[meeting.pk, "cancel"]))
    (changed, cancelled) = told()
    assert sorted(changed[3]) == [
        "capacity: – → 20",
        "ends_at: 2037-01-14T15:15+00:00 → 2037-01-15T15:15+00:00",
        "starts_at: 2037-01-14T14:00+00:00 → 2037-01-15T14:00+00:00",
    ]
    assert cancelled[:2] == ("Olive Okonjo", f"meeting {meeting.pk}")
    assert "cancel" in cancelled[2]


def test_owners_read_their_own_networks_and_others_nothing(
    olive: User, otto: User, noor: User, network: Network
) -> None:
    """R12. An owner here who organises elsewhere takes along what is here."""
    record_act(network, by=olive, words="Put to rest")
    organiser = person("oren@commons.example", "Oren")
    member_of(network, organiser, "organiser")
    member_of(network, otto, "organiser")
    for user in (noor, organiser):
        assert signed_in(user).get(LIST).status_code == 403
    assert "Put to rest" not in signed_in(otto).get(LIST).text
    assert b"Put to rest" not in signed_in(otto).post(f"{LIST}export/").getvalue()
    assert "Put to rest" in signed_in(olive).get(LIST).text
    lines = signed_in(olive).post(f"{LIST}export/").getvalue().decode()
    assert [cell in lines for cell in ("Olive Okonjo", "Put to rest", f"network {network.pk}")] == [True] * 3


def test_list_is_filtered_and_costs_the_same_however_long(olive: User, noor: User, network: Network) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(LIST).status_code == 200
        return len(asked)

    client = signed_in(olive)
    record_act(network, by=olive, words="The first")
    record_act(network, by=noor, words="The other")
    few = queries()
    for number in range(3):
        record_act(network, by=olive, words=f"More {number}")
    assert queries() == few
    by_noor = client.get(LIST, {"user__id__exact": noor.pk}).text
    assert ("The other" in by_noor, "The first" in by_noor) == (True, False)


def test_nobody_changes_a_row(olive: User, noor: User, network: Network) -> None:
    """Not the site's owner in the panel, and nobody in the database."""
    act = record_act(network, by=olive, words="Put to rest")
    assert act is not None
    root = signed_in(User.objects.create_superuser("root@site.example", name="Root"))
    for name in ("change", "delete"):
        assert root.post(reverse(f"admin:members_act_{name}", args=[act.pk]), {"post": "yes"}).status_code == 403
    for change in ({"words": "Nothing"}, {"user": noor}, {"number": 9}, {"values": {"a": ["b", "c"]}}):
        with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
            Act.objects.update(**change)


def test_whoever_is_erased_is_somebody(olive: User, noor: User, network: Network) -> None:
    record_act(network, by=noor, words="Uploaded a report")
    erase(noor.email, at=network.created_at)
    assert told() == [("somebody who was erased", f"network {network.pk}", "Uploaded a report", [])]
    assert "Noor" not in signed_in(olive).get(LIST).text


def test_acts_go_after_two_years(olive: User, network: Network) -> None:
    act = record_act(network, by=olive)
    assert act is not None
    assert forget_acts(act.at + KEEP_ACTS) == 0
    assert forget_acts(act.at + KEEP_ACTS + timedelta(seconds=1)) == 1


def test_what_belongs_to_no_network_is_not_recorded(olive: User, mira: User) -> None:
    assert record_act(mira, by=olive) is None
    assert not Act.objects.exists()
