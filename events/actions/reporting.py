"""Who was there, by the report of the call: take it in, look, decide, take it back (B78, B82)."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.formats.zoom import Kind, NoReport, Person, Trouble, read_report
from events.models import AttendanceReport, Meeting, Registration
from events.rules.attendance import By, Known, Seen, match
from members.formats.tables import rows_of, shape_of
from members.models import AddressKey, KeptOff, Membership, User

State = AttendanceReport.State
MOST_BYTES = 5_000_000
SENTENCES: dict[Trouble, Promise] = {
    Trouble.EMPTY: _("There are no rows in this file."),
    Trouble.UNKNOWN: _(
        "This is no report that we know: it has no row of headings such as “Name (Original Name)” or “First Name”. "
        "Download it again from Zoom's reports, as a CSV file."
    ),
    Trouble.LARGE: _("More people are in this file than in any meeting. Take the report of one meeting."),
}
WORKBOOK = _("This is a workbook or a zip, not a CSV file. Save it as CSV, then take that file.")
TOO_LARGE = _("This file is larger than any report of a meeting. Take the report of one meeting.")
NOT_BEGUN = _("This meeting has not begun yet. Take the report when it is over.")


class ReportRefused(Exception):
    """A sentence for the organiser: what is wrong, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Somebody in the report, who that is, and what may become of it."""

    number: int
    person: Person
    by: By
    registration: Registration | None
    is_new: bool
    may_be_added: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a report says of those who registered as things are now; `seen` tells whether that has changed since."""

    lines: list[Line]
    missing: int
    seen: str

    @property
    def to_mark(self) -> list[Registration]:
        """Who would be marked as having been there, each once."""
        new = {line.registration.pk: line.registration for line in self.lines if line.registration and line.is_new}
        return list(new.values())

    def by(self, *ways: By) -> list[Line]:
        return [line for line in self.lines if line.by in ways]


@transaction.atomic
def take_report(meeting: Meeting, content: bytes, *, by: User, at: datetime) -> AttendanceReport:
    """Read a report of `meeting`, and keep, sealed, whom it names. Nothing is changed by it. Raises `ReportRefused`."""
    if meeting.starts_at > at:
        raise ReportRefused(str(NOT_BEGUN))
    if len(content) > MOST_BYTES:
        raise ReportRefused(str(TOO_LARGE))
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ReportRefused(str(WORKBOOK))
    try:
        read = read_report(row.cells for row in rows_of([content], shape_of([content])) if row.cells is not None)
    except NoReport as refused:
        raise ReportRefused(str(SENTENCES[refused.why])) from refused
    report = AttendanceReport(meeting=meeting, created_by=by, kind=read.kind)
    report.keep([[list(one.names), one.address, one.minutes, one.joins] for one in read.people])
    report.counts = {"people": len(read.people), "absent": read.absent}
    report.save()
    return report


def proposal(report: AttendanceReport) -> Proposal:
    """Who is meant, among those who registered as the list is now."""
    people = _people(report)
    rows = {row.pk: row for row in report.meeting.registrations.select_related("user")}
    found = match([Seen(one.address, one.names) for one in people], [_known(row) for row in rows.values()])
    away = _kept_away(report.meeting, (one.address for one in people))
    lines = [
        Line(
            number=number,
            person=person,
            by=answer.by,
            registration=rows.get(answer.key),
            is_new=_is_new(report, rows.get(answer.key)),
            may_be_added=not answer.key and bool(person.address) and person.address not in away,
        )
        for number, (person, answer) in enumerate(zip(people, found, strict=True))
    ]
    there = {line.registration.pk for line in lines if line.registration}
    missing = sum(row.pk not in there for row in rows.values() if row.state == Registration.State.REGISTERED)
    words = "\n".join(f"{line.by} {line.registration and line.registration.pk} {line.is_new}" for line in lines)
    return Proposal(lines=lines, missing=missing, seen=hashlib.sha256(words.encode()).hexdigest()[:16])


@transaction.atomic
def use_report(report: AttendanceReport, *, seen: str, add: Collection[int] = ()) -> bool:
    """Mark who was there, and add the chosen ones (by their number in the report) as guests; nobody is written to.

    Whether that was what had been `seen`: otherwise nothing is changed, and the page shows how it is now.
    """
    Meeting.objects.select_for_update().get(pk=report.meeting_id)
    held = AttendanceReport.objects.select_for_update(of=("self",)).select_related("meeting__network").get(pk=report.pk)
    if held.state != State.READ or (found := proposal(held)).seen != seen:
        return False
    marked = found.to_mark
    before = [[row.pk, row.state] for row in marked]
    chosen = held.meeting.registrations.filter(pk__in=[row.pk for row in marked])
    chosen.update(state=Registration.State.ATTENDED)
    added = [_add(held, line.person).pk for line in found.lines if line.may_be_added and line.number in add]
    held.keep({"marked": before, "added": added})
    held.state = State.DONE
    counted = Counter(line.by.value for line in found.lines)
    held.counts = {**held.counts, **counted, "marked": len(before), "added": len(added), "missing": found.missing}
    held.save()
    return True


@transaction.atomic
def undo_report(report: AttendanceReport) -> bool:
    """Take back what the report changed and nobody has changed since; whether there was something to take back."""
    Meeting.objects.select_for_update().get(pk=report.meeting_id)
    held = AttendanceReport.objects.select_for_update().get(pk=report.pk)
    done = held.kept()
    if held.state != State.DONE or done is None:
        return False
    there = Registration.objects.filter(meeting=held.meeting_id, state=Registration.State.ATTENDED)
    for pk, state in done["marked"]:
        there.filter(pk=pk).update(state=state)
    # Who has said since that this is them has a registration of their own.
    Registration.objects.filter(meeting=held.meeting_id, pk__in=done["added"], confirmed=False).delete()
    held.state, held.sealed = State.UNDONE, b""
    held.save(update_fields=["state", "sealed"])
    return True


@transaction.atomic
def discard_report(report: AttendanceReport) -> bool:
    """Use nothing of it, and forget whom it names; whether that was still to be decided."""
    undecided = AttendanceReport.objects.filter(pk=report.pk, state=State.READ)
    return bool(undecided.update(state=State.DISCARDED, sealed=b""))


def forget_reports(now: datetime) -> int:
    """Forget whom reports of a week ago name, and with that how to undo them; how many."""
    old = AttendanceReport.objects.filter(created_at__lt=now - AttendanceReport.KEPT_FOR).exclude(sealed=b"")
    with transaction.atomic():
        undecided = old.filter(state=State.READ).update(state=State.DISCARDED, sealed=b"")
        return undecided + old.update(sealed=b"")


def forget_in_reports(email: str) -> None:
    """Take somebody who is erased out of reports that nobody has decided about yet."""
    for report in AttendanceReport.objects.select_for_update().filter(state=State.READ).exclude(sealed=b""):
        people = report.kept()
        left = [one for one in people if one[1] != email.lower()]
        if len(left) < len(people):
            report.keep(left)
            report.save(update_fields=["sealed"])


def _people(report: AttendanceReport) -> list[Person]:
    kept = report.kept() if report.state == State.READ else None
    return [
        Person(names=tuple(names), address=address, minutes=minutes, joins=joins)
        for names, address, minutes, joins in kept or []
    ]


def _known(row: Registration) -> Known:
    return Known(row.pk, frozenset({row.email.lower()}), (row.name, *row.aliases))


def _is_new(report: AttendanceReport, registration: Registration | None) -> bool:
    """Whether the report says of them that they were there, and nobody has said so yet."""
    if registration is None or report.kind != Kind.ATTENDANCE:
        return False
    return registration.state != Registration.State.ATTENDED


def _kept_away(meeting: Meeting, addresses: Iterable[str]) -> frozenset[str]:
    """Addresses that no list brings in again: whoever was erased, or asked not to be written to (decision 30)."""
    digests = AddressKey.objects.digests([address for address in addresses if address])
    off = set(
        KeptOff.objects.filter(network=meeting.network_id, digest__in=digests.values()).values_list("digest", flat=True)
    )
    return frozenset(address for address, digest in digests.items() if digest in off)


def _add(report: AttendanceReport, person: Person) -> Registration:
    """A place of that day for somebody who did not register here; what it says is nobody's own word."""
    members = Membership.objects.active().filter(network=report.meeting.network_id, user__email__iexact=person.address)
    member = members.select_related("user").first()
    came = report.kind == Kind.ATTENDANCE
    return Registration.objects.create(
        meeting=report.meeting,
        user=member.user if member else None,
        guest_email="" if member else person.address,
        name=person.names[0],
        also_known_as="\n".join(person.names[1:]),
        state=Registration.State.ATTENDED if came else Registration.State.REGISTERED,
    )
