"""Putting a mutant in the place of a module of the leak check that is in use, and taking it out again.

A changed function gets its new code where it stands, so that everybody who has it has the mutant. A changed value is
handed to every module that has taken it, and what was worked out from it is worked out again.
"""

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import regex

from scripts.replaying import functions, modules

GONE = object()  # in the place of a value that is no longer there
Undo = list[Callable[[], None]]


class Declared(Exception):
    """A class is declared differently: what is in use cannot be changed, everything must be read in anew."""


class Broken(Exception):
    """It cannot even be read in."""


@contextmanager
def standing_in(module: ModuleType, whole: CodeType, code: CodeType) -> Iterator[set[FunctionType]]:
    """The mutant `code` of a module compiled as `whole` is in use; answers which functions may answer differently."""
    undo: Undo = []
    try:
        yield _put_in(module, whole, code, undo)
    finally:
        for step in reversed(undo):
            step()


def _put_in(module: ModuleType, whole: CodeType, code: CodeType, undo: Undo) -> set[FunctionType]:
    inside = _differing(whole, code, "")
    if inside is not None:
        mine = functions(module)
        for name, other in inside.items():
            _transplant(mine[name], other, undo)
        return {mine[name] for name in inside}
    return _run_again(module, code, undo)


def _differing(whole: CodeType, code: CodeType, prefix: str) -> dict[str, CodeType] | None:
    """The functions whose code differs, by name; None where something outside of them does."""
    if _outside(whole) != _outside(code):
        return None
    found: dict[str, CodeType] = {}
    for old, new in zip(_nested(whole), _nested(code), strict=True):
        if old == new:
            continue
        name = f"{prefix}{old.co_name}"
        if old.co_name.startswith("<"):  # it fills a value
            return None
        if old.co_flags & 0x1:  # a function; the body of a class has no fast locals
            found[name] = new
            continue
        deeper = _differing(old, new, f"{name}.")
        if deeper is None:
            raise Declared
        found |= deeper
    return found


def _outside(code: CodeType) -> tuple[object, ...]:
    consts = [(type(one), one) for one in code.co_consts if not isinstance(one, CodeType)]
    return code.co_code, code.co_names, repr(consts), len(_nested(code))


def _nested(code: CodeType) -> list[CodeType]:
    return [one for one in code.co_consts if isinstance(one, CodeType)]


def _transplant(function: FunctionType, code: CodeType, undo: Undo) -> None:
    old = function.__code__
    undo.append(lambda: setattr(function, "__code__", old))
    function.__code__ = code


def _run_again(module: ModuleType, code: CodeType, undo: Undo) -> set[FunctionType]:
    """Take over the functions and values that come out differently; only values are made anew where they are used."""
    scratch = ModuleType(module.__name__)
    scratch.__file__ = module.__file__
    try:
        exec(code, scratch.__dict__)  # noqa: S102 - a module of ours with one change, which is what this is for
    except Exception as error:
        raise Broken from error
    if _classes(module) != _classes(scratch):
        raise Declared
    affected: set[FunctionType] = set()
    others = functions(scratch)
    for name, function in functions(module).items():
        if _said(function) != _said(others[name]):
            _take_over(function, others[name], undo)
            affected.add(function)
    for name, value in _values(module).items():
        if not _same(value, vars(scratch).get(name, GONE)):
            affected |= _hand_over(name, value, vars(scratch).get(name, GONE), undo)
    return affected


def _classes(module: ModuleType) -> list[tuple[object, ...]]:
    """What the classes of a module say beside the code of their methods."""
    return [
        _declared(value)
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__
    ]


def _values(module: ModuleType) -> dict[str, object]:
    """What a module works out itself: no functions, no classes, nothing imported."""
    elsewhere = _imported(module)
    return {
        name: value
        for name, value in vars(module).items()
        if not name.startswith("__") and name not in elsewhere and not callable(value)
    }


def _said(function: FunctionType) -> tuple[object, ...]:
    return function.__code__, function.__defaults__, repr(function.__kwdefaults__)


def _take_over(function: FunctionType, other: FunctionType, undo: Undo) -> None:
    defaults, named = function.__defaults__, function.__kwdefaults__
    undo.append(lambda: setattr(function, "__defaults__", defaults))
    undo.append(lambda: setattr(function, "__kwdefaults__", named))
    _transplant(function, other.__code__, undo)
    function.__defaults__, function.__kwdefaults__ = other.__defaults__, other.__kwdefaults__


def _declared(kind: type) -> tuple[object, ...]:
    values = {
        name: str(value) if isinstance(value, int | str | bool | tuple) else type(value).__name__
        for name, value in vars(kind).items()
    }
    ours = [str(vars(kind).get(name, "")) for name in ("__dataclass_params__", "__dataclass_fields__", "_member_map_")]
    return kind.__name__, values, ours


def _same(old: object, new: object) -> bool:
    if isinstance(old, regex.Pattern) and isinstance(new, regex.Pattern):
        return (old.pattern, old.flags) == (new.pattern, new.flags)
    if isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new):
        return all(_same(one, other) for one, other in zip(old, new, strict=True))
    if isinstance(old, dict) and isinstance(new, dict):
        if type(old) is not dict:  # it fills itself when asked
            return getattr(old, "__dict__", None) == getattr(new, "__dict__", None)
        return list(map(repr, old.items())) == list(map(repr, new.items()))
    return type(old) is type(new) and (old == new or repr(old) == repr(new))


def _imported(module: ModuleType) -> set[str]:
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    return {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


def _hand_over(name: str, old: object, new: object, undo: Undo) -> set[FunctionType]:
    """Give a value to every module that has it under its name; answers the functions that read it."""
    affected: set[FunctionType] = set()
    for module in modules():
        if vars(module).get(name) is old:
            undo.append(lambda module=module: setattr(module, name, old))  # type: ignore[misc]  # as it is now
            if new is GONE:
                delattr(module, name)
            else:
                setattr(module, name, new)
            affected |= {function for function in functions(module).values() if _reads(function.__code__, name)}
            if name in _imported(module) and _works_out(module, name):
                source = Path(str(module.__file__)).read_text(encoding="utf-8")
                affected |= _run_again(module, compile(source, str(module.__file__), "exec"), undo)
    return affected


def _reads(code: CodeType, name: str) -> bool:
    return name in code.co_names or any(_reads(one, name) for one in _nested(code))


def _works_out(module: ModuleType, name: str) -> bool:
    """Whether a module makes something of a name while it is read in."""
    body = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")).body
    made = [node for node in body if isinstance(node, ast.Assign | ast.AnnAssign | ast.For | ast.AugAssign)]
    return any(isinstance(one, ast.Name) and one.id == name for node in made for one in ast.walk(node))
