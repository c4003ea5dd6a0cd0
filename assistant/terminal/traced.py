"""`krets ask --trace`: how a sentence was read, for whoever debugs one.

In: a `Trace`. Out: plain lines, or an object for `json.dumps`. It speaks the names of the code (the
glossary has them), not the person's language. Start at `lines` and `traced`.
"""

from collections.abc import Iterator, Mapping

from assistant.grammar.reading import Note, Reading
from assistant.grammar.tracing import Attempt, Span, Step, Trace, Tried, said, written
from assistant.grammar.variants import Variant, Variants
from segments.codec import to_text


def lines(trace: Trace) -> Iterator[str]:
    """The trace to read from top to bottom."""
    yield "tokens    " + " | ".join(token.text for token in trace.tokens)
    yield "votes     " + ", ".join(f"{code} {votes}" for code, votes in trace.votes.items())
    for attempt in trace.attempts:
        yield from _attempt(attempt)
    kept = ", ".join(f"{language} at {cost:.2f}" for language, cost in trace.kept)
    yield f"\nkept      {kept or '-'}"
    yield from _reading(trace.reading)


def _attempt(attempt: Attempt) -> Iterator[str]:
    yield f"\nlanguage  {attempt.language}"
    yield "read as   " + " | ".join(token.key for token in attempt.tokens)
    for at, word in attempt.corrections.items():
        yield f"corrected {attempt.tokens[at].text} -> {word}"
    known = {at for span in attempt.spans if span.source for at in _places(span)}
    for span in attempt.spans:
        if span.source or not known.issuperset(_places(span)):  # else: one of many ways not to know
            yield _span(span)
    for number, tried in enumerate(attempt.tried, start=1):
        yield f"\nparse {number}   cost {tried.cost:.2f}"
        yield from _tried(tried)


def _places(span: Span) -> range:
    return range(span.piece.start, span.piece.end)


def _span(span: Span) -> str:
    piece = span.piece
    place = f"{piece.start}-{piece.end}"
    payload = written(piece.payload)
    return f"{place:>7}  {span.words:24} {piece.cost:5.2f}  {span.source:5} {piece.sort} {payload}"


def _tried(tried: Tried) -> Iterator[str]:
    for step in tried.steps:
        yield f"  move    {step.words:24} {step.rule:22} {_changed(step)}"
    for index, frame in enumerate(tried.frames):
        yield f"  frame   {index} {said(frame, None)}"
    for variant in tried.variants:
        yield f"  reads   {_variant(variant)}"
    for variant in tried.dropped:
        yield f"  dropped {_variant(variant)}"
    if tried.reason is not None:
        yield f"  unclear {_note(tried.reason)}"


def _changed(step: Step) -> str:
    return "; ".join(step.changes) or "-"


def _variant(variant: Variant) -> str:
    picks = "".join(f"  [{ask.key} = {index}]" for ask, index in variant.picks.items())
    notes = "".join(f"  ({_note(note)})" for note in variant.notes)
    return f"{to_text(variant.condition)}{picks}{notes}"


def _note(note: Note) -> str:
    return " ".join([note.code, *(f"{key}={value}" for key, value in note.values.items())])


def _reading(reading: Reading) -> Iterator[str]:
    yield f"reading   {reading.status} in {reading.language}"
    if reading.definition is not None:
        yield f"  means   {to_text(reading.definition)}"
    for question in reading.questions:
        yield f"  asks    {question.key} about {question.about}"
        for choice in question.choices:
            yield f"          {to_text(choice.definition or choice.part)}"
    for note in reading.defaults:
        yield f"  default {_note(note)}"
    for note in reading.reasons:
        yield f"  reason  {_note(note)}"


# --- as an object -----------------------------------------------------------------------------


def traced(trace: Trace) -> dict[str, object]:
    """The trace as an object. Its keys may change with the grammar: it is for debugging."""
    return {
        "tokens": [token.text for token in trace.tokens],
        "votes": dict(trace.votes),
        "attempts": [_attempt_object(attempt) for attempt in trace.attempts],
        "kept": [{"language": language, "cost": cost} for language, cost in trace.kept],
    }


def _attempt_object(attempt: Attempt) -> Mapping[str, object]:
    return {
        "language": attempt.language,
        "tokens": [token.key for token in attempt.tokens],
        "corrections": {str(at): word for at, word in attempt.corrections.items()},
        "spans": [_span_object(span) for span in attempt.spans],
        "parses": [_tried_object(tried) for tried in attempt.tried],
    }


def _span_object(span: Span) -> Mapping[str, object]:
    return {
        "start": span.piece.start,
        "end": span.piece.end,
        "words": span.words,
        "sort": span.piece.sort.value,
        "payload": written(span.piece.payload),
        "cost": span.piece.cost,
        "source": span.source,
    }


def _tried_object(tried: Tried) -> Mapping[str, object]:
    return {
        "cost": tried.cost,
        "moves": [
            {"words": step.words, "rule": step.rule, "changes": list(step.changes)}
            for step in tried.steps
        ],
        "frames": [said(frame, None) for frame in tried.frames],
        "readings": _variant_objects(tried.variants),
        "dropped": _variant_objects(tried.dropped),
        "unclear": None if tried.reason is None else _note(tried.reason),
    }


def _variant_objects(variants: Variants) -> list[Mapping[str, object]]:
    return [
        {
            "definition": to_text(variant.condition),
            "picks": {ask.key: index for ask, index in variant.picks.items()},
            "notes": [_note(note) for note in variant.notes],
        }
        for variant in variants
    ]
