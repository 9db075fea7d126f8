"""Lists of made-up people, as Mailchimp and spreadsheets write them."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence

from members.actions.importing import begin, go_ahead
from members.models import Batch, Network, User
from tests.post import run_waiting_tasks

OWN = "MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,GMTOFF,DSTOFF,TIMEZONE,CC,REGION".split(",")
ENDS = {
    "subscribed": ["LAST_CHANGED", "LEID", "EUID", "NOTES", "TAGS"],
    "unsubscribed": "UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER,LEID,EUID".split(
        ","
    ),
    "cleaned": ["CLEAN_TIME", "CLEAN_CAMPAIGN_TITLE", "CLEAN_CAMPAIGN_ID", "LEID", "EUID", "NOTES", "TAGS"],
    "nonsubscribed": ["LAST_CHANGED", "LEID", "EUID", "NOTES", "TAGS"],
}
PEOPLE = ["Email Address", "First Name", "Last Name", "Organisation", "Sector"]
TIME = "2024-01-15 10:30:00"


def table(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV."""
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(rows)
    return made.getvalue().encode()


def mailchimps(kind: str, people: Iterable[Sequence[str]]) -> bytes:
    """A file of an audience export: each of the people gives as many of PEOPLE's columns as they like."""
    headings = [*PEOPLE, *OWN, *ENDS[kind]]
    times = {"subscribed": {"CONFIRM_TIME"}, "unsubscribed": {"UNSUB_TIME"}, "cleaned": {"CLEAN_TIME"}}.get(kind, set())
    rest = [TIME if heading in times else "" for heading in headings[len(PEOPLE) :]]
    rows = [[*person, *[""] * (len(PEOPLE) - len(person)), *rest] for person in people]
    return table([headings, *rows])


def export(**people: Iterable[Sequence[str]]) -> io.BytesIO:
    """The zip that Mailchimp makes: `export(subscribed=[("a@b.example", "Ann")], cleaned=[...])`."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for kind, some in people.items():
            packed.writestr(f"{kind}_email_audience_export_0a1b2c3d4e.csv", mailchimps(kind, some))
    whole.seek(0)
    return whole


def read_list(network: Network, by: User, **people: Iterable[Sequence[str]]) -> Batch:
    """An export that was uploaded and read."""
    batch = begin(network, by=by, files=[("audience.zip", export(**people))])
    run_waiting_tasks()
    batch.refresh_from_db()
    return batch


def bring_list(network: Network, by: User, **people: Iterable[Sequence[str]]) -> Batch:
    """An export that was uploaded, read and brought in."""
    batch = read_list(network, by, **people)
    assert go_ahead(batch)
    run_waiting_tasks()
    batch.refresh_from_db()
    return batch
