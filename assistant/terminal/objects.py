"""Answers as the JSON objects of the command line. Their keys are stable: programs read them.

In: an `Answer`, perhaps the members' keys. Out: objects for `json.dumps`. Start at `answered`.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from assistant.answers import Answer, Asked, Table
from assistant.grammar.reading import Status, Word

Object = dict[str, Any]


def answered(answer: Answer, ids: Sequence[int | str] | None, identity: object = None) -> Object:
    """Everything the command line says of a sentence; `ids` only when they were asked for."""
    found: Object = {
        "id": identity,
        "text": answer.text,
        "language": answer.language,
        "status": answer.status.value,
        "definition": answer.canonical,
        "readback": answer.readback,
        "words": [_word(word) for word in answer.words],
        "defaults": list(answer.defaults),
        "questions": [_question(question) for question in answer.questions],
        "reasons": list(answer.reasons),
        "sql": answer.sql,
        "count": answer.count,
        "as_of": answer.as_of.isoformat(),
        "milliseconds": {
            "read": answer.milliseconds.read,
            "compile": answer.milliseconds.compile,
            "run": answer.milliseconds.run,
        },
    }
    if answer.table is not None:
        found["table"] = table_object(answer.table)
    return found if ids is None else found | {"ids": list(ids)}


def table_object(table: Table) -> Object:
    """The answer to an inquiry; decimals as texts, so that no digit is lost."""
    return {
        "text": table.said,
        "columns": list(table.columns),
        "rows": [
            {"label": row.label, "values": [_plain(cell.value) for cell in row.cells]}
            for row in table.rows
        ],
        "notes": list(table.notes),
    }


def _plain(value: int | Decimal | None) -> int | str | None:
    return str(value) if isinstance(value, Decimal) else value


def unread(reasons: Sequence[str], language: str, **known: object) -> Object:
    """The same shape for what never became a sentence: a broken line of a batch."""
    empty: Object = {
        "id": None,
        "text": None,
        "language": language,
        "status": Status.UNREAD.value,
        "definition": None,
        "readback": None,
        "words": [],
        "defaults": [],
        "questions": [],
        "reasons": list(reasons),
        "sql": None,
        "count": None,
        "as_of": None,
        "milliseconds": {"read": 0.0, "compile": 0.0, "run": 0.0},
    }
    return empty | known


def _word(word: Word) -> Mapping[str, object]:
    return {
        "text": word.text,
        "start": word.start,
        "end": word.end,
        "status": word.status.value,
        "condition": word.condition,
    }


def _question(question: Asked) -> Mapping[str, object]:
    choices = [
        {"label": option.label, "definition": option.canonical, "count": option.count}
        for option in question.options
    ]
    return {"about": question.about, "text": question.text, "choices": choices}
