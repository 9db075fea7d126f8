"""What is looked at the day before a meeting (B83). No address is ever fetched: see docs/decisions/0057."""

from dataclasses import replace

import pytest

from events.rules.preflight import Check, Seen, is_well_formed, preflight

READY = Seen(
    is_online=True,
    link="https://video.example/room",
    was_tried=True,
    hosts=2,
    speakers_confirmed=True,
    slides_in=True,
    reminds=True,
    reads_back=True,
)


def test_ready_meeting_passes_every_check() -> None:
    assert preflight(READY) == dict.fromkeys(Check, True)


@pytest.mark.parametrize(
    ("seen", "open_check"),
    [
        (replace(READY, link=""), Check.LINK),
        (replace(READY, was_tried=False), Check.TRIED),
        (replace(READY, hosts=1), Check.HOSTS),
        (replace(READY, speakers_confirmed=False), Check.SPEAKERS),
        (replace(READY, slides_in=False), Check.SLIDES),
        (replace(READY, reminds=False), Check.REMINDER),
        (replace(READY, reads_back=False), Check.ENTRY),
    ],
)
def test_each_thing_that_is_missing_is_open_and_nothing_else(seen: Seen, open_check: Check) -> None:
    assert [check for check, passed in preflight(seen).items() if not passed] == [open_check]


def test_room_needs_no_link() -> None:
    in_a_room = preflight(replace(READY, is_online=False, link="", was_tried=False))
    assert in_a_room == {check: True for check in Check if check not in (Check.LINK, Check.TRIED)}


@pytest.mark.parametrize(
    ("link", "is_good"),
    [
        ("https://video.example/j/123?pwd=abc", True),
        ("https://eu01-meet.video.example:443/room", True),
        ("http://video.example/room", False),
        ("https://video.example:8443/room", False),
        ("https://me:secret@video.example/room", False),
        ("https://localhost/room", False),
        ("https://127.0.0.1/room", False),
        ("https://[::1]/room", False),
        ("https://video.example:99999/room", False),
        ("https://-video.example/", False),
        ("zoommtg://video.example/room", False),
        ("", False),
    ],
)
def test_link_is_well_formed(link: str, is_good: bool) -> None:
    assert is_well_formed(link) is is_good
