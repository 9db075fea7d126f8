"""What somebody asked for, as terms that a text has or has not."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from cop.search.rules.words import COMPOUND, Word, compounds_of, forms_of, spaced, tidy, words_of

LONGEST_QUESTION = 200
MOST_TERMS = 8
# A shorter word has to be there as it is: who looks for "AI" does not want "aim".
SHORTEST_BEGINNING = 4
_PIECE = regex.compile(rf'"([^"]*)"|({COMPOUND})(\*?)')
_QUOTATION_MARKS = dict.fromkeys(map(ord, "“”„«»"), '"')
# Left out where other words were asked for: nobody finds anything by them.
SMALL_WORDS = frozenset(
    """
    a about an and are as at be by did do does for from had has have how i in is it its of on or our that the their
    they this to was we were what when where which who why will with you your
    """.split()
)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for, a word, a compound or a phrase, in each way it may be written.

    A way is folded words with a space before each. Where a space ends it, its last word is whole; otherwise that is
    the beginning of one. A text says the term if one of the ways is part of what is `compared` of it.
    """

    ways: tuple[str, ...]


def asked(question: str) -> tuple[Term, ...]:
    """The terms of a question as it was typed, whatever was typed; every one of them has to be found."""
    pieces = list(_pieces(shown(question).translate(_QUOTATION_MARKS)))
    telling = [term for words, term in pieces if not SMALL_WORDS.issuperset(words)]
    return tuple(dict.fromkeys(telling or [term for _words, term in pieces]))[:MOST_TERMS]


def shown(question: str) -> str:
    """The question as the page repeats it: what can be seen of it, and no more than one types."""
    return " ".join(tidy(question[: 2 * LONGEST_QUESTION]).split())[:LONGEST_QUESTION]


def places(text: str, terms: Sequence[Term]) -> list[tuple[int, int, Term]]:
    """Where in a line of tidy text the terms stand: start and end in code points, and which; in the text's order."""
    words, compounds = words_of(text), compounds_of(text)
    found = []
    for term in terms:
        for way in term.ways:
            runs = [*_runs(words, way), *([one] for one in compounds if spaced([one]).startswith(way))]
            found += [(run[0].start, run[-1].end, term) for run in runs]
    return sorted(found, key=lambda place: place[:2])


def _pieces(question: str) -> Iterator[tuple[tuple[str, ...], Term]]:
    """The folded words of each piece of a question with what they ask for."""
    for piece in _PIECE.finditer(question):
        words = tuple(word.folded for word in words_of(piece[0]))
        if not words:
            continue
        if piece[1] is not None:
            yield words, Term((_way(words, is_whole=True),))
        else:
            yield words, Term(_shortest(list(_ways(words, is_beginning=piece[3] == "*"))))


def _ways(words: tuple[str, ...], *, is_beginning: bool) -> Iterator[str]:
    """In what forms these words, as they are or as one, may be written."""
    for *before, last in dict.fromkeys([words, ("".join(words),)]):
        for form in [last] if is_beginning else forms_of(last):
            is_short = min(len(form), len(last)) < SHORTEST_BEGINNING
            yield _way((*before, form), is_whole=is_short and not is_beginning)


def _shortest(ways: list[str]) -> tuple[str, ...]:
    """The ways without those that hold another: where " panel" is found, so is " panels"."""
    return tuple(way for way in ways if not any(other != way and way.startswith(other) for other in ways))


def _way(words: tuple[str, ...], *, is_whole: bool) -> str:
    return "".join(f" {word}" for word in words) + " " * is_whole


def _runs(words: list[Word], way: str) -> Iterator[list[Word]]:
    """The runs of words that are written in this way."""
    line = spaced(words)
    begins = [at for at, letter in enumerate(line) if letter == " "]
    at = line.find(way)
    while at >= 0:
        first = bisect_left(begins, at)
        yield words[first : first + way.rstrip().count(" ")]
        at = line.find(way, at + 1)
