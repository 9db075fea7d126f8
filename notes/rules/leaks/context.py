"""What surrounds a match: enough grammar to tell Will from will."""

from functools import cached_property

import regex

from notes.rules.leaks.folding import fold_phrase
from notes.rules.leaks.words import FUNCTION_WORDS, is_ordinary

_REACH = 90
_MARKS = str.maketrans(dict.fromkeys("*`~"))
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}’'&]+")
_LAST_WORD = regex.compile(r"([\p{L}\p{M}\p{N}’'&]+)[ \t]*\n?[ \t]*$", regex.REVERSE)
_FIRST_WORD = regex.compile(r"[ \t]*\n?[ \t]*([\p{L}\p{M}\p{N}’'&-]+)")
_LINE_START = regex.compile(r"[ \t]*(?:[-+>#•|]+|\d{1,3}[.)])?[\s\[\]_\"“‘'(x|#>-]*$")
_POSSESSIVE = regex.compile(r"['’`´]s?\b|['’](?=\W|$)")
_PAST_POSSESSIVE = regex.compile(r"['’]s?\b")
_LABEL = regex.compile(r"[)\]_]*\s?(?::(?!\/\/|\d)|\s[–—-]\s|\s?->|\s?\|)")
_PLACE = (
    r"(?:room|call|breakout|break-out|group|table|panel|workshop|session|meeting|circle|chat|line|corner|audience|webinar|zoom|screen|link|seminar|"
    r"roundtable|discussion|hall|event|plenary|cluster|team|pair|end|side|front|back)"
)
_IN_ROOM = regex.compile(
    rf"\s+(?:who (?:joined|came|was|is|spoke|sat)\s+)?(?:(?:here |over )?(?:in|on|at|from|around|round|joining|across) (?:the|our|my|this|that|one) (?:[\w-]+ )?{_PLACE}\b|"
    r"(?:among(?:st)?|with|beside|next to|opposite) (?:us|me)\b|present\b|(?:who )?(?:joined|joining|dialled in|dialling in|online|remotely|by phone)\b|here\b|today\b)"
)
_ASIDE = regex.compile(r"\s*(?:,[^,.;:!?\n]{2,40},|\([^()\n]{1,40}\))")
_STOP = regex.compile(r"\s*[.;!?|]")
_CHUNK_LEFT = regex.compile(r"[^\s()<>\[\]\"]*$", regex.REVERSE)
_CHUNK_RIGHT = regex.compile(r"[^\s()<>\[\]\"]*")
_ADDRESS = regex.compile(
    r"://|www\.|^/|^[@#]\w|\w@\w|\w/\w+/|^mailto:|%[0-9A-F]{2}|\w\.(?:org|com|net|uk|ie|eu|example|io)\b"
    r"|\w\.(?:pdf|docx?|pptx?|xlsx?|odt|csv|txt|png|jpe?g|svg|mp[34]|html?|md|zip)\b",
    regex.I,
)
_SPOKEN_OF = regex.compile(
    r"(?:thanks(?: again| so much| very much)?,?(?: to)?|thank(?:ed)?|according to|asked|told|said|says|hear(?:d)? from|with|colleague|"
    r"agree(?:d|s)? with|by|(?:presentation|question|point|comment|idea|view|suggestion|slides|paper|note|message|mail|email|update) from|dear|hi|hello|"
    r"credit to|ask|invite[sd]?|over to|and|,|@|echoing|as|per|cc|contact|spoke to|talk(?:ed)? to|met|followed|joined)\s*[(\[_\"“]*$",
    regex.I | regex.REVERSE,
)
_THE = regex.compile(r"\b(?:the|our)\s+$", regex.I | regex.REVERSE)
SPOKE = frozenset(
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
    "opened closed demonstrated recalled recalls quipped joked walked compared criticised praised welcomed doubted doubts doubtful needs "
    "prefers preferred likes liked knows knew has had "
    "hinted hints grumbled grumbles mused muses muttered mutters sighed sighs laughed laughs moaned moans complained complains quoted quotes "
    "cited pleaded pleads begged begs jokes defended defends denied denies repeated repeats predicted predicts guessed suspected suspects "
    "feared conceded concedes granted accepted accepts refused refuses declined declines promises confessed confesses revealed reveals "
    "disclosed discloses answered asserted asserts maintained maintains interjected interrupted interrupts chipped chimed weighed quizzed "
    "probed pressed pitched floated tabled moved seconded recounted recounts narrated relayed relays reiterated reiterates underlined "
    "underlines signalled noticed notices spotted learned learnt found discovered discovers heard hears dodged dodges swore swears vowed vows "
    "volunteers voiced vented rejected rejects dismissed dismisses shrugged nodded frowned smiled whispered shouted texted emailed typed "
    "posted forwarded chased translated interpreted drew compares estimated calculated reckon loved loves hated hates enjoyed enjoys missed "
    "remembers remembered forgot forgets regretted regrets expects expected imagines imagined dreamt wished wishes apologised apologises "
    "demoed teased ranted stated declared declares announced announces testified testifies retorted snapped".split()
) - {"has", "had", "needs"}
_WEAK = frozenset(
    "is was has had will would can could should must may might does did isn't wasn't hasn't hadn't won't wouldn't and from at also then needs".split()
)
_AUXILIARIES = frozenset(
    "was were is are have has had will can could should would must may might need needs do did".split()
)
_ADVERBS = frozenset(
    "also then rightly later quickly again further even just briefly helpfully kindly politely strongly really always often".split()
)
_DETERMINERS = frozenset("the a an this that these those some any each every no another such all both".split())


_ACTING = regex.compile(
    r"\s+(?:\p{Ll}{2,}(?:[^s]s|ed)|broke|built|kept|found|held|heard|left|lost|met|paid|put|read|sold|set|stood|taught|understood|won|wrote|"
    r"began|chose|drew|wound|ground|fed|led|shut|swam|sang|rang|rode|wore|tore|threw|grew|flew|hit|put|won|ate|gave|woke|stole|shook|bent|dealt|felt|meant|slept|stuck|struck|swept|swung|knew|drove|made|took|gave|sent|lent|spent|cut|hid|bought|brought|caught|fought|thought|sought|spoke|swore|ran)"
    r" (?:the|an?|it|its|us|them|our|this|these|how|why|what|whether|his|her|their|every\p{L}*|each|two|three|no|people|nothing|one|some|all|half|out|aloud|from)\b"
)


class Context:
    """The words and marks around `text[start:end]` of a view."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end

    @cached_property
    def surface(self) -> str:
        """The match as typed, without marks."""
        return self.text[self.start : self.end].translate(_MARKS)

    @cached_property
    def before(self) -> str:
        """What stands before, a line or so of it, without marks."""
        return self.text[max(0, self.start - _REACH) : self.start].translate(_MARKS)

    @cached_property
    def after(self) -> str:
        """What stands after, a line or so of it, without marks."""
        return self.text[self.end : self.end + _REACH].translate(_MARKS)

    @cached_property
    def past_possessive(self) -> str:
        """What stands after, past an apostrophe and s."""
        found = _PAST_POSSESSIVE.match(self.after)
        return self.after[found.end() :] if found else self.after

    @cached_property
    def previous(self) -> str:
        """The word before, as typed; "" where punctuation stands between."""
        found = _LAST_WORD.search(self.before)
        return found.group(1) if found else ""

    @cached_property
    def in_room(self) -> bool:
        """Whether the words after say that it is about somebody present: "on the call", "at our table"."""
        return bool(_IN_ROOM.match(self.past_possessive))

    @cached_property
    def past_room(self) -> str:
        """What stands after, past a possessive, words that place somebody in the room and an aside."""
        rest = self.past_possessive
        for skipped in (_IN_ROOM, _ASIDE):
            found = skipped.match(rest)
            rest = rest[found.end() :] if found else rest
        return rest

    @cached_property
    def following(self) -> str:
        """The word after, as typed, past a possessive; "" where punctuation stands between."""
        found = _FIRST_WORD.match(self.past_possessive)
        return found.group(1) if found else ""

    @cached_property
    def starts_line(self) -> bool:
        """Whether only a list mark, a heading's, a quote's or a table's stand before it in its line."""
        begin = self.text.rfind("\n", max(0, self.start - 200), self.start) + 1
        return self.start - begin < 200 and bool(_LINE_START.match(self.text[begin : self.start].translate(_MARKS)))

    @cached_property
    def starts_sentence(self) -> bool:
        """Whether a capital would stand here anyway."""
        bare = self.before.rstrip(" \t\"“‘'([_")
        if not bare or bare[-1] in ".!?:;…|#>•–—" or (bare[-1] in ')”"’]' and bare[-2:-1] in tuple(".!?")):
            return True
        if not self.starts_line:
            return False
        words = self.before.split()
        wrapped = "\n" in self.before and self.before.rstrip(" \t\n") == bare.rstrip() and words
        return not (
            wrapped
            and (words[-1].endswith(",") or words[-1].lower() in FUNCTION_WORDS)
            and not self.before.endswith("\n\n")
        )

    @cached_property
    def is_possessive(self) -> bool:
        """Whether an apostrophe and s, or an apostrophe, follow."""
        return bool(_POSSESSIVE.match(self.after))

    @cached_property
    def is_label(self) -> bool:
        """Whether a colon or dash follows, as after a speaker's name, at the start of a line or sentence."""
        return (self.starts_sentence or self.starts_line) and bool(_LABEL.match(self.after))

    @cached_property
    def verb(self) -> str:
        """ "said" where a reporting verb follows, "is" where another verb may, else ""."""
        if _STOP.match(self.past_room):
            return ""
        rest = [fold_phrase(word) for word in _WORD.findall(self.past_room)[:3]]
        while rest and rest[0] in _ADVERBS:
            rest = rest[1:]
        if rest and rest[0] in SPOKE:
            return "said"
        return "is" if rest and rest[0] in _WEAK else ""

    @cached_property
    def past_name_said(self) -> bool:
        """Whether a reporting verb follows after the rest of a name in small letters: "osheen o breenawn said"."""
        rest = _STOP.split(self.after, maxsplit=1)[0]
        for word in [fold_phrase(word) for word in _WORD.findall(rest)[:5]]:
            if word in SPOKE:
                return True
            if len(word) > 3 and is_ordinary(word) and word not in _ADVERBS:
                return False
        return False

    @cached_property
    def acts(self) -> bool:
        """Whether a verb and its object seem to follow: "Pat keeps the list", "Bill broke it"."""
        return bool(_ACTING.match(self.after))

    @cached_property
    def opens_with_noun(self) -> bool:
        """Whether the words after make the match an adjective or an order: "Young people were", "Involve people early"."""
        after = self.after
        if after[:1] not in (" ", "\n") or not after.lstrip()[:1].islower():
            return False
        rest = [fold_phrase(word) for word in _WORD.findall(after)[:3]]
        if rest[0] == "and":
            return len(rest) > 1 and after.split()[1][:1].islower() and rest[1] not in SPOKE
        if rest[0] in FUNCTION_WORDS:
            return False
        if rest[0] in SPOKE or rest[0] in _ADVERBS or rest[0].endswith("ed"):
            return len(rest) > 1 and rest[1] in _AUXILIARIES
        return (
            not rest[0].endswith("s")
            or rest[0].endswith("ss")
            or (len(rest) > 1 and rest[1] in _AUXILIARIES | {"and", "or"})
        )

    @cached_property
    def chunk(self) -> str:
        """The unbroken run of characters around the match: an address, a file name, a hashtag."""
        left = _CHUNK_LEFT.search(self.text[max(0, self.start - 200) : self.start])
        right = _CHUNK_RIGHT.match(self.text, self.end, self.end + 200)
        return (left.group() if left else "") + self.text[self.start : self.end] + (right.group() if right else "")

    @cached_property
    def is_address(self) -> bool:
        """Whether the match stands inside an address, a file name, a handle or a hashtag."""
        chunk = self.chunk
        return len(chunk) > self.end - self.start and bool(_ADDRESS.search(chunk))

    @cached_property
    def title_case(self) -> bool:
        """Whether the line capitalises its words anyway, as headings do."""
        begin = self.text.rfind("\n", max(0, self.start - 200), self.start) + 1 or max(0, self.start - 200)
        stop = self.text.find("\n", self.end, self.end + 200)
        line = self.text[begin : stop if stop >= 0 else self.end + 200]
        others = [word for word in _WORD.findall(line) if len(word) > 3 and word != self.surface]
        return len(others) > 1 and sum(word[0].isupper() for word in others) * 4 >= len(others) * 3

    @cached_property
    def spoken_of(self) -> bool:
        """Whether the words before ask for a person: "thanks to", "according to", "a question from"."""
        return bool(_SPOKEN_OF.search(self.before))

    @cached_property
    def spoken_of_the(self) -> bool:
        """Whether the words before "the" or "our" ask for a person: "thanks to the", "according to our"."""
        return bool(_SPOKEN_OF.search(_THE.sub("", self.before)))

    @cached_property
    def follows_determiner(self) -> bool:
        """Whether "the", "a", "this" and the like stand right before."""
        return self.previous.lower() in _DETERMINERS

    @cached_property
    def precedes_function_word(self) -> bool:
        """Whether the next word is a small word of grammar."""
        return fold_phrase(self.following) in FUNCTION_WORDS


def looks_like_a_name(word: str) -> bool:
    """Whether a neighbouring word may be part of a longer name: a capital, then small letters."""
    return (
        len(word) > 1
        and word[0].isupper()
        and not word.isupper()
        and not (len(word) < 3 and is_ordinary(fold_phrase(word)))
    )
