"""What surrounds a match: enough grammar to tell Will from will."""

from functools import cached_property

import regex

from notes.rules.leaks.folding import fold_phrase
from notes.rules.leaks.words import FUNCTION_WORDS, is_ordinary

_REACH = 90
_MARKS = str.maketrans({mark: None for mark in "*`~"})
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}’'&]+")
_LAST_WORD = regex.compile(r"([\p{L}\p{M}\p{N}’'&]+)[ \t]*\n?[ \t]*$")
_FIRST_WORD = regex.compile(r"^[ \t]*\n?[ \t]*([\p{L}\p{M}\p{N}’'&-]+)")
_OPENING = regex.compile(r"(?:^|\n[ \t]*\n|\n[ \t]*(?:[-+>#|•]|\d{1,3}[.)])|[.!?:;…][\"”’')\]]*|[|#>•–—])[\s\"“‘'(\[_>#|+•-]*$|\n\s*$|^[\s\"“‘'(\[_>#+•-]*$")
_SPOKE = frozenset(
    "said says say argued argues asked asks suggested suggests noted notes added adds explained explains told tells thinks thought believes "
    "believed feels felt agreed agrees disagreed disagrees wondered wonders raised raises mentioned mentions reported reports described "
    "describes proposes proposed replied replies responded responds warned warns stressed stresses highlighted highlights pointed points "
    "shared shares recommended recommends questioned questions challenged challenges offered offers observed observes spoke speaks talked "
    "talks presented presents chaired chairs joined joins wants wanted led leads gave gives brought brings summarised summarises concluded "
    "concludes confirmed confirms commented comments outlined outlines worried worries called calls echoed echoes countered counters insisted "
    "insists introduced introduces thanked thanks volunteered volunteers acknowledged admitted claimed claims reminded reminds works worked "
    "remarked cautioned disputed emphasised emphasises flagged flags urged urges who told advised advises hopes hoped intends promised "
    "committed pledged runs ran reckons reckoned objected objects pushed showed shows sees saw disputes undertook kicked took takes made makes "
    "circulate circulates circulated sent sends wrote writes reflected reflects clarified clarifies invited invites facilitated hosted followed "
    "opened closed demonstrated recalled recalls quipped joked read walked compared criticised praised welcomed".split()
)
_WEAK = frozenset("is was has had will would could can should must may might does did isn't wasn't hasn't hadn't won't wouldn't and from at also then".split())
_AUXILIARIES = frozenset("was were is are have has had will can could should would must may might need needs do did".split())
_ADVERBS = frozenset("also then rightly later quickly again further even just briefly then helpfully kindly politely strongly really always often".split())
_DETERMINERS = frozenset("the a an this that these those some any each every no another such all both".split())


class Context:
    """The words and marks around `text[start:end]` of a view."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end

    @cached_property
    def surface(self) -> str:
        return self.text[self.start : self.end].translate(_MARKS)

    @cached_property
    def before(self) -> str:
        return self.text[max(0, self.start - _REACH) : self.start].translate(_MARKS)

    @cached_property
    def after(self) -> str:
        return self.text[self.end : self.end + _REACH].translate(_MARKS)

    @cached_property
    def previous(self) -> str:
        """The word before, as typed; "" where punctuation stands between."""
        found = _LAST_WORD.search(self.before)
        return found.group(1) if found else ""

    @cached_property
    def following(self) -> str:
        """The word after, as typed, past a possessive; "" where punctuation stands between."""
        found = _FIRST_WORD.match(regex.sub(r"^['’]s?\b", "", self.after))
        return found.group(1) if found else ""

    @cached_property
    def starts_sentence(self) -> bool:
        return bool(_OPENING.search(self.before)) or not self.before.strip()

    @cached_property
    def is_possessive(self) -> bool:
        return bool(regex.match(r"['’`´]s?\b|['’](?=\W|$)", self.after))

    @cached_property
    def is_label(self) -> bool:
        """Whether a colon or dash follows, as after a speaker's name, at the start of a line."""
        starts = self.starts_sentence or self.before.rstrip(" _([").endswith(("\n", "|", "-"))
        return starts and bool(regex.match(r"[)\]_]*\s?(?::(?!\/\/|\d)|\s[–—-]\s|\s?->|\s?\|)", self.after))

    @cached_property
    def verb(self) -> str:
        """"said" where a reporting verb follows, "is" where another verb may, else ""."""
        rest = [fold_phrase(word) for word in _WORD.findall(regex.sub(r"^['’]s\b", "", self.after))[:3]]
        if regex.match(r"\s*[.;!?|]", self.after):
            return ""
        while rest and rest[0] in _ADVERBS:
            rest = rest[1:]
        if not rest:
            return ""
        if rest[0] in _SPOKE:
            return "said"
        return "is" if rest[0] in _WEAK else ""

    @cached_property
    def opens_with_noun(self) -> bool:
        """Whether the words after make the match an adjective or an imperative: "Young people were", "Involve people early"."""
        if regex.match(r"[^ \n]|\s*$", self.after):
            return False
        rest = [fold_phrase(word) for word in _WORD.findall(self.after)[:3]]
        if not rest or not _WORD.match(self.after.lstrip()) or not self.after.lstrip()[0].islower():
            return False
        if rest[0] == "and":
            return len(rest) > 1 and self.after.split()[1][:1].islower() and rest[1] not in _SPOKE
        if rest[0] in _SPOKE or rest[0] in _WEAK or rest[0] in _ADVERBS or rest[0].endswith("ed") or rest[0] in FUNCTION_WORDS:
            return len(rest) > 1 and rest[1] in _AUXILIARIES and rest[0] not in FUNCTION_WORDS
        return not rest[0].endswith("s") or rest[0].endswith("ss") or (len(rest) > 1 and rest[1] in _AUXILIARIES)

    @cached_property
    def chunk(self) -> str:
        """The unbroken run of characters around the match: an address, a file name, a hashtag."""
        left = regex.search(r"[^\s()<>\[\]\"]*$", self.text[max(0, self.start - 200) : self.start])
        right = regex.match(r"[^\s()<>\[\]\"]*", self.text[self.end : self.end + 200])
        return (left.group() if left else "") + self.text[self.start : self.end] + (right.group() if right else "")

    @cached_property
    def is_address(self) -> bool:
        """Whether the match stands inside an address, a file name, a handle or a hashtag."""
        return bool(regex.search(r"://|www\.|^/|^[@#][\w]|\w@\w|\w/\w+/|^mailto:|\w\.(?:pdf|docx?|pptx?|xlsx?|odt|csv|txt|png|jpe?g|svg|mp[34]|html?|md|zip)\b|\w\.(?:org|com|net|uk|ie|eu|example|io)\b|%[0-9A-F]{2}", self.chunk, regex.I))

    @cached_property
    def title_case(self) -> bool:
        """Whether the line capitalises its words anyway, as headings do."""
        begin = self.text.rfind("\n", 0, self.start) + 1
        stop = self.text.find("\n", self.end)
        line = self.text[max(begin, self.start - 200) : min(stop if stop >= 0 else len(self.text), self.end + 200)]
        longer = [word for word in _WORD.findall(line) if len(word) > 3]
        others = [word for word in longer if word != self.surface]
        return len(others) > 1 and sum(word[0].isupper() for word in others) * 4 >= len(others) * 3

    @cached_property
    def spoken_of(self) -> bool:
        """Whether the words before ask for a person: "thanks to", "according to", "as … said"."""
        return bool(regex.search(
            r"(?:thanks(?: again| so much| very much)?,?(?: to)?|thank(?:ed)?|according to|asked|told|said|says|hear(?:d)? from|with|colleague|agree(?:d|s)? with|"
            r"by|led by|suggested by|raised by|presented by|presentation from|question from|point from|comment from|dear|hi|hello|credit to|ask|invite[sd]?|over to|and|,|@|"
            r"echoing|as|per|cc|contact|spoke to|talk(?:ed)? to|met|followed|supported by)\s*[(\[_\"“]*$",
            self.before, regex.I,
        ))

    @cached_property
    def follows_determiner(self) -> bool:
        return fold_phrase(self.previous) in _DETERMINERS

    @cached_property
    def precedes_function_word(self) -> bool:
        return fold_phrase(self.following) in FUNCTION_WORDS

    def neighbour_name(self, word: str) -> bool:
        """Whether a neighbouring word looks like part of a longer name: capital, no everyday word."""
        return len(word) > 1 and word[0].isupper() and not word.isupper() and not (is_ordinary(fold_phrase(word)) and len(word) < 3)
