"""Different people by sector: groups of few are not shown, nor what would give them away (docs/decisions/0055)."""

from django.utils.translation import gettext as _

from cop.figures.counting import InSector
from cop.figures.counts import Counts
from cop.figures.rules import drawing
from cop.figures.rules.drawing import Group
from cop.figures.rules.small_groups import fewest, hidden
from cop.figures.spoken import not_shown, number
from cop.figures.tables import Figure, Table
from members.models import Sector


def sectors(counts: Counts) -> Figure:
    title = _("By sector")
    if not counts.people.registered:
        return Figure(key="sectors", title=title, nothing=_("Nobody registered in this time."))
    gone = hidden_sectors(counts)
    if len(gone) == len(counts.sectors):
        few = _("In each sector there are too few people to show: fewer than %d.")
        return Figure(key="sectors", title=title, nothing=few % least_of(counts))
    return Figure(
        key="sectors",
        title=title,
        said=_("%s different people registered. Whoever came to several meetings is counted once.")
        % number(counts.people.registered),
        whole=_("registered"),
        part=_("came") if is_kept(counts) else "",
        bars=drawing.bars([_group(one, is_kept(counts), at in gone) for at, one in enumerate(counts.sectors)]),
        table=sector_table(counts),
        note=note_on_few(counts) if gone else "",
    )


def sector_table(counts: Counts) -> Table:
    """With a line for those who did not say, where there are any."""
    kept, gone = is_kept(counts), hidden_sectors(counts)

    def cells(registered: int, came: int) -> tuple[str, ...]:
        return (number(registered), number(came)) if kept else (number(registered),)

    return Table(
        caption=_("Different people, by sector"),
        heads=(_("Sector"), _("Registered"), *([_("Came")] if kept else [])),
        rows=tuple(
            (name_of(one), *([not_shown()] * (1 + kept) if at in gone else cells(one.registered, one.came)))
            for at, one in enumerate(counts.sectors)
        ),
        foot=(_("Different people"), *cells(counts.people.registered, counts.people.came)),
    )


def hidden_sectors(counts: Counts) -> frozenset[int]:
    kept = is_kept(counts)
    groups = [(one.registered, one.came) if kept else (one.registered,) for one in counts.sectors]
    return hidden(groups, least=least_of(counts))


def note_on_few(counts: Counts) -> str:
    return _(
        "Fewer than %d people of a sector are not shown, nor another sector where these could be worked out from it."
    ) % least_of(counts)


def least_of(counts: Counts) -> int:
    return fewest(counts.network.sector_minimum)


def is_kept(counts: Counts) -> bool:
    """Whether anybody is known to have come."""
    return counts.people.came > 0


def name_of(one: InSector) -> str:
    return str(Sector(one.sector).label) if one.sector else _("Not said")


def _group(one: InSector, kept: bool, is_hidden: bool) -> Group:
    if is_hidden:
        return Group(name=name_of(one), said=not_shown(), whole=None, part=None)
    words = {"registered": number(one.registered), "came": number(one.came)}
    said = _("%(registered)s registered, %(came)s came") % words if kept else words["registered"]
    return Group(name=name_of(one), said=said, whole=one.registered, part=one.came if kept else None)
