"""The next state of a conversation after one change, with the way back.

In: a state, a turn, what is on the table then. Out: the next state. Start at `change`.
"""

from dataclasses import replace

from assistant.dialogue.state import Change, Current, State, Turn
from assistant.grammar.reading import Note


def begin(state: State, turn: Turn, current: Current) -> State:
    """Another segment; the one before can be brought back."""
    return change(state, turn, replace(current, begun=len(state.turns) + 1))


def change(state: State, turn: Turn, current: Current) -> State:
    """Something else on the table, and a way back to what was."""
    past = (*state.past, state.current)
    return replace(state, current=current, past=past, future=(), turns=(*state.turns, turn))


def undo(state: State, steps: int = 1) -> State:
    """What was there before the last changes."""
    if not 0 < steps <= len(state.past):
        return state
    earlier, (last, *between) = state.past[:-steps], state.past[-steps:]
    turn = Turn(
        Change.UNDONE,
        last.sentence,
        last.reading,
        last.definition,
        state.definition,
        last.definition,
    )
    future = (*state.future, state.current, *reversed(between))
    turns = (*state.turns, turn)
    return replace(state, current=last, past=earlier, future=future, turns=turns)


def redo(state: State, steps: int = 1) -> State:
    """What was there before the last undos."""
    if not 0 < steps <= len(state.future):
        return state
    earlier, (last, *between) = state.future[:-steps], state.future[-steps:]
    turn = Turn(
        Change.REDONE,
        last.sentence,
        last.reading,
        last.definition,
        state.definition,
        last.definition,
    )
    past = (*state.past, state.current, *reversed(between))
    turns = (*state.turns, turn)
    return replace(state, current=last, past=past, future=earlier, turns=turns)


def named(state: State, name: str) -> State:
    """The segment under another name; what undo brings back of it has that name as well."""
    begun = state.current.begun
    past = tuple(replace(e, name=name) if e.begun == begun else e for e in state.past)
    return replace(state, current=replace(state.current, name=name), past=past)


def refused(state: State, text: str, code: str, **values: str) -> State:
    """A turn that could not be done; `code` is that of the reason."""
    turn = Turn(Change.REFUSED, text, definition=state.definition, notes=(Note(code, values),))
    return told(state, turn)


def told(state: State, turn: Turn) -> State:
    """A turn that leaves everything as it is."""
    return replace(state, turns=(*state.turns, turn))
