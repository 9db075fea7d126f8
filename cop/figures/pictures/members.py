"""How many members there were, who joined, who left: without a name."""

from django.utils.translation import gettext as _

from cop.figures.counts import Counts
from cop.figures.rules import drawing
from cop.figures.rules.drawing import Point
from cop.figures.spoken import head, number, stretch, under
from cop.figures.tables import Figure, Table


def members(counts: Counts) -> Figure:
    rows = counts.members
    if not rows:
        return Figure(key="members", title=_("Members"), nothing=_("This time has not begun."))
    grain = rows[0].grain
    top = drawing.round_top(max(row.members for row in rows))
    together = {
        "joined": number(sum(row.joined for row in rows)),
        "left": number(sum(row.left for row in rows)),
        "members": number(rows[-1].members),
    }
    return Figure(
        key="members",
        title=_("Members"),
        said=_("%(members)s members at the end; %(joined)s joined, %(left)s left.") % together,
        part=_("members"),
        curve=drawing.curve(
            [Point(under=under(row.begins, grain), value=row.members) for row in rows], bottom=0, top=top, steps=2
        ),
        table=Table(
            caption=_("Members, who joined, who left"),
            heads=(head(grain), _("Joined"), _("Left"), _("Members at its end")),
            rows=tuple(
                (stretch(row.begins, grain), number(row.joined), number(row.left), number(row.members)) for row in rows
            ),
            foot=(_("Together"), *together.values()),
        ),
        note=_("People who were erased are in no number, at no time."),
    )
