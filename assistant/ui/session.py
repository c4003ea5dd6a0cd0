"""Every key of a session's state, and what a person may do to it.

In: what was done on the page. Out: the next state of the dialogue, and the answer that belongs to
it. No page touches `st.session_state` but through here, apart from the values of its own widgets.
Start at `answer` and `do`.
"""

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from assistant.answers import Answer, Asked, Table
from assistant.answers.messages import Suggested
from assistant.dialogue.hearing import Command
from assistant.dialogue.moves import Answer as Choose
from assistant.dialogue.moves import EditCondition, Follow, Move, Say, Speak, Undo
from assistant.dialogue.state import Change, State, Turn
from assistant.dialogue.step import Context, step
from assistant.grammar.reading import Question, Reading, Status
from assistant.languages.files import languages, spoken_by
from assistant.languages.texts import Texts
from assistant.languages.texts import texts as texts_of
from assistant.ui import resources
from assistant.ui.grants import Export, Grant, Listen
from assistant.ui.reading import listen, read
from segments.audiences import used
from segments.definition import Condition
from segments.rewrites import simplify

LANGUAGE = "lang"  # the key of the switch, and its name in the address
_STATE, _SHOWN, _VERSION, _TICKETS, _TAKEN_UP = "state", "shown", "version", "tickets", "taken_up"
_COUNTS, _SUGGESTED, _DONE = "counts", "suggested", "done"


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer with the text that stands in the box, for one state and language."""

    state: State
    answer: Answer
    text: str
    asked: tuple[Asked, ...]


# --- language ---------------------------------------------------------------------------------


def language() -> str:
    """The language of the page: chosen, else the browser's, else English."""
    chosen = st.session_state.get(LANGUAGE) or st.query_params.get(LANGUAGE)
    return chosen if chosen in languages() else browser_language()


def browser_language() -> str:
    """The language the browser asks for, if it is one of ours."""
    return spoken_by(str(st.context.locale or "")[:2].lower())


def texts() -> Texts:
    """The texts of the page's language."""
    return texts_of(language())


# --- the dialogue -----------------------------------------------------------------------------


def state() -> State:
    """Where the conversation stands."""
    found: State = st.session_state.get(_STATE) or State()
    if found.language != language():
        found = step(found, Speak(language()), _context())
    return found


def do(*moves: Move) -> None:
    """Take the moves one after the other."""
    now = state()
    for move in moves:
        now = step(now, move, _context())
    st.session_state[_STATE] = now
    st.session_state[_VERSION] = version() + 1


def say(text: str) -> None:
    """Take a sentence."""
    if text.strip():
        do(Say(read_as(text)))


def read_again() -> None:
    """Read the sentence on the table once more, after the shop was taught something; what was
    changed by hand stays as it is."""
    current = state().current
    if current.reading is not None:
        do(Say(current.sentence))


def follow(text: str) -> None:
    """Take a turn about the segment in hand."""
    if text.strip():
        do(Follow(read_as(text)))


def read_as(text: str) -> str:
    """The sentence as it is kept: without the space around and inside that says nothing."""
    return " ".join(text.split())


def choose(question: str, option: int) -> None:
    """Take a choice of a question; one already answered is opened again first."""
    back = state()
    undone: list[Move] = []
    while question not in {each.key for each in back.questions} and back.past:
        back = step(back, Undo(), _context())
        undone.append(Undo())
    if question in {each.key for each in back.questions}:
        do(*undone, Choose(question, option))


def return_to(turn: Turn) -> None:
    """Put an earlier turn on the table again."""
    if turn.change is Change.SAID or state().definition is None:
        do(Say(turn.sentence))
    elif turn.definition is not None:
        do(EditCondition((), turn.definition))


def _context() -> Context:
    kept = resources.store().list()
    saved = {each.name: each.definition for each in kept if each.definition is not None}
    return Context(resources.shop().reader, saved)


def version() -> int:
    """Grows with each move: widgets that belong to one answer carry it in their key."""
    return int(st.session_state.get(_VERSION, 0))


# --- what is shown of it ----------------------------------------------------------------------


def shown() -> Shown | None:
    """The answer to what is on the table, asked once; None when nothing is."""
    now = state()
    if now.definition is None and now.current.reading is None:
        return None
    known: Shown | None = st.session_state.get(_SHOWN)
    if known is None or known.state != now:
        known = _shown(now)
        st.session_state[_SHOWN] = known
    return known


def answer() -> Answer | None:
    """The answer to what is on the table; None when nothing is."""
    found = shown()
    return found.answer if found else None


def _shown(now: State) -> Shown:
    shop, current = resources.shop(), now.current
    if current.reading is not None:
        found = shop.answer(current.reading, as_of=current.as_of, language=now.language)
        return Shown(now, found, current.sentence, _asked(now, found))
    if now.definition is None:
        message = "nothing is on the table"
        raise LookupError(message)
    found = shop.evaluate(now.definition, as_of=current.as_of, language=now.language)
    for text in (current.sentence, found.readback or ""):
        reading = read(shop, text)
        if reading.definition is not None and simplify(reading.definition) == now.definition:
            words = listen(shop, text, now.language).words
            return Shown(now, replace(found, reading=reading, words=words), text, ())
    return Shown(now, found, found.readback or current.sentence, ())


def just_told(command: Command) -> bool:
    """Whether the last turn told to do this; once for each time it is told."""
    last = state().last
    told = last is not None and last.change is Change.COMMANDED and last.command is command
    if not told or st.session_state.get(_DONE) == version():
        return False
    st.session_state[_DONE] = version()
    return True


def suggested(answer: Answer) -> Suggested:
    """What to say to the members of an answer, asked once; raises Shown for mistakes in the shop's
    playbooks."""
    known: tuple[Answer, Suggested] | None = st.session_state.get(_SUGGESTED)
    if known is None or (known[0].definition, known[0].as_of) != (answer.definition, answer.as_of):
        if answer.definition is None:
            message = "nobody is meant"
            raise LookupError(message)
        found = resources.messenger().suggest(answer.definition, as_of=answer.as_of)
        known = (answer, found)
        st.session_state[_SUGGESTED] = known
    return known[1]


def _asked(now: State, found: Answer) -> tuple[Asked, ...]:
    """The questions of the sentence: those answered too, so that the choice can be changed."""
    if found.status is not Status.ANSWERED or not now.current.answers:
        return found.questions
    first = _first_asking(now)
    if first is None:
        return found.questions
    return resources.shop().answer(first, language=now.language).questions


def first_asking() -> Reading | None:
    """The reading of the sentence on the table with its questions still open."""
    return _first_asking(state())


def first_question(key: str) -> Question | None:
    """A question of the sentence on the table, answered or not."""
    reading = first_asking()
    asked = reading.questions if reading else ()
    return next((question for question in asked if question.key == key), None)


def _first_asking(now: State) -> Reading | None:
    since = now.turns[max(0, now.current.begun - 1) :]
    readings = (turn.reading for turn in since if turn.sentence == now.current.sentence)
    return next((each for each in readings if each and each.status is Status.ASKS), None)


def changes(turn: Turn) -> tuple[str, ...]:
    """What a turn changed, in words."""
    edits = ((edit.before, edit.after) for edit in turn.edits)
    return resources.shop().changes(edits, as_of=_day(), language=language())


def table(turn: Turn) -> Table | None:
    """The answer to what a turn asked."""
    if turn.inquiry is None:
        return None
    return resources.shop().table(turn.definition, turn.inquiry, as_of=_day(), language=language())


def count_of(definition: Condition) -> int:
    """How many members a turn's definition has; counted once, unless it names what may change."""
    if used(definition):
        return resources.shop().count(definition, as_of=_day())
    known: dict[tuple[Condition, date | None], int] = st.session_state.setdefault(_COUNTS, {})
    asked = (definition, _day())
    if asked not in known:
        known[asked] = resources.shop().count(definition, as_of=_day())
    return known[asked]


def _day() -> date | None:
    """The day that what is on the table takes today to be."""
    return state().current.as_of


# --- tickets ----------------------------------------------------------------------------------


def ticket() -> str:
    """The token with which this session's box may ask."""
    return _ticket("listen", Listen())


def export_ticket(grant: Export) -> str:
    """The token with which this session may fetch a file."""
    return _ticket("export", grant)


def _ticket(purpose: str, grant: Grant) -> str:
    held: dict[str, str] = st.session_state.setdefault(_TICKETS, {})
    tickets = resources.tickets()
    if purpose not in held or not tickets.change(held[purpose], grant):
        held[purpose] = tickets.issue(grant)
    return held[purpose]


def first_run() -> bool:
    """True once a session: the address is then taken up."""
    first = not st.session_state.get(_TAKEN_UP)
    st.session_state[_TAKEN_UP] = True
    return first
