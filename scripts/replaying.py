"""Which calls each function of the leak check gets while it reads the cases, and what it answers to them.

The check keeps nothing between calls but memories that `forget` empties, so a function that answers every recorded
call as before changes no finding of any case: only where an answer differs need the cases be read again.
"""

import dis
import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields
from functools import cached_property, partial
from importlib import import_module
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import TypeGuard, TypeVar

from ahocorasick import Automaton

from notes.rules.leaks import checking
from notes.rules.leaks.context import Context
from notes.rules.leaks.folding import Mapped
from notes.rules.leaks.matching import Entry
from notes.rules.leaks.roster import Roster, gather
from notes.rules.vocabulary import Attribution, Participant

T = TypeVar("T")
PACKAGE = "notes.rules.leaks"
Case = tuple[str, tuple[Participant, ...], Mapping[str, Attribution]]
Found = list[tuple[object, ...]]


@dataclass(slots=True)
class Call:
    """Arguments that a function was given, and by which cases: by number, and whether it was to gather their roster."""

    given: tuple[object, ...]
    cases: dict[int, bool] = field(default_factory=dict)


Calls = dict[FunctionType, dict[object, Call]]


def modules() -> list[ModuleType]:
    """The modules of the leak check, in the order in which they were imported."""
    return [module for name, module in sys.modules.items() if name.startswith(f"{PACKAGE}.")]


def functions(module: ModuleType) -> dict[str, FunctionType]:
    """Every function and method written in a module, by its name there, out of whatever is wrapped around it."""
    found: dict[str, FunctionType] = {}
    for name, value in vars(module).items():
        if isinstance(value, type) and value.__module__ == module.__name__:
            for key, method in vars(value).items():
                if _is_of(bare := _bare(method), module):
                    found[f"{name}.{key}"] = bare
        elif _is_of(bare := _bare(value), module):
            found[name] = bare
    return found


def _bare(value: object) -> object:
    return value.func if isinstance(value, cached_property) else getattr(value, "__wrapped__", value)


def _is_of(value: object, module: ModuleType) -> TypeGuard[FunctionType]:
    """Whether a function is written there, and not by a dataclass."""
    if not isinstance(value, FunctionType) or value.__module__ != module.__name__:
        return False
    return not value.__code__.co_filename.startswith("<")


def forget() -> None:
    """Empty every memory that the check keeps between calls."""
    for module in modules():
        for value in list(vars(module).values()):
            if hasattr(value, "cache_clear"):
                value.cache_clear()
            elif isinstance(value, dict) and type(value) is not dict and hasattr(value, "_lookalikes"):
                value.clear()


class Record:
    """What was found in the cases, the rosters gathered for them, and the calls that this took."""

    def __init__(self, cases: Sequence[Case], of: Sequence[ModuleType]) -> None:
        self.cases = cases
        self.calls: Calls = {function: {} for module in of for function in functions(module).values()}
        self.found: list[Found] = []
        self.rosters: dict[tuple[Participant, ...], Roster] = {}
        self.at_import = called_at_import()
        self._by_code = {function.__code__: function for function in self.calls}
        self._begins = {code: _begins(code) for code in self._by_code}
        self._those: tuple[Sequence[int], bool] = ((), False)
        self._record()

    def _record(self) -> None:
        of_roster: dict[tuple[Participant, ...], list[int]] = defaultdict(list)
        for number, (_, people, _) in enumerate(self.cases):
            of_roster[people].append(number)
        for people, numbers in of_roster.items():
            self.rosters[people] = self._listening(partial(gather, people), numbers, gathering=True)
        vars(checking)["gather"] = self.rosters.__getitem__
        for number, case in enumerate(self.cases):
            found = self._listening(partial(checking.find_leaks, *case), [number], gathering=False)
            self.found.append([astuple(one) for one in found])

    def _listening(self, work: Callable[[], T], numbers: Sequence[int], *, gathering: bool) -> T:
        forget()
        self._those = numbers, gathering
        sys.setprofile(self._heard)
        try:
            return work()
        finally:
            sys.setprofile(None)

    def _heard(self, frame: FrameType, event: str, _answer: object) -> None:
        code = frame.f_code
        if event != "call" or code not in self._by_code or frame.f_lasti > self._begins[code]:
            return
        named = frame.f_locals
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        given = tuple(_kept(named[name]) for name in names)
        call = self.calls[self._by_code[code]].setdefault(_key(given), Call(given))
        numbers, gathering = self._those
        for number in numbers:
            call.cases[number] = call.cases.get(number, gathering)

    def stands_in_text(self, number: int, changed: dict[tuple[Participant, ...], list[str]]) -> bool:
        """Whether a form that is gathered otherwise now than before, for this case, stands in its text; `changed` keeps
        the forms of the rosters that were gathered."""
        text, people, _ = self.cases[number]
        if people not in changed:
            forget()
            before, now = _forms(self.rosters[people]), _forms(gather(people))
            changed[people] = [_letters(one) for one in before.keys() | now.keys() if before.get(one) != now.get(one)]
        return any(form in _letters(text) for form in changed[people])

    def findings(self, number: int, *, gathering: bool) -> Found:
        """What is found in a case now; its roster is gathered anew if `gathering`."""
        forget()
        vars(checking)["gather"] = gather if gathering else self.rosters.__getitem__
        return [astuple(one) for one in checking.find_leaks(*self.cases[number])]


def _forms(roster: Roster) -> dict[str, object]:
    return {**roster.words, **(dict(roster.phrases.items()) if roster.phrases else {})}


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def called_at_import() -> set[str]:
    """The functions, as "module name", that make something while the check is read in, which is not made again."""
    found: set[str] = set()

    def heard(frame: FrameType, _event: str, _answer: object) -> None:
        found.add(f"{frame.f_globals.get('__name__')} {frame.f_code.co_qualname}")

    come, go = os.pipe()
    if not os.fork():
        sys.setprofile(heard)
        imported_anew()
        sys.setprofile(None)
        os.write(go, json.dumps([name for name in found if name.startswith(PACKAGE)]).encode())
        os._exit(0)
    os.close(go)
    os.wait()
    with os.fdopen(come, encoding="utf-8") as file:
        return set(json.load(file))


def imported_anew() -> ModuleType:
    """The leak check imported once more, for a process of its own."""
    for name in [name for name in sys.modules if name.startswith(PACKAGE)]:
        del sys.modules[name]
    return import_module(PACKAGE)


def _begins(code: CodeType) -> int:
    """Where a call enters the code: a generator is entered again and again, further on."""
    return next(step.offset for step in dis.get_instructions(code) if step.opname == "RESUME")


def _kept(value: object) -> object:
    """An argument that is to be given again: lists may change, and what is known about words is found out anew."""
    if isinstance(value, list):
        return value.copy()
    if type(value) is dict and any(isinstance(entry, Entry) for entry in value.values()):
        return {}
    return value


def _key(value: object) -> object:
    """Equal for arguments that get the same answer."""
    if isinstance(value, str | int | float | type(None)):
        return type(value), value
    if isinstance(value, tuple | list):
        return type(value), tuple(_key(one) for one in value)
    if isinstance(value, Roster):
        return Roster, value.participants
    if isinstance(value, Context):
        return Context, *(vars(value).get(name) for name in ("text", "start", "end"))
    if isinstance(value, Mapped):
        return Mapped, tuple(_plain(value))
    try:
        return type(value), hash(value), value
    except TypeError:
        return type(value), id(value)


def _plain(value: object) -> Iterator[object]:
    """What a text with its origins is made of; nothing yet while it is being made."""
    yield from (_key(getattr(value, name, None)) for name in Mapped.__slots__)


def can_be_given_again(function: FunctionType, calls: Mapping[object, Call]) -> bool:
    """Whether asking again says something: not where an object is made, or what is given runs out."""
    makes = function.__name__ in ("__init__", "__missing__")
    return not makes and not any(hasattr(one, "__next__") for call in calls.values() for one in call.given)


def answer(function: Callable[..., object], given: Sequence[object], *, anew: bool) -> object:
    """What a function answers, in a form that can be compared; `anew`: what surrounds a match is looked at again."""
    arguments = [Context(one.text, one.start, one.end) if anew and isinstance(one, Context) else one for one in given]
    code = getattr(function, "__code__", None)
    by_name = code.co_varnames[code.co_argcount :][: code.co_kwonlyargcount] if isinstance(code, CodeType) else ()
    split = len(arguments) - len(by_name)
    return comparable(function(*arguments[:split], **dict(zip(by_name, arguments[split:], strict=True))))


def comparable(value: object) -> object:
    """The same for the same answer, in the same order."""
    if isinstance(value, Mapped):
        return tuple(_plain(value))
    if isinstance(value, Roster):
        return [comparable(getattr(value, one.name)) for one in fields(value)]
    if isinstance(value, Automaton):
        return sorted(value.items())
    if isinstance(value, dict):
        return list(value.items())
    if hasattr(value, "__next__"):
        return [comparable(one) for one in value]  # type: ignore[attr-defined]  # it is an iterator
    return type(value), value
