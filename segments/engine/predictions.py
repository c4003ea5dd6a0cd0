"""The predicted fields of a shop, learned when it is prepared.

In: the connection that builds the shop, with its members and events. Out: a column of `members` for
each prediction, unknown where nothing is said of a member, and a card for each. Start at `predict`.
"""

import json
from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
from sqlglot import exp

from segments.catalogue import Catalogue, Event
from segments.engine.building import create, rows
from segments.engine.layout import MEMBERS
from segments.predictions import Card, Prediction, Target

if TYPE_CHECKING:
    import pandas as pd

    from segments.predicting.features import History

_KINDS = {
    Target.CHURN_RISK: pa.int64(),
    Target.EXPECTED_VALUE: pa.decimal128(18, 4),
    Target.NEXT_ORDER: pa.date32(),
}
_FOUND = "krets_predicted"


def predict(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, newest: date | None
) -> dict[str, Card]:
    """Give the card of each prediction, once its column is there; `newest` is the latest day."""
    last = catalogue.as_of or newest
    purchase = catalogue.event_by_role("purchase")
    history = None
    if catalogue.predictions and last is not None and purchase is not None and purchase.time:
        history = _history(connection, catalogue, purchase, last + timedelta(days=1))
    cards = {}
    for name, prediction in catalogue.predictions.items():
        said, card = _learned(history, prediction, purchase, last)
        _put(connection, name, _column(said, prediction.target, card))
        cards[name] = card
    return cards


def written(cards: dict[str, Card]) -> str:
    """The cards as text, for the prepared file."""
    found = {name: asdict(card) for name, card in cards.items()}
    return json.dumps(found, default=date.isoformat)


def cards_of(text: str) -> dict[str, Card]:
    """The cards that were written."""
    found: dict[str, Card] = {}
    for name, values in json.loads(text).items():
        until = values["until"]
        found[name] = Card(**{**values, "until": date.fromisoformat(until) if until else None})
    return found


def _learned(
    history: "History | None", prediction: Prediction, purchase: Event | None, last: date | None
) -> "tuple[pd.Series[float] | None, Card]":
    if history is None or last is None or purchase is None:
        return None, Card(refused="no_purchases")
    if prediction.target is Target.EXPECTED_VALUE and purchase.amount is None:
        return None, Card(refused="no_amounts")
    from segments.predicting.learning import predicted  # noqa: PLC0415 - slow; only who asks pays

    return predicted(history, prediction, last + timedelta(days=1))


def _history(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, purchase: Event, until: date
) -> "History":
    """What members did before a day."""
    from segments.predicting.features import History  # noqa: PLC0415 - the same

    amount: exp.Expr = exp.Literal.number(0)
    if purchase.amount is not None:
        own = exp.column(purchase.amount.name, quoted=True)
        amount = exp.Coalesce(this=own, expressions=[exp.Literal.number(0)])
    worth = exp.alias_(exp.cast(amount, exp.DType.DOUBLE), "amount", quoted=True)
    others = [e for e in catalogue.events.values() if e.time and e.name != purchase.name]
    bought = _timed(purchase, until).select(worth, copy=False)
    done = [_timed(event, until) for event in others]
    return History(
        _frame(connection, bought.order_by(*_columns("at", "member", "amount"), copy=False)),
        _frame(connection, exp.union(*done, distinct=False) if len(done) > 1 else done[0])
        if done
        else _frame(connection, _timed(purchase, until).limit(0, copy=False)),
    )


def _timed(event: Event, until: date) -> exp.Select:
    member, at = _columns("member", "at")
    end = exp.cast(exp.Literal.string(str(until)), exp.DType.TIMESTAMP)
    before = exp.LT(this=at.copy(), expression=end)
    return exp.select(member, at).from_(exp.table_(event.name, quoted=True)).where(before)


def _columns(*names: str) -> list[exp.Column]:
    return [exp.column(name, quoted=True) for name in names]


def _frame(connection: duckdb.DuckDBPyConnection, query: exp.Query) -> "pd.DataFrame":
    return connection.execute(query.sql(dialect="duckdb")).fetch_df()


def _column(said: "pd.Series[float] | None", target: Target, card: Card) -> pa.Table:
    """Members and what is said of them, in the field's own type."""
    kind = _KINDS[target]
    if said is None or card.until is None:
        return pa.table({"member": pa.array([], pa.int64()), "said": pa.array([], kind)})
    known = said.dropna()
    values: list[object]
    if target is Target.NEXT_ORDER:
        values = [card.until + timedelta(days=int(days)) for days in known]
    elif target is Target.CHURN_RISK:
        values = [round(risk) for risk in known]
    else:
        exact = pa.array(known.round(2).to_numpy()).cast(kind, safe=False)
        return pa.table({"member": pa.array(known.index), "said": exact})
    return pa.table({"member": pa.array(known.index), "said": pa.array(values, kind)})


def _put(connection: duckdb.DuckDBPyConnection, name: str, said: pa.Table) -> None:
    """Put the column last among the members."""
    connection.register(_FOUND, said)
    own = exp.column(exp.Star(), table="m")
    value = exp.alias_(exp.column("said", table="p", quoted=True), name, quoted=True)
    key = [exp.column("member", table=each, quoted=True) for each in ("m", "p")]
    select = exp.select(own, value).from_(exp.table_(MEMBERS, quoted=True, alias="m"))
    select = select.join(
        exp.table_(_FOUND, alias="p"),
        on=exp.EQ(this=key[0], expression=key[1]),
        join_type="left",
    ).order_by(key[0].copy())
    create(connection, f"{_FOUND}_members", select)
    connection.unregister(_FOUND)
    rows(connection, exp.Drop(tables=[exp.table_(MEMBERS, quoted=True)], kind="TABLE"))
    connection.execute(f'ALTER TABLE "{_FOUND}_members" RENAME TO "{MEMBERS}"').fetchall()
