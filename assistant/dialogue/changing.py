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


def undo(state: State) -> State:
    """What was there before the last change."""
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
    future = (*state.future, state.current)
    turns = (*state.turns, turn)
    return replace(state, current=last, past=tuple(earlier), future=future, turns=turns)


def redo(state: State) -> State:
    """What was there before the last undo."""
    if not state.future:
        return state
    *earlier, last = state.future
    turn = Turn(
        Change.REDONE,
        last.sentence,
        last.reading,
        last.definition,
        state.definition,
        last.definition,
    )
    past, turns = (*state.past, state.current), (*state.turns, turn)
    return replace(state, current=last, past=past, future=tuple(earlier), turns=turns)


def refused(state: State, text: str, code: str, **values: str) -> State:
    """A turn that could not be done; `code` is that of the reason."""
    turn = Turn(Change.REFUSED, text, definition=state.definition, notes=(Note(code, values),))
    return told(state, turn)


def told(state: State, turn: Turn) -> State:
    """A turn that leaves everything as it is."""
    return replace(state, turns=(*state.turns, turn))
