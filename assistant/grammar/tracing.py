"""How a sentence was read, for whoever debugs one: what `Reader.trace` gives.

In: what the reader met on its way, told to a `Recorder`. Out: a `Trace`, from the tokens to the
reading. Nothing is collected when nobody asks. Codes and names only; the terminal prints them.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, fields

from assistant.grammar.assembly import advance, rule
from assistant.grammar.cutter import Cutter, Lattice
from assistant.grammar.frames import Frame, Pending, State
from assistant.grammar.meaning import Unclear
from assistant.grammar.moves.brackets import ended
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import Owned, Piece
from assistant.grammar.reading import Note, Reading
from assistant.grammar.tokens import Token
from assistant.grammar.tree import definition
from assistant.grammar.variants import Variant, Variants

_UNSAID = frozenset({"pieces"})  # of a frame: what its other slots already say


@dataclass(frozen=True, slots=True)
class Span:
    """One piece of the lattice, its words and who gave it: a language, the shop, the signs."""

    piece: Piece
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Step:
    """One move on the way: its piece, the rule that took it and what it changed."""

    words: str
    piece: Piece
    rule: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """One complete parse: its readings, those dropped as contradictions, or why there are none."""

    cost: float
    frames: tuple[Frame, ...]
    steps: tuple[Step, ...]
    variants: Variants = ()
    dropped: Variants = ()
    reason: Note | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one language made of the sentence: its tokens with typos mended, spans, parses."""

    language: str
    tokens: tuple[Token, ...]
    corrections: dict[int, str]
    spans: tuple[Span, ...]
    tried: tuple[Tried, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything from the tokens to the reading. `votes` are the words each language knows;
    `kept` the parses that stayed within a tie of the cheapest: (language, cost)."""

    text: str
    tokens: tuple[Token, ...]
    votes: dict[str, int]
    attempts: tuple[Attempt, ...]
    kept: tuple[tuple[str, float], ...]
    reading: Reading


@dataclass(slots=True)
class _Begun:
    language: str
    context: Context
    cutter: Cutter
    lattice: Lattice
    ended: list[tuple[State, Variants, Note | None]] = field(default_factory=list)


class Recorder:
    """What the reader tells while it reads."""

    def __init__(self) -> None:
        self._begun: list[_Begun] = []

    def cut(self, language: str, context: Context, cutter: Cutter, lattice: Lattice) -> None:
        """A language has cut the sentence."""
        self._begun.append(_Begun(language, context, cutter, lattice))

    def ended(self, language: str, state: State, variants: Variants, reason: Note | None) -> None:
        """A complete parse has been turned into readings, or into none for a reason."""
        begun = next(each for each in self._begun if each.language == language)
        begun.ended.append((state, variants, reason))

    def attempts(self) -> tuple[Attempt, ...]:
        """What each language made of it, with the steps of every parse."""
        return tuple(map(_attempt, self._begun))


def _attempt(begun: _Begun) -> Attempt:
    tried = tuple(_tried(begun.context, *ended) for ended in begun.ended)
    corrections = dict(begun.cutter.corrections)
    return Attempt(begun.language, begun.context.tokens, corrections, tuple(_spans(begun)), tried)


def _spans(begun: _Begun) -> Iterator[Span]:
    sources = {
        (p.start, p.end, p.sort, p.payload): source
        for source, pieces in reversed(list(begun.cutter.sources()))
        for p in pieces
    }
    for piece in (piece for row in begun.lattice for piece in row):
        source = sources.get((piece.start, piece.end, piece.sort, piece.payload), "")
        yield Span(piece, begun.context.words(piece), source)


def _tried(context: Context, state: State, variants: Variants, reason: Note | None) -> Tried:
    kept = {variant.condition for variant in variants}
    dropped: tuple[Variant, ...] = ()
    with suppress(Unclear):  # `reason` says so already
        dropped = tuple(v for v in definition(context, state.frames) if v.condition not in kept)
    steps = tuple(_steps(context, state))
    return Tried(state.cost, state.frames, steps, variants, dropped, reason)


def _steps(context: Context, end: State) -> Iterator[Step]:
    """The moves that led to a state, found by going its path again."""
    states = _way(context, end)
    for piece, before, after in zip(end.path, states, states[1:], strict=False):
        yield Step(context.words(piece), piece, rule(piece.sort), tuple(_changes(before, after)))


def _way(context: Context, end: State) -> list[State]:
    """The states from the empty one to the end; none when the path was no walk of moves."""
    walks: list[list[State]] = [[State()]]
    for piece in end.path:
        longer = [[*walk, state] for walk in walks for state in advance(context, walk[-1], piece)]
        walks = list(
            {
                repr((w[-1].frames, w[-1].pending, w[-1].open, w[-1].outer)): w for w in longer
            }.values()
        )
    for walk in walks:
        for closed in ended(walk[-1]):
            if closed.frames == end.frames:
                return [*walk[:-1], closed]
    return []


def _changes(before: State, after: State) -> Iterator[str]:
    for index, frame in enumerate(after.frames):
        old = before.frames[index] if index < len(before.frames) else None
        if frame != old:
            verb = f"frame {index}" if old else f"new frame {index}"
            yield f"{verb}: {said(frame, old)}"
    if after.pending != before.pending:
        yield f"pending: {said(after.pending, None) or '-'}"


def said(part: Frame | Pending, old: Frame | Pending | None) -> str:
    """The slots of a frame that are filled, or that differ from an older one."""
    empty = part._field_defaults
    shown = []
    for slot, value in zip(part._fields, part, strict=True):
        unfilled = getattr(old, slot) if old is not None else empty.get(slot)
        if slot not in _UNSAID and value != unfilled:
            shown.append(f"{slot}={written(value)}")
    return " ".join(shown)


def written(value: object) -> str:
    """A payload or slot in short: the names of its type and what stands in it."""
    if value is None:
        return "-"
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Owned):
        owner = f"{value.event}.{value.name}" if value.event else value.name
        return f"{owner}={written(value.code)}"
    if isinstance(value, Frame):
        return f"({said(value, None)})"
    if isinstance(value, frozenset):
        return "|".join(sorted(map(written, value)))
    if isinstance(value, tuple):
        return f"[{', '.join(map(written, value))}]"
    if hasattr(value, "__dataclass_fields__"):
        inner = [
            f"{slot.name}={written(getattr(value, slot.name))}"
            for slot in fields(value)  # type: ignore[arg-type]
            if getattr(value, slot.name) not in (None, False, "", slot.default)
        ]
        return f"{type(value).__name__}({' '.join(inner)})"
    return str(value)
