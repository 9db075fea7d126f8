"""The figures in the order in which they are read."""

from cop.figures.counts import Counts
from cop.figures.pictures.attendance import attendance
from cop.figures.pictures.feedback import feedback
from cop.figures.pictures.members import members
from cop.figures.pictures.notes import reach
from cop.figures.pictures.sectors import sectors
from cop.figures.tables import Figure


def figures_of(counts: Counts) -> list[Figure]:
    return [draw(counts) for draw in (attendance, sectors, members, reach, feedback)]
