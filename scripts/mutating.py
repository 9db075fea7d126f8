"""One change at a time to a module's source: what a slip of the hand could have left there.

Changed are comparisons, and/or/not, arithmetic, constants, conditions, default arguments, what a comprehension lets
through, slice bounds, elements of lists, keyword arguments, calls that only fold or order, members of an enumeration,
what is returned, and whole statements. Not changed: docstrings, annotations, imports, and the inside of a literal
(a regular expression is emptied as a whole, not bent). Where word lists are data, each is emptied as a whole too.
"""

import ast
import copy
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from types import CodeType, UnionType
from typing import TypeVar

Node = TypeVar("Node", bound=ast.AST)
T = TypeVar("T")

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
TWINS = {"min": "max", "any": "all", "startswith": "endswith", "start": "end", "find": "rfind", "append": "clear"}
TWINS |= {there: here for here, there in TWINS.items() if there != "clear"}
# Functions that give back what they are given, folded or in another order.
PASSING_ON = {"sorted", "reversed", "casefold", "lower", "upper", "strip", "lstrip", "rstrip", "title", "removeprefix"}
# Members of the vocabulary's enumerations, and what stands beside them.
BESIDE = {"NETWORK": "PUBLIC", "PUBLIC": "NETWORK", "NONE": "SECTOR", "SECTOR": "ORGANISATION"}
BESIDE |= {"ORGANISATION": "NAME", "NAME": "ORGANISATION", "IGNORECASE": "NOFLAG"}
MANY = 5
LONG, AROUND = 100, 30  # letters of a place as it is printed
UNCHANGED = (ast.Import, ast.ImportFrom, ast.alias)
TYPES = {"annotation", "returns", "type_comment"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one change: where, as the source reads there before and after, and the code to run."""

    line: int
    scope: str
    before: str
    after: str
    code: CodeType

    def __str__(self) -> str:
        before, after = (
            _where_they_differ(self.before, self.after) if len(self.before) > LONG else (self.before, self.after)
        )
        return f"`{self.scope}`: `{before}` → `{after}`"


def _where_they_differ(before: str, after: str) -> tuple[str, str]:
    """What differs, with what stands around it."""
    start = _shared(before, after)
    end = min(_shared(before[::-1], after[::-1]), len(before) - start, len(after) - start)
    low = max(0, start - AROUND)
    stops = (min(len(text), len(text) - end + AROUND) for text in (before, after))
    both = (
        ("…" if low else "") + text[low:stop] + ("…" if stop < len(text) else "")
        for text, stop in zip((before, after), stops, strict=True)
    )
    first, second = both
    return first, second


def _shared(one: str, other: str) -> int:
    """How many letters two texts begin with together."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the tree a node hangs, and inside which function or class."""

    parent: ast.AST
    field: str
    index: int | None
    scope: str

    def put(self, node: ast.AST) -> None:
        """Hang `node` there."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def mutants_of(source: str, name: str, *, lists_whole: bool = False) -> Iterator[Mutant]:
    """Every mutant of a module's `source`, in order of place; each is valid Python and differs from the source.

    With `lists_whole`, a list of `MANY` words or more is one thing, which is there or is empty.
    """
    tree = ast.parse(source)
    whole = {id(node) for node in ast.walk(tree) if _is_word_list(node)} if lists_whole else set()
    for place, node in list(_nodes(tree, name, whole)):
        for other in [_emptied(node)] if id(node) in whole else _others(node):
            # A constant alone says little; a part of a pattern has a long one around it.
            around = place.parent if isinstance(node, ast.Constant) and not _is_long(place.parent) else node
            before = _said(around)
            place.put(ast.fix_missing_locations(ast.copy_location(other, node)))
            try:
                code = compile(tree, f"{name}.py", "exec", dont_inherit=True)
                after = _said(other if around is node else around)
            except (SyntaxError, ValueError):  # a `break` outside its loop, a name that is not one
                continue
            finally:
                place.put(node)
            if before != after:
                yield Mutant(_line(node) or _line(place.parent), place.scope, before, after, code)


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)


def _is_long(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr | ast.stmt | ast.List | ast.Set | ast.Tuple | ast.Dict)


def _said(node: ast.AST) -> str:
    """A node as one line of source."""
    return " ".join(ast.unparse(node).split())


def _is_word_list(node: ast.AST) -> bool:
    """Whether a display holds words, or lists of words, and nothing else; a pattern is no word."""
    if not isinstance(node, ast.List | ast.Set | ast.Tuple | ast.Dict):
        return False
    words = list(_words(node))
    return len(words) >= MANY and all(word is not None and "\\" not in word for word in words)


def _words(node: ast.AST | None) -> Iterator[str | None]:
    """The words of a display, None for what is none."""
    match node:
        case ast.Constant(value=str(word)):
            yield word
        case ast.List(elts=within) | ast.Set(elts=within) | ast.Tuple(elts=within):
            yield from (word for one in within for word in _words(one))
        case ast.Dict(keys=keys, values=values):
            yield from (word for one in (*keys, *values) for word in _words(one))
        case ast.Starred(value=ast.Call(func=ast.Attribute(value=ast.Constant(value=str(word)), attr="split"))):
            yield from word.split()
        case _:
            yield None


def _emptied(node: ast.AST) -> ast.AST:
    if isinstance(node, ast.Set):
        return ast.Call(ast.Name("set", ast.Load()), [], [])
    return _with(node, keys=[], values=[]) if isinstance(node, ast.Dict) else _with(node, elts=[])


def _nodes(node: ast.AST, scope: str, whole: Container[int]) -> Iterator[tuple[Place, ast.AST]]:
    """Everything below `node` that may be changed, with its place."""
    if isinstance(node, UNCHANGED) or _is_literal_type(node) or id(node) in whole:
        return
    for field, value in ast.iter_fields(node):
        if field in TYPES:
            continue
        children: Iterable[tuple[int | None, object]] = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, child in children:
            if isinstance(child, ast.AST) and not _is_docstring(node, child):
                yield Place(node, field, index, scope), child
                within = f"{scope}.{child.name}" if isinstance(child, ast.FunctionDef | ast.ClassDef) else scope
                yield from _nodes(child, within, whole)


def _is_docstring(parent: ast.AST, node: ast.AST) -> bool:
    if not isinstance(parent, ast.Module | ast.ClassDef | ast.FunctionDef) or node is not parent.body[0]:
        return False
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_literal_type(node: ast.AST) -> bool:
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal"


def _others(node: ast.AST) -> Iterator[ast.AST]:
    """What could stand in the place of `node`."""
    for kind, change in CHANGES:
        if isinstance(node, kind):
            yield from change(node)


def _with(node: Node, **fields: object) -> Node:
    """A copy of `node` with other fields."""
    other = copy.copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _without_each(values: Sequence[T]) -> Iterator[list[T]]:
    for place in range(len(values)):
        yield [*values[:place], *values[place + 1 :]]


def _comparison(node: ast.Compare) -> Iterator[ast.AST]:
    for place, op in enumerate(node.ops):
        for other in COMPARISONS[type(op)]:
            yield _with(node, ops=[*node.ops[:place], other(), *node.ops[place + 1 :]])


def _connective(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for rest in _without_each(node.values):
        yield rest[0] if len(rest) == 1 else _with(node, values=rest)


def _negation(node: ast.UnaryOp) -> Iterator[ast.AST]:
    yield node.operand


def _arithmetic(node: ast.BinOp) -> Iterator[ast.AST]:
    if type(node.op) in ARITHMETIC:
        yield _with(node, op=ARITHMETIC[type(node.op)]())


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    match node.value:
        case bool():
            yield _with(node, value=not node.value)
        case int():
            yield from (_with(node, value=node.value + step) for step in (1, -1))
        case str():
            yield _with(node, value="" if node.value else "mutant")


def _returned(node: ast.Return) -> Iterator[ast.AST]:
    if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield _with(node, value=None)


def _condition(node: ast.If | ast.While | ast.IfExp) -> Iterator[ast.AST]:
    yield from (_with(node, test=ast.Constant(answer)) for answer in (True, False))


def _let_through(node: ast.comprehension) -> Iterator[ast.AST]:
    for rest in _without_each(node.ifs):
        yield _with(node, ifs=rest)
        yield _with(node, ifs=[*rest, ast.Constant(value=False)])


def _slice(node: ast.Slice) -> Iterator[ast.AST]:
    if node.lower is not None:
        yield _with(node, lower=None)
    if node.upper is not None:
        yield _with(node, upper=None)


def _elements(node: ast.List | ast.Set | ast.Tuple) -> Iterator[ast.AST]:
    if isinstance(node, ast.Set) or isinstance(node.ctx, ast.Load):
        for rest in _without_each(node.elts):
            yield (
                _with(node, elts=rest)
                if rest or not isinstance(node, ast.Set)
                else ast.Call(ast.Name("set", ast.Load()), [], [])
            )


def _pairs(node: ast.Dict) -> Iterator[ast.AST]:
    for keys, values in zip(_without_each(node.keys), _without_each(node.values), strict=True):
        yield _with(node, keys=keys, values=values)


def _call(node: ast.Call) -> Iterator[ast.AST]:
    for rest in _without_each(node.keywords):
        yield _with(node, keywords=rest)
    if isinstance(node.func, ast.Attribute) and node.func.attr in PASSING_ON:
        yield node.func.value
    if isinstance(node.func, ast.Name) and node.func.id in PASSING_ON and node.args:
        yield _with(node, func=ast.Name("list", ast.Load()), keywords=[])


def _twin(node: ast.Name | ast.Attribute) -> Iterator[ast.AST]:
    if isinstance(node, ast.Name) and node.id in TWINS and isinstance(node.ctx, ast.Load):
        yield _with(node, id=TWINS[node.id])
    if isinstance(node, ast.Attribute):
        yield from (_with(node, attr=beside[node.attr]) for beside in (TWINS, BESIDE) if node.attr in beside)


def _statement(node: ast.stmt) -> Iterator[ast.AST]:
    yield ast.Pass()
    if isinstance(node, ast.Break | ast.Continue):
        yield ast.Continue() if isinstance(node, ast.Break) else ast.Break()


def _decorated(node: ast.FunctionDef | ast.ClassDef) -> Iterator[ast.AST]:
    for rest in _without_each(node.decorator_list):
        yield _with(node, decorator_list=rest)


# Which nodes are changed, and how.
CHANGES: tuple[tuple[type | UnionType, Callable[..., Iterator[ast.AST]]], ...] = (
    (ast.Compare, _comparison),
    (ast.BoolOp, _connective),
    (ast.UnaryOp, _negation),
    (ast.BinOp, _arithmetic),
    (ast.Constant, _constant),
    (ast.Return, _returned),
    (ast.If | ast.While | ast.IfExp, _condition),
    (ast.comprehension, _let_through),
    (ast.Slice, _slice),
    (ast.List | ast.Set | ast.Tuple, _elements),
    (ast.Dict, _pairs),
    (ast.Call, _call),
    (ast.Name | ast.Attribute, _twin),
    (ast.Expr | ast.Assign | ast.AugAssign | ast.Raise | ast.Break | ast.Continue | ast.Delete, _statement),
    (ast.FunctionDef | ast.ClassDef, _decorated),
)
