"""Whether a match gives somebody away: block, ask, or let it pass."""

from notes.rules.leaks import bodies, jobs, people
from notes.rules.leaks.context import Context
from notes.rules.leaks.finding import Severity
from notes.rules.leaks.forms import Shape
from notes.rules.leaks.matching import Match
from notes.rules.leaks.roster import Roster

_JUDGES = {
    Shape.PHRASE: people.several_words,
    Shape.WORD: people.one_word,
    Shape.LETTERS: people.initials,
    Shape.ADDRESS: people.address,
    Shape.BODY: bodies.whole,
    Shape.BODY_WORD: bodies.one_word,
    Shape.BODY_PART: bodies.part,
    Shape.ACRONYM: bodies.acronym,
    Shape.PLACE: bodies.place,
    Shape.ROLE: jobs.title,
    Shape.JOB: jobs.cut_short,
    Shape.POST: jobs.letters,
    Shape.HEAD: jobs.noun,
    Shape.SECTOR: jobs.sector,
}


def judge(match: Match, context: Context, roster: Roster) -> Severity | None:
    """The verdict on one match in its surroundings; a guess never blocks."""
    verdict = _JUDGES[match.form.shape](match, context, roster)
    return "ask" if verdict == "block" and match.guess else verdict
