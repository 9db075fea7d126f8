"""A Mailchimp audience export: a zip of CSV files, one for those who are subscribed, one for those who are not any more
("unsubscribed"), one for those whose mail came back ("cleaned"), and in newer ones one for those who never subscribed.

Files are called `subscribed_members_export_<hash>.csv`, since about 2023 `subscribed_email_audience_export_<hash>.csv`.
An audience names its own columns ("Email Address", "First Name", …); behind them come Mailchimp's, in capitals:
MEMBER_RATING, OPTIN_TIME, OPTIN_IP, CONFIRM_TIME, CONFIRM_IP, (LATITUDE, LONGITUDE,) GMTOFF, DSTOFF, TIMEZONE, CC,
REGION, LAST_CHANGED or UNSUB_TIME, UNSUB_CAMPAIGN_TITLE, UNSUB_CAMPAIGN_ID, UNSUB_REASON, UNSUB_REASON_OTHER or
CLEAN_TIME, CLEAN_CAMPAIGN_TITLE, CLEAN_CAMPAIGN_ID, then LEID, EUID, NOTES, TAGS. A file may have all three kinds.
"""

import re
from collections.abc import Sequence

from members.formats.people import Standing

OWN = frozenset(
    {"MEMBER_RATING", "OPTIN_TIME", "CONFIRM_TIME", "LAST_CHANGED", "UNSUB_TIME", "CLEAN_TIME", "LEID", "EUID"}
)
_NAME = re.compile(r"(?<![a-z])(subscribed|unsubscribed|cleaned|non-?subscribed)(?![a-z])")
_NAMED = {
    "subscribed": Standing.SUBSCRIBED,
    "unsubscribed": Standing.UNSUBSCRIBED,
    "cleaned": Standing.CLEANED,
    "nonsubscribed": Standing.NEVER,
}


def is_mailchimps(headings: Sequence[str]) -> bool:
    """Whether a table comes from Mailchimp: at least three of its own columns are there."""
    return len(OWN & set(headings)) >= 3


def standing_of_file(name: str, headings: Sequence[str]) -> Standing:
    """What a file says about everybody in it: by its name, else by the column that only files of one kind have."""
    found = _NAME.search(name.lower())
    if found:
        return _NAMED[found[1].replace("-", "")]
    has = set(headings)
    if "UNSUB_TIME" in has and not has & {"CLEAN_TIME", "LAST_CHANGED"}:
        return Standing.UNSUBSCRIBED
    if "CLEAN_TIME" in has and not has & {"UNSUB_TIME", "LAST_CHANGED"}:
        return Standing.CLEANED
    return Standing.SUBSCRIBED


def standing_of_row(cells: Sequence[str], headings: Sequence[str], standing: Standing) -> Standing:
    """What a row says, where that is less than what its file says: a time of leaving, or none of having asked to join.

    Somebody who was put on the list by others has neither OPTIN_TIME nor CONFIRM_TIME.
    """
    said = {heading: cell.strip() for heading, cell in zip(headings, cells, strict=False) if heading in OWN}
    if standing != Standing.SUBSCRIBED:
        return standing
    if said.get("UNSUB_TIME"):
        return Standing.UNSUBSCRIBED
    if said.get("CLEAN_TIME"):
        return Standing.CLEANED
    asked = [said[column] for column in ("OPTIN_TIME", "CONFIRM_TIME") if column in said]
    return Standing.NEVER if asked and not any(asked) else standing
