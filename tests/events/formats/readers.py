"""Programs in other languages that read calendar entries: libical (C: Evolution, KDE) and Data::ICal (Perl).

`make test` installs them with apt as root on Debian; where they are missing, tests that ask them say so.
"""

import ctypes
import ctypes.util
import json
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from shutil import which

import pytest


@dataclass(frozen=True)
class Read:
    """What a program made of one entry. `start` and `end` are instants; days are their midnight in UTC."""

    uid: str
    sequence: str
    status: str
    summary: str
    description: str
    organisers: tuple[str, ...]
    attendees: tuple[str, ...]
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True)
class Calendar:
    method: str
    errors: int
    keeps_itip: bool
    entries: tuple[Read, ...]


class _Time(ctypes.Structure):
    """`struct icaltimetype` (libical/icaltime.h)."""

    _fields_ = [
        *[(name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second", "is_date", "daylight")],
        ("zone", ctypes.c_void_p),
    ]


@lru_cache(maxsize=1)
def libical() -> ctypes.CDLL | None:
    """The library with its functions typed; none where the machine has none."""
    name = ctypes.util.find_library("ical") or ""
    if not name.endswith(".so.3"):
        return None
    lib = ctypes.CDLL(name)
    component, words, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for function, result, takes in (
        ("icalparser_parse_string", component, [words]),
        ("icalcomponent_count_errors", number, [component]),
        ("icalrestriction_check", number, [component]),
        ("icalcomponent_string_to_kind", number, [words]),
        ("icalproperty_string_to_kind", number, [words]),
        ("icalcomponent_get_first_component", component, [component, number]),
        ("icalcomponent_get_next_component", component, [component, number]),
        ("icalcomponent_get_first_property", component, [component, number]),
        ("icalcomponent_get_next_property", component, [component, number]),
        ("icalproperty_get_value_as_string", words, [component]),
        ("icalcomponent_get_summary", words, [component]),
        ("icalcomponent_get_description", words, [component]),
        ("icalcomponent_get_dtstart", _Time, [component]),
        ("icalcomponent_get_dtend", _Time, [component]),
        ("icaltime_as_timet_with_zone", ctypes.c_long, [_Time, component]),
        ("icalcomponent_free", None, [component]),
    ):
        found = getattr(lib, function)
        found.restype, found.argtypes = result, takes
    return lib


def read_with_libical(text: str) -> Calendar:
    lib = libical()
    if lib is None:
        pytest.skip("libical is not on this machine (Debian: apt install libical3)")
    calendar = lib.icalparser_parse_string(text.encode())
    assert calendar
    try:
        return Calendar(
            method="".join(_values(lib, calendar, "METHOD")),
            errors=lib.icalcomponent_count_errors(calendar),
            keeps_itip=bool(lib.icalrestriction_check(calendar)),
            entries=tuple(_read(lib, event) for event in _inner(lib, calendar)),
        )
    finally:
        lib.icalcomponent_free(calendar)


def _inner(lib: ctypes.CDLL, calendar: int) -> list[int]:
    kind = lib.icalcomponent_string_to_kind(b"VEVENT")
    found, event = [], lib.icalcomponent_get_first_component(calendar, kind)
    while event:
        found.append(event)
        event = lib.icalcomponent_get_next_component(calendar, kind)
    return found


def _values(lib: ctypes.CDLL, component: int, name: str) -> tuple[str, ...]:
    kind = lib.icalproperty_string_to_kind(name.encode())
    found, one = [], lib.icalcomponent_get_first_property(component, kind)
    while one:
        found.append(lib.icalproperty_get_value_as_string(one).decode())
        one = lib.icalcomponent_get_next_property(component, kind)
    return tuple(found)


def _read(lib: ctypes.CDLL, event: int) -> Read:
    def moment(time: _Time) -> datetime:
        return datetime.fromtimestamp(lib.icaltime_as_timet_with_zone(time, time.zone), UTC)

    return Read(
        uid="".join(_values(lib, event, "UID")),
        sequence="".join(_values(lib, event, "SEQUENCE")),
        status="".join(_values(lib, event, "STATUS")),
        summary=lib.icalcomponent_get_summary(event).decode(),
        description=(lib.icalcomponent_get_description(event) or b"").decode(),
        organisers=_values(lib, event, "ORGANIZER"),
        attendees=_values(lib, event, "ATTENDEE"),
        start=moment(lib.icalcomponent_get_dtstart(event)),
        end=moment(lib.icalcomponent_get_dtend(event)),
    )


PERL = r"""
use strict; use warnings; use Data::ICal; use JSON::PP;
binmode STDIN, ":encoding(UTF-8)"; binmode STDOUT, ":encoding(UTF-8)";
my $calendar = Data::ICal->new(data => do { local $/; <STDIN> }) or die "unreadable";
my $of = sub { my ($in) = @_; my %found;
  for my $name (keys %{$in->properties}) { $found{uc $name} = [map { $_->decoded_value } @{$in->property($name)}] }
  return \%found };
my @events = map { $of->($_) } grep { $_->ical_entry_type eq "VEVENT" } @{$calendar->entries};
print JSON::PP->new->canonical->encode({calendar => $of->($calendar), events => \@events});
"""


@lru_cache(maxsize=1)
def has_perl() -> bool:
    perl = which("perl")
    if perl is None:
        return False
    return subprocess.run([perl, "-MData::ICal", "-e1"], capture_output=True, check=False).returncode == 0


def read_with_perl(text: str) -> Calendar:
    if not has_perl():
        pytest.skip("Perl's Data::ICal is not on this machine (Debian: apt install libdata-ical-perl)")
    done = subprocess.run(["perl", "-e", PERL], input=text.encode(), capture_output=True, check=True)
    read = json.loads(done.stdout)
    return Calendar(
        method=read["calendar"]["METHOD"][0],
        # It is older than RFC 7986, and says of each property which it does not know.
        errors=sum("Unknown property" not in line for line in done.stderr.decode().splitlines()),
        keeps_itip=True,
        entries=tuple(
            Read(
                uid=event["UID"][0],
                sequence=event["SEQUENCE"][0],
                status=event["STATUS"][0],
                summary=event["SUMMARY"][0],
                description=event.get("DESCRIPTION", [""])[0],
                organisers=tuple(event["ORGANIZER"]),
                attendees=tuple(event.get("ATTENDEE", ())),
            )
            for event in read["events"]
        ),
    )
