"""A follow-up and a definition -> every definition it can mean, with what changed.

In: the definition in hand, what was heard, the reader. Out: outcomes; one is done, several are
asked about. Raises Misfit for what fits nowhere: the definition then stays as it was. Start at
`outcomes`.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import replace
from itertools import islice, product

from assistant.dialogue.hearing import Heard
from assistant.dialogue.joining import MOST, join_choices, join_conditions
from assistant.dialogue.joining_counts import any_number, exchange_numbers, rank_by
from assistant.dialogue.joining_events import turn_round
from assistant.dialogue.joining_numbers import (
    exclude_window,
    join_compare,
    join_duration,
    join_window,
)
from assistant.dialogue.joining_places import join_far, without_distance
from assistant.dialogue.joining_values import exchange_values, join_values
from assistant.dialogue.manner import Manner
from assistant.dialogue.removing import holds, remove, remove_condition, without_any_time
from assistant.dialogue.spots import Edit, Misfit, Outcome, add, field_of, put, spots
from assistant.grammar.fragments import Fragment
from assistant.grammar.listening import Hears
from assistant.grammar.meaning.unclear import foreign_money
from assistant.grammar.pieces import Amount, Compare, Far, FieldWord, MeasureWord, When
from assistant.grammar.reading import Note, Reading, Status
from assistant.grammar.sense import contradicts, sense
from segments.catalogue import Catalogue, Type
from segments.check import check
from segments.definition import All, Condition, Not, Operator, Rank, Unit
from segments.rewrites import simplify

TIE = 0.25


def outcomes(
    whole: Condition, heard: Heard, reader: Hears, newest: Collection[Condition] = ()
) -> tuple[Outcome, ...]:
    """Every sensible outcome, the likeliest first; `newest` is what the turn before changed
    something to. Raises Misfit when there is none."""
    said = (
        turn_round(whole, newest)
        if heard.manner is Manner.OPPOSITE and not heard.rest
        else _found(whole, heard, reader)
    )
    found = list(islice(_sensible(said, reader.catalogue), MOST + 1))
    changed = [each for each in found if each.definition != whole]
    if not found and reader.far(heard.rest, heard.language):
        raise Misfit("length_of_what", heard.rest)
    if not found:
        raise Misfit("edit_fits_nowhere", heard.rest)
    if not changed:
        raise Misfit("edit_changes_nothing", heard.rest)
    return tuple(changed[:MOST])


def _found(whole: Condition, heard: Heard, reader: Hears) -> Iterator[Outcome]:
    if heard.without:
        taken = tuple(_taken_out(whole, heard, reader))
        yield from taken
        if taken:
            return
    match heard.manner:
        case Manner.REMOVE if heard.time:
            yield from without_any_time(whole)
        case Manner.REMOVE if heard.far:
            yield from without_distance(whole)
        case Manner.REMOVE:
            yield from _removed(whole, heard.rest, heard, reader)
        case _ if heard.meant:
            said = replace(heard, rest=heard.meant)
            swapped = tuple(_exchanged(whole, said, reader))
            yield from swapped
            if heard.listed or not swapped:
                plain = replace(heard, target="", meant="", listed=False)
                with suppress(Misfit) if swapped else nullcontext():
                    yield from _found(whole, plain, reader)
        case _ if heard.target:
            yield from _exchanged(whole, heard, reader)
        case Manner.ABOUT:
            instead = tuple(_joined(whole, heard, Manner.REPLACE, reader))
            yield from instead or _joined(whole, heard, Manner.BARE, reader)
        case Manner.AND if heard.asking:  # "and men?": what about them, or they as well
            with suppress(Misfit):
                yield from _joined(whole, heard, Manner.REPLACE, reader)
            yield from _joined(whole, heard, Manner.AND, reader)
        case Manner.WITHIN:
            yield from _of_them(whole, heard, reader)
        case manner:
            yield from _joined(whole, heard, manner, reader)


def _of_them(whole: Condition, heard: Heard, reader: Hears) -> Iterator[Outcome]:
    """As in "which of them live in Oslo": they are kept, whatever was said of where they live."""
    reading = reader.read(heard.rest, heard.language)
    said = None if reading.definition is None else simplify(reading.definition)
    if reading.status is not Status.ANSWERED or said is None or isinstance(said, Rank):
        yield from _joined(whole, heard, Manner.NARROW, reader)
    elif contradicts(simplify(All((whole, said))), reader.catalogue):
        raise Misfit("nobody_fits", heard.rest)
    else:
        kept = add(whole, said)
        yield Outcome(kept.definition, kept.edits, (Note("kept_of_them"), *reading.defaults))


def _taken_out(whole: Condition, heard: Heard, reader: Hears) -> Iterator[Outcome]:
    """As in "without the age". Of a yes or no and of what was done, "without" is a condition too:
    "without consent", "without hair care"."""
    topics = reader.fragments(heard.without, heard.language)
    for each in topics:
        match each.named:
            case FieldWord(name):
                yield from remove(whole, each, part=heard.part)
                if reader.catalogue.fields[name].type is Type.YES_NO:
                    held = [s for s in spots(whole) if field_of(s.leaf) == name and not s.negated]
                    yield from (put(whole, spot, Not(spot.leaf)) for spot in held)
            case None:
                without = replace(each, negated=True)
                yield from join_values(whole, without, heard.manner, reader.catalogue)
            case _:
                pass


def _sensible(found: Iterable[Outcome], catalogue: Catalogue) -> Iterator[Outcome]:
    """Without those that nobody can match, that the shop cannot answer, or that were there."""
    seen: set[object] = set()
    for each in found:
        key = None if each.definition is None else sense(each.definition)
        if key not in seen and _answerable(each.definition, catalogue):
            seen.add(key)
            yield each


def _answerable(definition: Condition | None, catalogue: Catalogue) -> bool:
    if definition is None:
        return True
    return not contradicts(definition, catalogue) and not check(definition, catalogue)


# --- taking away ----------------------------------------------------------------------------


def _removed(whole: Condition, words: str, heard: Heard, reader: Hears) -> Iterator[Outcome]:
    for named in reader.fragments(words, heard.language):
        found = tuple(remove(whole, named, part=heard.part))
        if found and not named.negated:
            yield from found
            return
    reading = reader.read(words, heard.language)
    if reading.definition is not None:
        yield from remove_condition(whole, simplify(reading.definition))


def _exchanged(whole: Condition, heard: Heard, reader: Hears) -> Iterator[Outcome]:
    """As in "change Stockholm to Malmö": only where the first was said."""
    said = reader.fragments(heard.target, heard.language)
    other = reader.fragments(heard.rest, heard.language)
    numbers = [
        outcome
        for old, new in product(said, other)
        for outcome in exchange_numbers(whole, old.named, new.named)
    ]
    if numbers:
        yield from numbers
        return
    if any(isinstance(each.named, Compare | When) for each in said):
        for each in _joined(whole, heard, Manner.REPLACE, reader):
            before = each.edits[0].before if each.edits else None
            if before is not None and any(holds(before, number) for number in said):
                yield each
        return
    targets = tuple(_removed(whole, heard.target, heard, reader))
    befores = [edit.before for each in targets for edit in each.edits]
    others = [each for each in other if each.values]
    swapped = [
        outcome
        for target in said
        for other in others
        for outcome in exchange_values(whole, target, other)
    ]
    if swapped:
        yield from swapped
        return
    for each in targets:
        edit = each.edits[0]
        if edit.after is not None and each.definition is not None:  # one value of several
            for after in _joined(each.definition, heard, Manner.WIDEN, reader):
                new = after.edits[0].after if after.edits else None
                yield Outcome(after.definition, (Edit(edit.before, new),), after.notes)
            return
    for each in _joined(whole, heard, Manner.REPLACE, reader):
        if any(edit.before in befores for edit in each.edits):
            yield each


# --- joining --------------------------------------------------------------------------------


def _joined(whole: Condition, heard: Heard, manner: Manner, reader: Hears) -> Iterator[Outcome]:
    length = _length(heard, reader)
    if length is not None:
        yield from join_far(whole, *length, reader.catalogue)
        return
    reading = reader.read(heard.rest, heard.language)
    if reading.as_of is not None:  # it would hold for all that was said before
        raise Misfit("day_in_first_sentence", heard.rest)
    named = reader.fragments(heard.rest, heard.language)
    values = [each for each in named if each.values]
    here = [o for each in values for o in join_values(whole, each, manner, reader.catalogue)]
    guessed = any(note.code == "number_as_age" for note in reading.defaults)
    numbers: list[Outcome] = []
    if reading.status is not Status.ANSWERED or (guessed and not heard.people):
        numbers = _numbers(whole, named, (heard, manner), reader.catalogue)
    if not guessed:
        here += numbers
    yield from here
    match reading:
        case Reading(status=Status.ANSWERED, definition=said) if said is not None:
            for each in join_conditions(whole, simplify(said), manner, reader.catalogue):
                yield Outcome(each.definition, each.edits, (*each.notes, *reading.defaults))
            if guessed:  # "over 60" may be the number that was there
                yield from numbers
        case Reading(status=Status.ASKS) if not here:
            yield from join_choices(whole, reading, manner, reader.catalogue)
        case _ if not here and reading.reasons:
            if heard.without:
                raise Misfit("edit_fits_nowhere", heard.without)
            words = reading.reasons[0].values.get("words", heard.rest)
            raise Misfit("edit_not_read", words)
        case _:
            pass


def _length(heard: Heard, reader: Hears) -> tuple[Far, Operator | None] | None:
    """A length and how it is compared, where that is all that was said: "make it 30 km", "within
    100 km"."""
    said = reader.far(heard.rest, heard.language)
    if said is None:
        return None
    before, far = said
    if not before:
        return far, None
    if heard.within:
        return far, Operator.LE
    named = (each.named for each in reader.fragments(f"{before} 1", heard.language))
    compared = next((each for each in named if isinstance(each, Compare)), None)
    return (far, compared.test.operator) if compared is not None else None


def _numbers(
    whole: Condition,
    named: Iterable[Fragment],
    told: tuple[Heard, Manner],
    catalogue: Catalogue,
) -> list[Outcome]:
    """What a lone time or number changes, by the likeliest way to take it that fits, and by those
    that are as likely: "the last year" is two times."""
    found: list[Outcome] = []
    cheapest = None
    for each in named:
        if cheapest is not None and each.cost > cheapest + TIE:
            break
        if more := list(_number(whole, each, told, catalogue)):
            cheapest = each.cost if cheapest is None else cheapest
            found += more
    return found


def _number(
    whole: Condition, each: Fragment, told: tuple[Heard, Manner], catalogue: Catalogue
) -> Iterator[Outcome]:
    heard, manner = told
    match each.named:
        case When() as when if each.negated:
            yield from exclude_window(whole, when)
        case _ if each.negated:
            return
        case When() as when:
            yield from join_window(whole, when, manner)
        case Compare(unit=Amount(int() as count, unit=Unit() as unit), bare=True):
            yield from join_duration(whole, count, unit)
        case Compare() as compare:
            if foreign_money(compare, catalogue):
                raise Misfit("edit_currency", str(compare.unit.money))
            held = tuple(join_compare(whole, compare, manner, catalogue, people=heard.people))
            yield from held
            if not held and compare.bare and manner is Manner.REPLACE:
                yield from any_number(whole, compare)
        case MeasureWord() as measure if manner is not Manner.OR:
            yield from rank_by(whole, measure)
        case _:
            return
