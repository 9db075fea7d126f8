"""R8: the same words in other surroundings: a sentence begins or goes on, a verb follows, a link is around.

`leak_frames.txt` has a table for each sort of words: b blocks, a asks, a dot lets it pass.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from notes.rules.leaks import find_leaks
from notes.rules.vocabulary import Participant

TABLES = Path(__file__).with_name("leak_frames.txt")
PEOPLE = {
    "names": (
        Participant(key="b", name="Bronwen Sallow"),
        Participant(key="w", name="Will Faraday"),
        Participant(key="m", name="May Osgood"),
        Participant(key="g", name="Benjamin Thackeray"),
    ),
    "heard": (
        Participant(key="z", name="Zahra Nowak"),
        Participant(key="l", name="Li Okafor"),
        Participant(key="j", name="Joanna Marlowe"),
        Participant(key="t", name="Batbayar Ganzorig"),
        Participant(key="i", name="Isabella Kent"),
    ),
    "short": (
        Participant(key="j", name="Joanna Marlowe"),
        Participant(key="b", name="Batbayar Ganzorig"),
        Participant(key="r", name="Ian Rees"),
        Participant(key="m", name="Ian Mbeki"),
    ),
    "pairs": (
        Participant(key="w", name="Will Faraday"),
        Participant(key="a", name="Ada Inman"),
        Participant(key="t", name="Tom Abbot"),
        Participant(key="m", name="May Rose"),
    ),
    "bodies": (
        Participant(key="a", name="Tamar Beridze", organisation="Tidewater"),
        Participant(key="s", name="Nuwan Jayawardena", organisation="Shelter"),
        Participant(key="l", name="Arben Krasniqi", organisation="Lantern Housing Trust"),
        Participant(key="u", name="Shirin Moghaddam", organisation="University of Westhaven"),
        Participant(key="h", name="Stoyan Dimitrov", organisation="Office for Harbour Statistics (OHS)"),
        Participant(key="c", name="Lena Quist", organisation="Leeds City Council"),
    ),
    "jobs": (
        Participant(key="d", name="Tamar Beridze", role="Data Protection Officer"),
        Participant(key="h", name="Nuwan Jayawardena", organisation="Leeds Library", role="Head of Customer Insight"),
        Participant(key="s", name="Arben Krasniqi", role="Surveyor"),
        Participant(key="c", name="Stoyan Dimitrov", role="Community Organiser"),
    ),
    "sectors": (
        Participant(key="p", name="Tamar Beridze", sector="police"),
        Participant(key="h", name="Nuwan Jayawardena", sector="housing"),
        Participant(key="c", name="Arben Krasniqi", sector="civil society"),
    ),
    "initials": (
        Participant(key="b", name="Bronwen Sallow"),
        Participant(key="a", name="Agnes Ingram"),
        Participant(key="t", name="Tom Ilves Drummond"),
    ),
}


def rows() -> Iterator[tuple[str, str, str, list[str]]]:
    """The sort of words, the text around them, the verdicts in a row, the words."""
    sort, words = "", [""]
    for line in TABLES.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            sort, *words = line.removeprefix("= ").split(" / ")
        elif line and not line.startswith("#"):
            verdicts, _, frame = line.partition("  ")
            yield sort, frame.strip().replace("⏎", "\n"), verdicts, words


def filled(frame: str, word: str) -> str:
    """{} stands for the word, {c} for it with a capital, {l} in small letters, {u} in capitals."""
    frame = frame.replace("{}", word).replace("{c}", word[:1].upper() + word[1:])
    return frame.replace("{l}", word.lower()).replace("{u}", word.upper())


def verdict(text: str, people: tuple[Participant, ...]) -> str:
    severities = {one.severity for one in find_leaks(text, people)}
    return "b" if "block" in severities else "a" if severities else "."


@pytest.mark.parametrize(("sort", "frame", "verdicts", "words"), [*rows()])
def test_what_is_around_a_word_decides_what_becomes_of_it(
    sort: str, frame: str, verdicts: str, words: list[str]
) -> None:
    assert "".join(verdict(filled(frame, word), PEOPLE[sort]) for word in words) == verdicts
