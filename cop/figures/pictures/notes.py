"""In how many letters notes went out. Who opens one is not counted."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _, ngettext

from cop.figures.counting import Circulated
from cop.figures.counts import Counts
from cop.figures.rules import drawing
from cop.figures.rules.drawing import Value
from cop.figures.rules.periods import Grain, grain_of, span_of
from cop.figures.spoken import head, number, stretch, under
from cop.figures.tables import Figure, Table


def reach(counts: Counts) -> Figure:
    out, title = counts.circulated, _("Reach of the notes")
    if not out:
        return Figure(key="reach", title=title, nothing=_("No notes went out in this time."))
    grain = grain_of([one.day for one in out])
    rows, letters = _rows(out, grain), sum(one.letters for one in out)
    said = ngettext(
        "Notes went out once, in %(letters)s letters.",
        "Notes went out %(times)s times, in %(letters)s letters.",
        len(out),
    )
    return Figure(
        key="reach",
        title=title,
        said=said % {"times": number(len(out)), "letters": number(letters)},
        part=_("letters to members"),
        columns=drawing.columns([Value(under=under(day, grain), whole=many, part=many) for day, _title, many in rows]),
        table=Table(
            caption=_("Letters with notes"),
            heads=(head(grain), _("Letters")),
            rows=tuple((stretch(day, grain, title), number(many)) for day, title, many in rows),
            foot=(_("Together"), number(letters)),
        ),
        note=_("Letters that were sent, by the day they went out. Who opens one is not counted: we do not look."),
    )


def _rows(out: Sequence[Circulated], grain: Grain) -> list[tuple[date, str, int]]:
    if grain is Grain.MEETING:
        return [(one.day, one.title, one.letters) for one in out]
    found = dict[date, int]()
    for one in out:
        found[span_of(one.day, grain)] = found.get(span_of(one.day, grain), 0) + one.letters
    return [(day, "", letters) for day, letters in found.items()]
