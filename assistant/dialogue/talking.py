"""A text in a conversation: a sentence of its own, a follow-up, a command or a choice.

In: the state, the text. Out: the next state. A sentence that names members again begins a segment;
a word for editing, a connective at the start or a bare fragment changes the one in hand; where
both are sensible it is asked about. Start at `said`.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from assistant.dialogue.changing import begin, change, named, redo, refused, told, undo
from assistant.dialogue.choosing import chosen
from assistant.dialogue.clauses import distinct, in_turns, takes_out_later
from assistant.dialogue.followup import outcomes
from assistant.dialogue.hearing import Command, Heard, hear
from assistant.dialogue.manner import Manner
from assistant.dialogue.moves import Answer
from assistant.dialogue.pointing import pointed
from assistant.dialogue.spots import Edit, Misfit, Outcome
from assistant.dialogue.state import Change, Current, State, Turn
from assistant.grammar.listening import Hears
from assistant.grammar.reading import Choice, Note, Question, Reading, Status
from assistant.grammar.sense import contradicts
from assistant.grammar.tokens import QUOTE_MARKS
from segments.definition import All, Condition, Field, leaves
from segments.inquiry import Contrast, Inquiry, Size, Within
from segments.rewrites import simplify

FOLLOW_UP = "follow_up"  # the key of a question about a follow-up

# --- sentences ------------------------------------------------------------------------------


Saved = Mapping[str, Condition]  # the saved segments by name


def said(state: State, text: str, reader: Hears, saved: Saved, *, alone: bool) -> State:
    """A text by its own words: a command, a follow-up, or a sentence. `alone` when it stands where
    sentences stand, so that a fragment without a word for editing begins a segment."""
    if state.questions:
        question = state.questions[0]
        choice = chosen(text, question, reader, state.language)
        if choice is not None:
            return answered(state, Answer(question.key, choice), reader)
    heard = hear(text, state.language, reader.votes)
    if heard.command is not None:
        return _commanded(state, text, heard)
    if state.definition is None:
        return _say(state, text, reader)
    if found := pointed(state.definition, heard, state.turns):
        return _one_of(state, text, heard, found)
    inquired = _inquire(state, text, heard, reader, saved)
    if inquired is not None:
        return inquired
    anew = reader.names_members(heard.rest, heard.language)
    if heard.manner is Manner.BARE and (anew or (alone and not heard.without)):
        begun = _say(state, text, reader)
        reading = begun.current.reading
        if reading is None or reading.status is not Status.UNREAD:
            return begun
        if anew and alone:
            return begun
        if anew:  # what is on the table is not lost to words that nobody can read
            reason = reading.reasons[0] if reading.reasons else Note("edit_not_read")
            if reason.code in ("one_split", "share_of"):
                return refused(state, text, reason.code, **reason.values)
            words = reason.values.get("words", heard.rest)
            return refused(state, text, "edit_not_read", words=words)
        followed = _follow(state, text, heard, reader)  # "60 days" is no sentence
        return begun if followed.turns[-1].change is Change.REFUSED else followed
    return _follow(state, text, heard, reader, anew=anew)


def _say(state: State, text: str, reader: Hears) -> State:
    reading = reader.read(text, state.language)
    definition = _definition(reading)
    turn = Turn(Change.SAID, text, reading, definition, state.definition, definition)
    turn = replace(turn, inquiry=reading.inquiry)
    return begin(state, turn, Current(text, reading, definition, as_of=reading.as_of))


# --- inquiries ------------------------------------------------------------------------------


def _inquire(state: State, text: str, heard: Heard, reader: Hears, saved: Saved) -> State | None:
    """What is asked of the segment in hand; None when nothing is, or of others."""
    for each in reader.asked(text, heard.language):
        rest = each.rest(text)
        if each.splits and not (each.anew or reader.names_members(rest, heard.language)):
            first, second = each.splits
            return refused(state, text, "one_split", first=first, second=second)
        if each.portion:
            continue  # of others than those in hand: a sentence of its own
        inquiry: Inquiry | None = each.inquiry
        anew = each.anew or reader.names_members(rest, heard.language)
        if rest and anew and not each.part:
            return None  # a sentence of its own, which begins anew
        if rest and reader.counts_things(rest, heard.language):
            continue  # "how many orders over 500 kr" counts no people
        if rest:
            part = _definition(reader.read(rest, heard.language))
            inquiry = Within(part) if part is not None and isinstance(inquiry, Size) else None
            if part is not None and inquiry is not None and _apart(state, part, reader):
                return refused(state, text, "nobody_fits", words=" ".join(rest.split()))
        elif isinstance(inquiry, Contrast) and inquiry.name:
            others = _others(inquiry.name, heard.language, reader, saved)
            if others is None:
                return refused(state, text, "unknown_segment", words=inquiry.name)
            inquiry = replace(inquiry, others=others)
        if inquiry is not None:
            turn = Turn(Change.INQUIRED, text, definition=state.definition, inquiry=inquiry)
            return told(state, turn)
    return None


def _apart(state: State, part: Condition, reader: Hears) -> bool:
    """Whether nobody of the segment in hand can meet a condition."""
    whole = state.definition
    return whole is not None and contradicts(simplify(All((whole, part))), reader.catalogue)


def _others(name: str, language: str, reader: Hears, saved: Saved) -> Condition | None:
    """Those a segment is compared with: a saved segment by its name, or whom the words say."""
    known = {each.casefold(): definition for each, definition in saved.items()}
    return known.get(name.strip(QUOTE_MARKS).casefold()) or _definition(reader.read(name, language))


# --- follow-ups -----------------------------------------------------------------------------


def _follow(state: State, text: str, heard: Heard, reader: Hears, *, anew: bool = False) -> State:
    """The definition after a follow-up; asked about when it could be several, left as it is when
    it could be none."""
    whole = state.definition
    if whole is None:
        return state
    edits = state.last.edits if state.last is not None else ()
    newest = [edit.after for edit in edits if edit.after is not None]
    try:
        found = _outcomes(whole, (text, heard), reader, newest)
    except Misfit as misfit:
        return told(state, Turn(Change.REFUSED, text, definition=whole, notes=(misfit.note,)))
    code = FOLLOW_UP
    corrected = heard.meant and any(edit.before for each in found for edit in each.edits)
    open_ = anew or (heard.manner is Manner.BARE and not corrected)
    fresh = _sentence(heard, reader) if open_ else None
    if fresh is not None and all(fresh != each.definition for each in found):
        found = (*found, Outcome(fresh, ()))
        code = "new_or_follow"
    return _one_of(state, text, heard, found, code)


def _outcomes(
    whole: Condition, said: tuple[str, Heard], reader: Hears, newest: Sequence[Condition]
) -> tuple[Outcome, ...]:
    """The outcomes of a text as one change, else as several."""
    text, heard = said
    try:
        found = outcomes(whole, heard, reader, newest)
    except Misfit:
        found = in_turns(whole, text, reader, heard.language)
        if not found:
            raise
        return found
    if takes_out_later(text, heard):
        with suppress(Misfit):
            return distinct((*in_turns(whole, text, reader, heard.language), *found))
    return found


def _one_of(
    state: State, text: str, heard: Heard, found: Sequence[Outcome], code: str = FOLLOW_UP
) -> State:
    """The one outcome, or the question which is meant."""
    if len(found) == 1:
        return _outcome(state, text, found[0])
    choices = tuple(Choice(o.definition, o.definition) for o in found if o.definition is not None)
    question = Question(FOLLOW_UP, code, heard.rest or text, 0, len(text), choices)
    kept = tuple(o for o in found if o.definition is not None)
    return told(
        state,
        Turn(Change.WONDERED, text, definition=state.definition, question=question, choices=kept),
    )


def _sentence(heard: Heard, reader: Hears) -> Condition | None:
    """What the words would be as a sentence of their own, when they say several things; both ends
    of one number are one thing."""
    definition = _definition(reader.read(heard.rest, heard.language))
    said = leaves(definition) if definition is not None else ()
    things = {leaf.field if isinstance(leaf, Field) else leaf for leaf in said}
    return definition if len(things) > 1 else None


def _outcome(state: State, text: str, outcome: Outcome) -> State:
    turn = Turn(
        Change.FOLLOWED,
        text,
        definition=outcome.definition,
        before=state.definition,
        after=outcome.definition,
        edits=outcome.edits,
        notes=outcome.notes,
    )
    if outcome.definition is not None and not outcome.edits:  # another segment was meant
        return begin(
            state, turn, Current(text, None, outcome.definition, as_of=state.current.as_of)
        )
    current = replace(
        state.current, reading=None, definition=outcome.definition, answers=(), sentence=text
    )
    return change(state, turn, current)


def _commanded(state: State, text: str, heard: Heard) -> State:
    match heard.command:
        case Command.UNDO:
            return _stepped(state, text, heard, state.past)
        case Command.REDO:
            return _stepped(state, text, heard, state.future)
        case Command.RESTART:
            return begin(state, Turn(Change.CLEARED, text), Current())
        case Command.WHOLE:
            return _whole(state, text)
        case command:
            if state.definition is None:
                return refused(state, text, "nothing_in_hand")
            if command is Command.RENAME:
                state = named(state, heard.name)
            turn = Turn(Change.COMMANDED, text, command=command, name=heard.name)
            return told(state, replace(turn, definition=state.definition))


def _stepped(state: State, text: str, heard: Heard, way: Sequence[Current]) -> State:
    """So many steps back or forward, where there are as many."""
    if not way:
        return refused(state, text, f"nothing_to_{heard.command}")
    if len(way) < heard.steps:
        return refused(state, text, "fewer_steps", count=str(len(way)))
    go = undo if heard.command is Command.UNDO else redo
    return go(state, heard.steps)


def _whole(state: State, text: str) -> State:
    """The segment as it was before its first follow-up."""
    begun = state.current.begun
    first = next((each for each in state.past if each.begun == begun and each.definition), None)
    if first is None or first.definition == state.definition:
        return refused(state, text, "nothing_to_undo")
    turn = Turn(
        Change.FOLLOWED,
        text,
        definition=first.definition,
        before=state.definition,
        after=first.definition,
        edits=(Edit(state.definition, first.definition),),
    )
    return change(state, turn, first)


# --- answers --------------------------------------------------------------------------------


def answered(state: State, move: Answer, reader: Hears) -> State:
    """The choice taken; the sentence is read again with it."""
    last = state.last
    if move.question == FOLLOW_UP and last is not None and last.choices:
        fits = 0 <= move.choice < len(last.choices)
        return _outcome(state, last.sentence, last.choices[move.choice]) if fits else state
    open_ = {question.key: len(question.choices) for question in state.questions}
    if not 0 <= move.choice < open_.get(move.question, 0):
        return state
    answers = state.answers | {move.question: move.choice}
    sentence = state.current.sentence
    reading = reader.read(sentence, state.language, answers)
    definition = _definition(reading)
    turn = Turn(Change.ANSWERED, sentence, reading, definition, state.definition, definition)
    current = replace(
        state.current, reading=reading, definition=definition, answers=tuple(answers.items())
    )
    return change(state, turn, current)


def _definition(reading: Reading) -> Condition | None:
    """None unless it is answered: a count under a sentence that asks would belong to another."""
    if reading.status is not Status.ANSWERED or reading.definition is None:
        return None
    return simplify(reading.definition)
