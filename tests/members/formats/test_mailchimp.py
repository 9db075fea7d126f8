"""Mailchimp's own files: which they are, and what they say about whoever is in them."""

import pytest

from members.formats.mailchimp import is_mailchimps, standing_of_file, standing_of_row
from members.formats.people import Standing

OWN = "MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,GMTOFF,DSTOFF,TIMEZONE,CC,REGION".split(",")
ADDRESS = ["Email Address", "First Name", "Last Name"]
SUBSCRIBED = [*ADDRESS, *OWN, "LAST_CHANGED", "LEID", "EUID", "NOTES", "TAGS"]
UNSUBSCRIBED = [
    *ADDRESS,
    *OWN,
    *"UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER,LEID,EUID,NOTES,TAGS".split(
        ","
    ),
]
CLEANED = [*ADDRESS, *OWN, *"CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID,LEID,EUID,NOTES,TAGS".split(",")]
ALL = [*SUBSCRIBED, "UNSUB_TIME", "CLEAN_TIME"]


@pytest.mark.parametrize("headings", [SUBSCRIBED, UNSUBSCRIBED, CLEANED, ALL])
def test_file_of_mailchimps_is_known(headings: list[str]) -> None:
    assert is_mailchimps(headings)


@pytest.mark.parametrize("headings", [[], ADDRESS, ["Email Address", "NOTES", "TAGS", "LEID"]])
def test_other_table_is_not_taken_for_mailchimps(headings: list[str]) -> None:
    assert not is_mailchimps(headings)


@pytest.mark.parametrize(
    ("name", "headings", "standing"),
    [
        ("subscribed_members_export_0a1b2c3d4e.csv", SUBSCRIBED, Standing.SUBSCRIBED),
        ("subscribed_email_audience_export_0a1b2c3d4e.csv", ALL, Standing.SUBSCRIBED),
        ("unsubscribed_email_audience_export_0a1b2c3d4e.csv", ALL, Standing.UNSUBSCRIBED),
        ("audience_export/cleaned_members_export_0a1b2c3d4e.csv", CLEANED, Standing.CLEANED),
        ("nonsubscribed_email_audience_export_0a1b2c3d4e.csv", SUBSCRIBED, Standing.NEVER),
        ("list (1).csv", SUBSCRIBED, Standing.SUBSCRIBED),
        ("list (2).csv", UNSUBSCRIBED, Standing.UNSUBSCRIBED),
        ("list (3).csv", CLEANED, Standing.CLEANED),
    ],
)
def test_what_a_file_says_is_known_by_its_name_or_by_its_columns(
    name: str, headings: list[str], standing: Standing
) -> None:
    assert standing_of_file(name, headings) == standing


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        ({"CONFIRM_TIME": "2024-01-15 10:30:00"}, Standing.SUBSCRIBED),
        ({"OPTIN_TIME": "2024-01-15 10:30:00"}, Standing.SUBSCRIBED),
        ({}, Standing.NEVER),
        ({"CONFIRM_TIME": "2024-01-15 10:30:00", "UNSUB_TIME": "2025-01-15 10:30:00"}, Standing.UNSUBSCRIBED),
        ({"CONFIRM_TIME": "2024-01-15 10:30:00", "CLEAN_TIME": "2025-01-15 10:30:00"}, Standing.CLEANED),
    ],
)
def test_row_of_a_subscribed_file_says_less_by_its_times(said: dict[str, str], standing: Standing) -> None:
    """Whoever was put on the list by others has no time of asking; nobody is subscribed by mistake."""
    cells = [said.get(heading, "") for heading in ALL]
    assert standing_of_row(cells, ALL, Standing.SUBSCRIBED) == standing


def test_row_of_an_unsubscribed_file_is_unsubscribed_whatever_its_times() -> None:
    assert (
        standing_of_row(["a@b.example", "x"], ["Email Address", "CONFIRM_TIME"], Standing.CLEANED) == Standing.CLEANED
    )


def test_table_without_times_of_asking_says_what_its_file_says() -> None:
    assert standing_of_row(["a@b.example"], ["Email Address"], Standing.SUBSCRIBED) == Standing.SUBSCRIBED
