"""A report for whoever pays for a network, of any period, on one page (B86)."""

from collections.abc import Iterator, Sequence

from django.utils.translation import get_language, gettext as _, ngettext

from cop.figures.counts import Counts
from cop.figures.formats.sheet import Drawn, Section, Sheet
from cop.figures.pictures.attendance import in_rows, share_that_came, table_of
from cop.figures.pictures.feedback import answers_in, mean_of, said_of_feedback
from cop.figures.pictures.sectors import hidden_sectors, is_kept, note_on_few, sector_table
from cop.figures.spoken import mean, number, period, unknown
from cop.figures.tables import Table
from events.rules.surveys import FEWEST

MOST_ROWS = 12
MOST_TOPICS = 12


def sheet_of(counts: Counts, sentence: str) -> Sheet:
    """`sentence` is the organiser's own, "" for none."""
    people = counts.people
    return Sheet(
        network=counts.network.name,
        title=_("Our meetings, %s") % period(counts.period),
        sentence=sentence,
        numbers=(
            (ngettext("meeting held", "meetings held", len(counts.held)), number(len(counts.held))),
            (_("registrations"), number(counts.registered)),
            (_("attendances"), number(counts.came) if counts.came else unknown()),
            (_("different people"), number(people.registered)),
            (_("organisations"), number(people.organisations)),
        ),
        attendance=_attendance(counts),
        sectors=_sectors(counts),
        topics=_topics(counts),
        feedback=_feedback(counts),
        foot=_(
            "Counted without names. Numbers that would show groups of few people are left out, and with them those "
            "from which they could be worked out. We meet under the Chatham House Rule."
        ),
        language=get_language() or "en-gb",
    )


def _attendance(counts: Counts) -> Section:
    title = _("Registered, and came")
    if not counts.held:
        return Section(title=title, said=_("No meeting was held in this time."))
    grain, rows = in_rows(counts.held, most=MOST_ROWS)
    share = share_that_came(counts.held)
    said = _("Of 100 who registered, %d came.") % share if share is not None else _("Who came was not kept.")
    gaps = any(one.registered and not one.came for one in counts.held)
    note = _("Where nobody kept who came there is a dash.") if share is not None and gaps else ""
    if share is not None:
        said = _("%s In outline: who registered; filled: who came.") % said
    drawn = Drawn(table=table_of(counts, grain, rows), bars=_shares([(row.registered, row.came) for row in rows]))
    return Section(title=title, said=said, drawn=drawn, note=note)


def _shares(pairs: Sequence[tuple[int, int] | None]) -> tuple[tuple[float, float] | None, ...]:
    top = max((pair[0] for pair in pairs if pair), default=0)
    return tuple((pair[0] / top, pair[1] / top) if pair and top else None for pair in pairs)


def _sectors(counts: Counts) -> Section:
    title, gone = _("People, by sector"), hidden_sectors(counts)
    if not counts.people.registered:
        return Section(title=title, said=_("Nobody registered in this time."))
    pairs = [
        None if at in gone else (one.registered, one.came if is_kept(counts) else 0)
        for at, one in enumerate(counts.sectors)
    ]
    said = _("Whoever came to several meetings is counted once.")
    drawn = Drawn(table=sector_table(counts), bars=_shares(pairs))
    return Section(title=title, said=said, drawn=drawn, note=note_on_few(counts) if gone else "")


def _topics(counts: Counts) -> Section:
    if not counts.topics:
        return Section(title=_("Topics"), said=_("No topics were given to the meetings."))
    shown, more = counts.topics[:MOST_TOPICS], len(counts.topics[MOST_TOPICS:])
    said = ", ".join(f"{name} ({number(held)})" for name, held in shown)
    if more:
        said = _("%(topics)s, and %(more)s more") % {"topics": said, "more": number(more)}
    return Section(title=_("Topics"), said=f"{said}.", note=_("With the number of meetings about each."))


def _feedback(counts: Counts) -> Section:
    if not counts.feedback:
        return Section(title=_("Feedback"), said=_("None was asked for, or none is closed yet."))
    few = _("Where fewer than %d answered about a meeting, only how many is counted.") % FEWEST
    return Section(title=_("Feedback"), said=said_of_feedback(counts.feedback), note=few)


def tables_of(counts: Counts) -> Iterator[Table]:
    """What the report shows, as tables for a spreadsheet; of the meetings all."""
    sheet = sheet_of(counts, "")
    yield Table(caption=sheet.title, heads=(_("What"), _("Number")), rows=sheet.numbers)
    if counts.held:
        yield table_of(counts, *in_rows(counts.held, most=len(counts.held)))
    if counts.people.registered:
        yield sector_table(counts)
    if counts.topics:
        rows = tuple((name, number(held)) for name, held in counts.topics)
        yield Table(caption=_("Topics"), heads=(_("Topic"), _("Meetings")), rows=rows)
    if counts.feedback:
        answers, average = number(answers_in(counts.feedback)), mean(mean_of(counts.feedback))
        yield Table(caption=_("Feedback"), heads=(_("Answers"), _("Mean")), rows=((answers, average),))


def spreadsheet_rows(counts: Counts) -> Iterator[tuple[str, ...]]:
    """The tables below one another, an empty row between them."""
    for at, table in enumerate(tables_of(counts)):
        if at:
            yield ()
        yield (table.caption,)
        yield table.heads
        yield from table.rows
        if table.foot:
            yield table.foot
