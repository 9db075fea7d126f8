"""The dry run: read every row, say what would become of it, and keep what is good for later. Nobody is brought in."""

from collections import Counter
from collections.abc import Iterator

from django_tasks import task

from members.formats import mailchimp
from members.formats.people import BadRow, Entry, Field, Standing, person_in
from members.formats.tables import rows_of, shape_of
from members.importing.matching import as_row, match
from members.importing.turns import NotMine, add, step, take_turn
from members.models import Batch, Slice
from members.rules.bringing import Outcome

MOST_ROWS = 200_000
MOST_REASONS = 500
KEPT = {Outcome.NEW, Outcome.UNSUBSCRIBED, Outcome.CLEANED}
OFF = {Standing.UNSUBSCRIBED, Standing.CLEANED}
# Who is not to be written to is known before anybody is looked at who might be.
ORDER = (Standing.UNSUBSCRIBED, Standing.CLEANED, Standing.NEVER, Standing.SUBSCRIBED)


@task
def read(batch_id: int) -> None:
    """Read a batch's files from the beginning, whatever an earlier try had come to."""
    try:
        batch = take_turn(batch_id, Batch.State.READING)
        with step(batch) as begun:
            begun.slices.all().delete()
            begun.counts, begun.bad, begun.bad_count, begun.done, begun.total = {}, [], 0, 0, 0
        Reading(batch).all()
    except NotMine:
        return


class Reading:
    """One pass over the files of a batch. What it remembers of each row is the hash of its address."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.seen: set[int] = set()
        self.off: set[int] = set()
        self.counts: Counter[str] = Counter()
        self.bad: list[list[str | int]] = []
        self.waiting: list[Entry] = []
        self.rows = 0
        self.slices = 0

    def all(self) -> None:
        """Read to the end, or to the most rows there may be."""
        parts = sorted(range(len(self.batch.files)), key=lambda part: ORDER.index(self.batch.files[part]["standing"]))
        for part in parts:
            for one in entries_of(self.batch, part):
                self.take(one, part)
                if self.rows > MOST_ROWS:
                    self.settle(Batch.State.REFUSED)
                    return
        self.settle(Batch.State.READ if self.rows else Batch.State.REFUSED)

    def take(self, one: Entry | BadRow, part: int) -> None:
        """Look at one row: bad, a repetition, or somebody to look up."""
        self.rows += 1
        if isinstance(one, BadRow):
            self.bad.append([part, one.line, one.why])
        elif hash(one.address) in self.off:
            self.counts[Outcome.REPEATED if one.standing in OFF else Outcome.KEPT_OFF] += 1
        elif one.standing not in OFF and hash(one.address) in self.seen:
            self.counts[Outcome.REPEATED] += 1
        else:
            self.remember(one)
        if len(self.waiting) >= Slice.SIZE or len(self.bad) >= Slice.SIZE:
            self.keep()

    def remember(self, entry: Entry) -> None:
        (self.off if entry.standing in OFF else self.seen).add(hash(entry.address))
        self.waiting.append(entry)

    def keep(self) -> None:
        """Look up who is waiting, keep whom there is something to do about, and say how far we are."""
        with step(self.batch) as batch:
            self.save_into(batch)

    def settle(self, state: Batch.State) -> None:
        """The end: what was uploaded is not needed any more, and of a list that is refused nothing is."""
        with step(self.batch) as batch:
            self.save_into(batch)
            batch.state = state
            batch.pieces.all().delete()
            if state == Batch.State.REFUSED:
                batch.slices.all().delete()

    def save_into(self, batch: Batch) -> None:
        found = match(batch.network, self.waiting) if self.waiting else []
        self.counts.update(one.outcome for one in found)
        kept = [as_row(one.entry) for one in found if one.outcome in KEPT]
        if kept:
            Slice.of(batch, self.slices, kept).save()
            self.slices += 1
        add(batch, self.counts)
        batch.bad = [*batch.bad, *self.bad][:MOST_REASONS]
        batch.bad_count += len(self.bad)
        batch.total, batch.done = self.rows, 0
        self.counts, self.bad, self.waiting = Counter(), [], []


def entries_of(batch: Batch, part: int) -> Iterator[Entry | BadRow]:
    """The people of one file, and its bad rows; its headings are the first row that is not blank."""
    said = batch.files[part]
    rows = rows_of(batch.chunks(part), shape_of(batch.chunks(part)))
    headings = next(rows, None)
    if headings is None or headings.cells is None:
        return
    columns = {Field(field): int(at) for field, at in said["columns"].items()}
    for row in rows:
        standing = Standing(said["standing"])
        if batch.is_mailchimps and row.cells is not None:
            standing = mailchimp.standing_of_row(row.cells, headings.cells, standing)
        yield person_in(row, columns, len(headings.cells), standing)
