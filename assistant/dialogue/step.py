"""One move: in a state and a move, out the next state. Pure. Start at `step`.

A definition is simplified as it comes in, so that paths mean the same here and in an `Answer`. A
move that fits nothing (a stale path, an unknown question) leaves the state as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol, assert_never

from assistant.dialogue.moves import (
    AddCondition,
    Answer,
    EditCondition,
    MarkSaved,
    Move,
    OpenSaved,
    RemoveCondition,
    Rename,
    Say,
    Speak,
    StartOver,
    Undo,
)
from assistant.dialogue.state import Change, Current, SavedAs, State, Turn
from assistant.dialogue.tree import added, at, removed, replaced
from assistant.grammar.reading import Reading, Status
from segments.definition import Condition
from segments.rewrites import simplify


class Reads(Protocol):
    """What reads sentences: `assistant.grammar.reader.Reader`."""

    def read(
        self, text: str, language: str | None = None, answers: Mapping[str, int] | None = None
    ) -> Reading:
        """Read one sentence with the choices taken so far."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a step may ask."""

    reader: Reads


def step(state: State, move: Move, context: Context) -> State:
    """The state after the move."""
    match move:
        case Say(text):
            return _say(state, text, context)
        case Answer():
            return _answer(state, move, context)
        case EditCondition() | RemoveCondition() | AddCondition():
            return _by_hand(state, move)
        case Undo():
            return _undo(state)
        case StartOver():
            return _begin(state, Turn(Change.CLEARED), Current())
        case OpenSaved():
            return _open(state, move)
        case Rename(name):
            return _for_segment(state, None, name)
        case MarkSaved(id_, name):
            return _for_segment(state, id_, name)
        case Speak(language):
            return replace(state, language=language)
        case _:
            assert_never(move)


# --- sentences ------------------------------------------------------------------------------


def _say(state: State, text: str, context: Context) -> State:
    reading = context.reader.read(text, state.language)
    definition = _definition(reading)
    turn = Turn(Change.SAID, text, reading, definition, state.definition, definition)
    return _begin(state, turn, Current(text, reading, definition))


def _answer(state: State, move: Answer, context: Context) -> State:
    open_ = {question.key: len(question.choices) for question in state.questions}
    if not 0 <= move.choice < open_.get(move.question, 0):
        return state
    answers = state.answers | {move.question: move.choice}
    sentence = state.current.sentence
    reading = context.reader.read(sentence, state.language, answers)
    definition = _definition(reading)
    turn = Turn(Change.ANSWERED, sentence, reading, definition, state.definition, definition)
    current = replace(
        state.current, reading=reading, definition=definition, answers=tuple(answers.items())
    )
    return _change(state, turn, current)


def _definition(reading: Reading) -> Condition | None:
    """None unless it is answered: a count under a sentence that asks would belong to another."""
    if reading.status is not Status.ANSWERED or reading.definition is None:
        return None
    return simplify(reading.definition)


# --- by hand --------------------------------------------------------------------------------


def _by_hand(state: State, move: EditCondition | RemoveCondition | AddCondition) -> State:
    whole = state.definition
    if isinstance(move, AddCondition):
        after = simplify(added(whole, move.condition))
        return _edited(state, after, Turn(Change.ADDED, after=move.condition))
    before = None if whole is None else at(whole, move.path)
    if whole is None or before is None:
        return state
    if isinstance(move, EditCondition):
        after = simplify(replaced(whole, move.path, move.condition))
        return _edited(state, after, Turn(Change.EDITED, before=before, after=move.condition))
    left = removed(whole, move.path)
    turn = Turn(Change.REMOVED, before=before)
    return _edited(state, None if left is None else simplify(left), turn)


def _edited(state: State, definition: Condition | None, turn: Turn) -> State:
    if definition == state.definition:
        return state
    turn = replace(turn, sentence=state.current.sentence, definition=definition)
    current = replace(state.current, reading=None, definition=definition, answers=())
    return _change(state, turn, current)


# --- segments and time ----------------------------------------------------------------------


def _undo(state: State) -> State:
    if not state.past:
        return state
    *earlier, last = state.past
    turn = Turn(
        Change.UNDONE,
        last.sentence,
        last.reading,
        last.definition,
        state.definition,
        last.definition,
    )
    return replace(state, current=last, past=tuple(earlier), turns=(*state.turns, turn))


def _open(state: State, move: OpenSaved) -> State:
    definition = simplify(move.definition)
    current = Current(
        sentence=move.sentence,
        definition=definition,
        saved=SavedAs(move.id, move.name, definition),
        name=move.name,
    )
    turn = Turn(Change.OPENED, move.sentence, None, definition, state.definition, definition)
    return _begin(state, turn, current)


def _for_segment(state: State, id_: int | None, name: str) -> State:
    """Name the segment, or mark it saved; what undo brings back of it belongs to it as well."""
    current = state.current
    saved = current.saved
    if id_ is not None and current.definition is not None:
        saved = SavedAs(id_, name, current.definition)
    past = tuple(
        replace(each, saved=saved, name=name) if each.begun == current.begun else each
        for each in state.past
    )
    return replace(state, current=replace(current, saved=saved, name=name), past=past)


def _begin(state: State, turn: Turn, current: Current) -> State:
    """Another segment; the one before can be brought back."""
    return _change(state, turn, replace(current, begun=len(state.turns) + 1))


def _change(state: State, turn: Turn, current: Current) -> State:
    past = (*state.past, state.current)
    return replace(state, current=current, past=past, turns=(*state.turns, turn))
