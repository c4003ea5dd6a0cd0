"""`krets ask … --then …`: one turn after the other about the same segment.

In: the texts of the turns. Out: each turn written, and the exit code of the last. Start at `talk`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answers import Answer, Asked, Shop, Table
from assistant.dialogue.hearing import Command
from assistant.dialogue.moves import Follow, Say
from assistant.dialogue.state import Change, State, Turn
from assistant.dialogue.step import Context, step
from assistant.grammar.reading import Reading, Status
from assistant.languages.texts import texts
from assistant.terminal.arguments import Arguments
from assistant.terminal.objects import Object, answered, table_object
from assistant.terminal.output import Output
from assistant.terminal.printed import choices, show, tabled
from assistant.terminal.teaching import remember

EXITS = {Change.REFUSED: 1, Change.WONDERED: 3}
_SEGMENT_STAYS = {Change.REFUSED, Change.WONDERED, Change.COMMANDED, Change.INQUIRED}
_ON_PAGE = {
    Command.SAVE: "on_page_save",
    Command.RENAME: "on_page_rename",
    Command.DOWNLOAD: "on_page_download",
    Command.MESSAGE: "no_messages",
}


def talk(shop: Shop, turns: Sequence[str], arguments: Arguments, output: Output) -> int:
    """Take the turns; the exit code is that of the last one."""
    context = Context(shop.reader)
    state = State(arguments.language or output.language)
    code = 0
    for place, text in enumerate(turns):
        state = step(state, Follow(text) if place else Say(text), context)
        if not arguments.language and not place and state.current.reading is not None:
            state = replace(state, language=state.current.reading.language)
        code = _give(shop, state, text, arguments, output)
    if arguments.remember:
        remember(shop, state, output)
    return code


def _give(shop: Shop, state: State, text: str, arguments: Arguments, output: Output) -> int:
    turn = state.turns[-1]
    answer = _answer(shop, state, arguments)
    as_of, language = _day(state, arguments), state.language
    edits = tuple((edit.before, edit.after) for edit in turn.edits)
    changes = shop.changes(edits, as_of=as_of, language=language)
    said = tuple(texts(language).reason(note) for note in turn.notes)
    notes = said if turn.change is Change.REFUSED else ()
    asked = _asked(shop, turn, as_of, language)
    table = _table(shop, turn, as_of, language)
    told = _told(turn, language)
    if arguments.json:
        turned = _object(text, turn, changes, (*notes, *told), asked)
        turned |= {"table": table_object(table)} if table else {}
        output.json((answered(answer, None) if answer else {}) | turned)
        return _code(turn, answer)
    if turn.change is not Change.SAID:  # a sentence is written with its answer
        output.line((f"> {text}", "bold"))
    for sentence in (*changes, *told):
        output.line(sentence)
    output.wrong(*notes)
    for question in asked:
        choices(question, language, output)
    if table is not None:
        tabled(table, output)
    if answer is not None and turn.change not in _SEGMENT_STAYS:
        show(answer, None, output)
    return _code(turn, answer)


def _answer(shop: Shop, state: State, arguments: Arguments) -> Answer | None:
    current, as_of = state.current, _day(state, arguments)
    if current.reading is not None:
        return shop.answer(current.reading, as_of=as_of, language=state.language)
    if current.definition is None:
        return None
    return shop.evaluate(current.definition, as_of=as_of, language=state.language)


def _day(state: State, arguments: Arguments) -> date | None:
    """The day that today is: what was said comes before the option."""
    return state.current.as_of or arguments.as_of


def _asked(shop: Shop, turn: Turn, as_of: date | None, language: str) -> tuple[Asked, ...]:
    if turn.question is None:
        return ()
    reading = Reading(turn.sentence, language, Status.ASKS, questions=(turn.question,))
    return shop.asked(reading, as_of=as_of, language=language)


def _table(shop: Shop, turn: Turn, as_of: date | None, language: str) -> Table | None:
    """What was asked of the segment in hand; that of a sentence stands in its own answer."""
    if turn.inquiry is None or turn.change is not Change.INQUIRED:
        return None
    return shop.table(turn.definition, turn.inquiry, as_of=as_of, language=language)


def _told(turn: Turn, language: str) -> tuple[str, ...]:
    """What becomes of a command that the terminal does not carry out."""
    if turn.command is None:
        return ()
    return (texts(language).cli(_ON_PAGE[turn.command], name=turn.name),)


def _code(turn: Turn, answer: Answer | None) -> int:
    if turn.change in EXITS:
        return EXITS[turn.change]
    status = answer.status if answer else Status.ANSWERED
    return {Status.ANSWERED: 0, Status.UNREAD: 1, Status.ASKS: 3}[status]


def _object(
    text: str,
    turn: Turn,
    changes: Sequence[str],
    told: Sequence[str],
    asked: Sequence[Asked],
) -> Object:
    """What the turn did, beside the answer for the segment after it."""
    found: Object = {"turn": text, "change": turn.change.value, "changes": list(changes)}
    found["told"] = list(told)
    found["choices"] = [
        {"label": option.label, "definition": option.canonical, "count": option.count}
        for question in asked
        for option in question.options
    ]
    return found
