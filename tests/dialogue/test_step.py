"""The conversation: what each move makes of the state."""

import pytest

from assistant.dialogue.moves import (
    AddCondition,
    Answer,
    EditCondition,
    MarkSaved,
    OpenSaved,
    RemoveCondition,
    Rename,
    Say,
    Speak,
    StartOver,
    Undo,
)
from assistant.dialogue.state import Change, State
from assistant.dialogue.step import Context, step
from segments.codec import from_text, to_text
from tests.stub_reader import StubReader

CONTEXT = Context(StubReader())
OSLO = 'city = "Oslo"'
BOTH = 'city = "Oslo" and age >= 30'


def after(*moves: object, state: State | None = None) -> State:
    state = state or State()
    for move in moves:
        state = step(state, move, CONTEXT)  # type: ignore[arg-type]
    return state


def text(state: State) -> str | None:
    return None if state.definition is None else to_text(state.definition)


def test_a_sentence_gives_its_definition() -> None:
    state = after(Say(OSLO))
    assert text(state) == OSLO
    assert state.current.sentence == OSLO
    assert state.unsaved


def test_a_new_sentence_takes_the_place_of_the_definition_and_the_turns_stay() -> None:
    state = after(Say(OSLO), Say("age >= 30"))
    assert text(state) == "age >= 30"
    assert [turn.sentence for turn in state.turns] == [OSLO, "age >= 30"]
    assert state.turns[1].before == from_text(OSLO)


def test_a_sentence_that_is_not_read_leaves_no_old_count_under_it() -> None:
    state = after(Say(OSLO), Say("blah"))
    assert state.definition is None
    assert text(after(Undo(), state=state)) == OSLO


def test_a_sentence_comes_in_simplified() -> None:
    assert text(after(Say('city = "a" or city = "b"'))) == 'city in ("a", "b")'


def test_an_answer_reads_the_sentence_again() -> None:
    state = after(Say("loyal in Oslo"))
    assert state.definition is None
    assert [question.key for question in state.questions] == ["loyal"]
    state = after(Answer("loyal", 0), state=state)
    assert text(state) == 'city = "Oslo" and count(purchase) >= 2'
    assert state.questions == ()
    assert state.answers == {"loyal": 0}
    assert state.turns[-1].change is Change.ANSWERED


def test_undoing_an_answer_asks_again() -> None:
    state = after(Say("loyal in Oslo"), Answer("loyal", 0), Undo())
    assert [question.key for question in state.questions] == ["loyal"]
    assert state.answers == {}


@pytest.mark.parametrize("move", [Answer("loyal", 2), Answer("loyal", -1), Answer("vip", 0)])
def test_an_answer_to_nothing_changes_nothing(move: Answer) -> None:
    state = after(Say("loyal in Oslo"))
    assert after(move, state=state) == state


def test_an_edit_changes_only_its_condition() -> None:
    state = after(Say(BOTH), EditCondition((0,), from_text('city = "Bergen"')))
    assert text(state) == 'city = "Bergen" and age >= 30'
    assert state.current.sentence == BOTH
    assert state.current.reading is None
    turn = state.turns[-1]
    assert (turn.before, turn.after) == (from_text(OSLO), from_text('city = "Bergen"'))


def test_an_edit_deep_inside_leaves_the_rest_alone() -> None:
    said = 'age >= 30 and (city = "Oslo" or not count(purchase) >= 1)'
    state = after(Say(said), EditCondition((1, 1), from_text("not count(purchase) >= 3")))
    assert text(state) == 'age >= 30 and (city = "Oslo" or not count(purchase) >= 3)'


@pytest.mark.parametrize("path", [(2,), (0, 0), (-1,)])
def test_a_path_to_nowhere_changes_nothing(path: tuple[int, ...]) -> None:
    state = after(Say(BOTH))
    assert after(EditCondition(path, from_text(OSLO)), state=state) == state
    assert after(RemoveCondition(path), state=state) == state


def test_an_edit_to_the_same_is_no_turn() -> None:
    state = after(Say(BOTH))
    assert after(EditCondition((0,), from_text(OSLO)), state=state) == state


def test_removing_one_of_two_leaves_the_other_alone() -> None:
    assert text(after(Say(BOTH), RemoveCondition((0,)))) == "age >= 30"


def test_removing_the_last_condition_leaves_nothing_and_not_everyone() -> None:
    state = after(Say(OSLO), RemoveCondition(()))
    assert state.definition is None
    assert not state.unsaved
    assert text(after(Undo(), state=state)) == OSLO


def test_removing_one_by_one_ends_at_nothing() -> None:
    state = after(Say('not (city = "Oslo" or age >= 30)'))
    state = after(RemoveCondition((0, 1)), RemoveCondition((0,)), state=state)
    assert state.definition is None


def test_a_condition_is_added_at_the_end() -> None:
    age = AddCondition(from_text("age >= 30"))
    assert text(after(Say(OSLO), age)) == BOTH
    assert text(after(age)) == "age >= 30"


def test_undo_goes_back_step_by_step_and_then_stays() -> None:
    state = after(Say(OSLO), AddCondition(from_text("age >= 30")), Undo())
    assert text(state) == OSLO
    assert state.current.reading is not None
    state = after(Undo(), Undo(), Undo(), state=state)
    assert state.definition is None
    assert [turn.change for turn in state.turns][-1] is Change.UNDONE


def test_starting_over_can_be_undone() -> None:
    state = after(Say(OSLO), StartOver())
    assert (state.definition, state.current.sentence) == (None, "")
    assert text(after(Undo(), state=state)) == OSLO


def test_an_opened_segment_is_saved_until_it_is_changed() -> None:
    opened = OpenSaved(7, "Oslo", from_text(OSLO), "customers in Oslo")
    state = after(opened)
    assert not state.unsaved
    assert (state.current.name, state.current.sentence) == ("Oslo", "customers in Oslo")
    state = after(AddCondition(from_text("age >= 30")), state=state)
    assert state.unsaved
    assert state.current.saved is not None
    assert not after(Undo(), state=state).unsaved


def test_a_new_sentence_is_not_the_opened_segment() -> None:
    state = after(OpenSaved(7, "Oslo", from_text(OSLO)), Say("age >= 30"))
    assert (state.current.saved, state.current.name) == (None, "")


def test_saving_marks_what_is_on_the_table() -> None:
    state = after(Say(OSLO), Rename("North"))
    assert state.unsaved
    state = after(MarkSaved(3, "North"), state=state)
    assert not state.unsaved


def test_renaming_a_saved_segment_is_a_change_to_save() -> None:
    assert after(OpenSaved(7, "Oslo", from_text(OSLO)), Rename("North")).unsaved


def test_undo_past_the_saving_keeps_the_segment_and_is_unsaved() -> None:
    state = after(Say(OSLO), AddCondition(from_text("age >= 30")), MarkSaved(3, "North"), Undo())
    assert text(state) == OSLO
    assert state.current.saved is not None
    assert state.current.saved.id == 3
    assert state.unsaved


def test_undo_to_another_segment_does_not_take_the_name_along() -> None:
    state = after(Say(OSLO), Say("age >= 30"), MarkSaved(3, "Old"), Undo())
    assert (state.current.saved, state.current.name) == (None, "")


def test_the_page_s_language_is_no_turn() -> None:
    state = after(Say(OSLO), Speak("sv"))
    assert (state.language, len(state.turns)) == ("sv", 1)
