"""Bringing in people from a list: upload, look, decide, tell, take back. The worker does it (members/importing)."""

import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions.mailing import Recipient, send_letter
from members.formats import mailchimp
from members.formats.people import Field, Standing, guessed
from members.formats.tables import rows_of, shape_of
from members.importing.bringing import bring_in
from members.importing.reading import read
from members.importing.undoing import undo as take_back
from members.models import Batch, Membership, Network, Piece, User

MOST_BYTES = 120_000_000
MOST_FILES = 8
STUCK_AFTER = timedelta(minutes=2)
MOST_STARTS = 5
TASKS = {Batch.State.READING: read, Batch.State.BRINGING: bring_in, Batch.State.UNDOING: take_back}
DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class ImportRefused(Exception):
    """A sentence for the organiser: what is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The headings of a table, its first rows, and which column most likely says what."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guesses: Mapping[Field, int]


@transaction.atomic
def begin(network: Network, *, by: User, files: Sequence[tuple[str, IO[bytes]]]) -> Batch:
    """Keep the files, sealed, and have them read; where it is no export that we know, once their columns are named.

    Raises `ImportRefused`, and then keeps nothing.
    """
    if network.is_resting:
        raise ImportRefused(_("This network is at rest: nobody can be brought in until it is woken."))
    batch = Batch.objects.create(network=network, created_by=by, moved_at=timezone.now())
    names: list[str] = []
    for name, chunks in _tables(files):
        if len(names) == MOST_FILES:
            raise ImportRefused(_("These are more files than an export has. Take them one export at a time."))
        _keep(batch, len(names), chunks)
        names.append(name)
    if not names:
        raise ImportRefused(_("There is no CSV file in this zip. Take the zip as Mailchimp made it, or a CSV file."))
    _recognise(batch, names)
    batch.save()
    if batch.state == Batch.State.READING:
        read.enqueue(batch.pk)
    return batch


def preview(batch: Batch, part: int = 0) -> Preview:
    """What one sees of a file when naming its columns."""
    head = list(islice(batch.chunks(part), 1))
    rows = rows_of(head, shape_of(head))
    headings = next(rows, None)
    if headings is None or headings.cells is None:
        raise ImportRefused(_("There are no rows in this file."))
    first = tuple(row.cells for row in islice(rows, 3) if row.cells is not None)
    return Preview(headings.cells, first, guessed(headings.cells, first[0] if first else ()))


@transaction.atomic
def choose_columns(batch: Batch, columns: Mapping[Field, int], standing: Standing) -> None:
    """Say which column holds what, and what the list says about everybody on it; then it is read."""
    files = [{"columns": dict(columns), "standing": standing}]
    waiting = Batch.objects.filter(pk=batch.pk, state=Batch.State.COLUMNS)
    if waiting.update(files=files, state=Batch.State.READING, moved_at=timezone.now()):
        read.enqueue(batch.pk)


@transaction.atomic
def go_ahead(batch: Batch) -> bool:
    """Bring in the good rows; whether that was still to be decided. Nobody is brought into a network at rest."""
    if Network.objects.select_for_update().get(pk=batch.network_id).is_resting:
        return False
    return _start(batch, Batch.State.READ, Batch.State.BRINGING)


@transaction.atomic
def undo(batch: Batch) -> bool:
    """Take out again whom the batch brought and who has touched nothing since; whether there was something to undo."""
    return _start(batch, Batch.State.DONE, Batch.State.UNDOING)


@transaction.atomic
def discard(batch: Batch) -> bool:
    """Bring nobody in, and delete what was uploaded; whether that was still to be decided."""
    undecided = [Batch.State.COLUMNS, Batch.State.READING, Batch.State.READ]
    if not Batch.objects.filter(pk=batch.pk, state__in=undecided).update(state=Batch.State.DISCARDED):
        return False
    batch.forget_files()
    return True


@transaction.atomic
def tell(batch: Batch, *, by: User) -> int:
    """Write to everybody the batch brought who has not agreed yet, once; to how many. Then they are on the list."""
    waiting = Batch.objects.filter(pk=batch.pk, state=Batch.State.DONE, told_at=None)
    if not waiting.update(told_at=timezone.now()):
        return 0
    rows = Membership.objects.on_list().filter(brought__batch=batch, state=Membership.State.BROUGHT)
    recipients = [
        Recipient(row.user.email, row.user.name, row.user, row.pk) for row in rows.select_related("user").order_by("pk")
    ]
    send_letter("brought_over", recipients, network=batch.network, created_by=by)
    return len(recipients)


def to_tell(batch: Batch) -> int:
    """How many would be written to."""
    return batch.brought.filter(membership__state=Membership.State.BROUGHT, membership__user__is_active=True).count()


def carry_on(now: datetime) -> list[int]:
    """Go on with batches whose worker was killed; their ids. A list that stops its reader every time is refused."""
    stuck = Batch.objects.filter(state__in=TASKS, moved_at__lt=now - STUCK_AFTER)
    going = []
    for batch in stuck:
        if batch.state == Batch.State.READING and batch.starts >= MOST_STARTS:
            stuck.filter(pk=batch.pk).update(state=Batch.State.REFUSED)
            batch.forget_files()
        elif stuck.filter(pk=batch.pk, state=batch.state).update(moved_at=now, starts=batch.starts + 1):
            TASKS[Batch.State(batch.state)].enqueue(batch.pk)
            going.append(batch.pk)
    return going


def forget_lists(now: datetime) -> int:
    """Delete uploaded lists that nobody decided about for a week; how many."""
    undecided = [Batch.State.COLUMNS, Batch.State.READ]
    old = Batch.objects.filter(state__in=undecided, created_at__lt=now - Batch.KEPT_FOR)
    return sum(discard(batch) for batch in old)


def _start(batch: Batch, state: Batch.State, then: Batch.State) -> bool:
    if not Batch.objects.filter(pk=batch.pk, state=state).update(state=then, moved_at=timezone.now(), cursor=0):
        return False
    TASKS[then].enqueue(batch.pk)
    return True


def _recognise(batch: Batch, names: Sequence[str]) -> None:
    """Fill in what is known of the files by their headings: all of them Mailchimp's, or one of any other kind."""
    seen = [preview(batch, part) for part in range(len(names))]
    known = [mailchimp.is_mailchimps(one.headings) for one in seen]
    if not any(known):
        if len(names) > 1:
            raise ImportRefused(_("These are not Mailchimp's. Take one file at a time, and say what its columns hold."))
        batch.state = Batch.State.COLUMNS
        return
    if not all(known):
        raise ImportRefused(_("Some of these files are Mailchimp's and some are not. Take the others by themselves."))
    if any(Field.ADDRESS not in guessed(one.headings) for one in seen):
        raise ImportRefused(_("A file has no column “Email Address”. Export the audience again, with that column."))
    batch.is_mailchimps = True
    batch.files = [
        {"columns": guessed(one.headings), "standing": mailchimp.standing_of_file(name, one.headings)}
        for name, one in zip(names, seen, strict=True)
    ]


def _keep(batch: Batch, part: int, chunks: Iterator[bytes]) -> None:
    pieces = (Piece.of(batch, part, number, chunk) for number, chunk in enumerate(chunks))
    while some := list(islice(pieces, 16)):
        Piece.objects.bulk_create(some)


def _tables(files: Sequence[tuple[str, IO[bytes]]]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The CSV files in what was uploaded, by name; of a zip those in it."""
    budget = _Budget()
    for name, file in files:
        if zipfile.is_zipfile(file):
            yield from _unpacked(file, budget)
            continue
        file.seek(0)
        if file.read(4) in WORKBOOKS:
            raise ImportRefused(_no_workbook())
        file.seek(0)
        yield name, budget.spend(file)


def _unpacked(whole: IO[bytes], budget: "_Budget") -> Iterator[tuple[str, Iterator[bytes]]]:
    try:
        with zipfile.ZipFile(whole) as packed:
            inside = [one for one in packed.infolist() if not one.is_dir() and "__MACOSX" not in one.filename]
            if any(one.filename == "[Content_Types].xml" for one in inside):
                raise ImportRefused(_no_workbook())
            for one in inside:
                if one.filename.lower().endswith(".csv"):
                    with packed.open(one) as file:
                        yield one.filename, budget.spend(file)
    except DAMAGED as error:
        raise ImportRefused(
            _("This zip is damaged, or opens only with a password. Unpack it and take the CSV files out of it.")
        ) from error


def _no_workbook() -> str:
    return _("This is a workbook, not a CSV file. Save it as “CSV UTF-8” from your spreadsheet, then take that file.")


class _Budget:
    """How much may still be unpacked: a small zip can hold more than any disk."""

    def __init__(self) -> None:
        self.left = MOST_BYTES

    def spend(self, file: IO[bytes]) -> Iterator[bytes]:
        """The file's bytes, a piece at a time; raises `ImportRefused` where they are too many."""
        while chunk := file.read(Piece.SIZE):
            self.left -= len(chunk)
            if self.left < 0:
                raise ImportRefused(_("These files are larger than any list of people. Take smaller ones."))
            yield chunk
