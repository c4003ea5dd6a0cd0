"""One move: in a state and a move, out the next state. Pure. Start at `step`.

A definition is simplified as it comes in, so that paths mean the same here and in an `Answer`. A
move that fits nothing (a stale path, an unknown question) leaves the state as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from assistant.dialogue.changing import begin, change, named, redo, undo
from assistant.dialogue.moves import (
    AddCondition,
    Answer,
    EditCondition,
    Follow,
    MarkSaved,
    Move,
    OpenSaved,
    Redo,
    RemoveCondition,
    Rename,
    Say,
    Speak,
    StartOver,
    Undo,
)
from assistant.dialogue.state import Change, Current, SavedAs, State, Turn
from assistant.dialogue.talking import answered, said
from assistant.dialogue.tree import added, at, removed, replaced
from assistant.grammar.listening import Hears
from segments.definition import Condition
from segments.rewrites import simplify

FOLLOW_UP = "follow_up"  # the key of a question about a follow-up


@dataclass(frozen=True, slots=True)
class Context:
    """What a step may ask."""

    reader: Hears
    saved: Mapping[str, Condition] = field(default_factory=dict)  # the saved segments by name


def step(state: State, move: Move, context: Context) -> State:
    """The state after the move."""
    match move:
        case Say(text):
            return said(state, text, context.reader, context.saved, alone=True)
        case Follow(text):
            return said(state, text, context.reader, context.saved, alone=False)
        case Answer():
            return answered(state, move, context.reader)
        case EditCondition() | RemoveCondition() | AddCondition():
            return _by_hand(state, move)
        case Undo():
            return undo(state)
        case Redo():
            return redo(state)
        case StartOver():
            return begin(state, Turn(Change.CLEARED), Current())
        case OpenSaved():
            return _open(state, move)
        case Rename(name):
            return named(state, name)
        case MarkSaved():
            return _saved(state, move)
        case Speak(language):
            return replace(state, language=language)
        case _:
            assert_never(move)


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
    return change(state, turn, current)


# --- segments and time ----------------------------------------------------------------------


def _open(state: State, move: OpenSaved) -> State:
    definition = simplify(move.definition)
    current = Current(
        sentence=move.sentence,
        definition=definition,
        saved=SavedAs(move.id, move.name, definition),
        name=move.name,
    )
    turn = Turn(Change.OPENED, move.sentence, None, definition, state.definition, definition)
    return begin(state, turn, current)


def _saved(state: State, move: MarkSaved) -> State:
    """Mark the segment saved; what undo brings back of it belongs to it as well."""
    state = named(state, move.name)
    current = state.current
    saved = current.saved
    if current.definition is not None:
        saved = SavedAs(move.id, move.name, current.definition)
    past = tuple(
        replace(each, saved=saved) if each.begun == current.begun else each for each in state.past
    )
    return replace(state, current=replace(current, saved=saved), past=past)
