"""Learning a prediction from a shop's history, and whether it is good enough to be shown.

It is learned from what was known `2 * days` before the end and what followed, and tried on what
was known `days` before the end: a later stretch that it has not seen. Only when it beats a simple
rule there it is learned anew from both, and said of everyone on the last day. Start at `predicted`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from segments.predicting.features import History, features, outcomes
from segments.predictions import Card, Prediction, Target

STRETCHES = 3  # a history is this many times as long as what is predicted
MEMBERS = 200  # who had bought before the first stretch
EACH_WAY = 30  # of them bought in it, and as many did not; in both stretches
LEAST_AREA = 0.6  # under the ROC curve: 0.5 is what guessing gives
AS_GOOD = 0.01  # of that area, below which two are alike
MOST_LEARNED = 100_000  # more members teach nothing new

Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]
Says = Callable[[pd.DataFrame], Numbers]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was known of members on a day, and what they then did."""

    known: pd.DataFrame
    then: pd.DataFrame


def predicted(
    history: History, prediction: Prediction, until: date
) -> tuple["pd.Series[float] | None", Card]:
    """What is predicted of everyone who has bought, by member, and how good it is: per cent, money,
    or days from `until` on, unknown where there are none. Everything before that day is known.
    None, with the reason, where there is too little to learn from or nothing was learned."""
    with threadpool_limits(1):  # the same numbers on every machine
        days, target = prediction.days, prediction.target
        short = _short(history, days, until)
        if short is not None:
            return None, short
        first, second = (_stretch(history, until, days, back) for back in (2, 1))
        few = _few(first, second, days)
        if few is not None:
            return None, few
        card = _TRIED[target](_LEARNED[target](first, days), first, second, days)
        card = _dated(card, until, len(second.known))
        if card.refused:
            return None, card
        both = Stretch(pd.concat([first.known, second.known]), pd.concat([first.then, second.then]))
        now = features(history, until)
        said = pd.Series(_LEARNED[target](both, days)(now), now.index)
    if target is Target.NEXT_ORDER:
        said = said.where(said < days - 0.5)
    return said, card


def _dated(card: Card, until: date, tested: int) -> Card:
    return Card(until, tested, card.score, card.base, card.refused, card.found, card.needed)


def _stretch(history: History, until: date, days: int, back: int) -> Stretch:
    day = until - timedelta(days=back * days)
    known = features(history, day)
    return Stretch(known, outcomes(history, day, days, known.index))


def _short(history: History, days: int, until: date) -> Card | None:
    """The history is too short, or there is none."""
    if history.purchases.empty:
        return Card(refused="no_purchases")
    length = (pd.Timestamp(until) - history.purchases["at"].min()).days
    needed = STRETCHES * days
    if length >= needed:
        return None
    return Card(refused="short_history", found=str(length), needed=str(needed))


def _few(first: Stretch, second: Stretch, days: int) -> Card | None:
    """Too few members to learn from, or too few of one kind among them."""
    if len(first.known) < MEMBERS:
        return Card(refused="few_members", found=str(len(first.known)), needed=str(MEMBERS))
    for stretch in (first, second):
        bought = int((stretch.then["wait"] < days).sum())
        fewer = min(bought, len(stretch.then) - bought)
        if fewer < EACH_WAY:
            code = "few_bought" if fewer == bought else "few_silent"
            return Card(refused=code, found=str(fewer), needed=str(EACH_WAY))
    return None


def _thinned(stretch: Stretch) -> Stretch:
    step = -(-len(stretch.known) // MOST_LEARNED)
    return Stretch(stretch.known.iloc[::step], stretch.then.iloc[::step])


# --- how likely no purchase is --------------------------------------------------------------


def _learn_churn(stretch: Stretch, days: int) -> Says:
    some = _thinned(stretch)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
    model.fit(_flat(some.known), some.then["wait"] >= days)
    return lambda known: np.asarray(100 * model.predict_proba(_flat(known))[:, 1])


def _flat(known: pd.DataFrame) -> pd.DataFrame:
    return known.clip(lower=0).apply(np.log1p)


def _try_churn(says: Says, first: Stretch, second: Stretch, days: int) -> Card:
    """As good as the days since the last purchase at telling who stays away, and, by more than
    chance, nearer to how many do than the same risk for all."""
    silent = (second.then["wait"] >= days).to_numpy().astype(float)
    said = says(second.known) / 100
    score = float(roc_auc_score(silent, said))
    base = float(roc_auc_score(silent, second.known["recency"]))
    usual = float((first.then["wait"] >= days).mean())
    needed = max(base - AS_GOOD, LEAST_AREA)
    gained = (usual - silent) ** 2 - (said - silent) ** 2
    if score < needed or not _surely(gained):
        return Card(refused="no_better", found=f"{score:.2f}", needed=f"{needed:.2f}")
    return Card(score=score, base=base)


def _surely(gained: Numbers) -> bool:
    """Whether the mean gain is above 0 by more than twice its standard error."""
    return bool(gained.mean() > 2 * gained.std() / np.sqrt(len(gained)))


# --- what they will spend, and when they order next -----------------------------------------


def _regression(loss: str) -> HistGradientBoostingRegressor:
    return HistGradientBoostingRegressor(
        loss=loss,
        learning_rate=0.05,
        max_iter=100,
        min_samples_leaf=50,
        early_stopping=False,
        random_state=0,
    )


def _learn_value(stretch: Stretch, days: int) -> Says:  # noqa: ARG001 - as the others
    some = _thinned(stretch)
    if not some.then["spent"].sum() > 0:
        return lambda known: np.zeros(len(known))
    model = _regression("poisson").fit(some.known, some.then["spent"])
    return lambda known: np.asarray(model.predict(known))


def _try_value(says: Says, first: Stretch, second: Stretch, days: int) -> Card:  # noqa: ARG001
    """Nearer than the average for all, and than as much as in the stretch before."""
    average = np.full(len(second.then), first.then["spent"].mean())
    before = first.then["spent"].reindex(second.known.index).fillna(0.0)
    return _nearer(says(second.known), second.then["spent"], (average, before.to_numpy()))


def _learn_wait(stretch: Stretch, days: int) -> Says:
    """The median of the days until the next order. Where that lies beyond what was looked at, it is
    `days`: the median of what is cut off is the median cut off (Powell, 1984)."""
    some = _thinned(stretch)
    model = _regression("absolute_error").fit(some.known, some.then["wait"])
    return lambda known: np.asarray(model.predict(known)).clip(0, days)


def _try_wait(says: Says, first: Stretch, second: Stretch, days: int) -> Card:
    """Nearer than the usual wait for all, and than each member's own gap after the last order."""
    usual = np.full(len(second.then), first.then["wait"].median())
    own = (second.known["gap"] - second.known["recency"]).clip(0, days)
    return _nearer(says(second.known), second.then["wait"], (usual, own.to_numpy()))


def _nearer(said: Numbers, then: "pd.Series[float]", rules: tuple[Numbers, ...]) -> Card:
    """Nearer than each rule by more than chance."""
    wanted = then.to_numpy()
    missed = np.abs(said - wanted)
    by_rule = [np.abs(rule - wanted) for rule in rules]
    gained = [each - missed for each in by_rule]
    score, base = float(missed.mean()), float(min(each.mean() for each in by_rule))
    if not all(map(_surely, gained)):
        return Card(refused="no_nearer", found=f"{score:.1f}", needed=f"{base:.1f}")
    return Card(score=score, base=base)


_LEARNED: dict[Target, Callable[[Stretch, int], Says]] = {
    Target.CHURN_RISK: _learn_churn,
    Target.EXPECTED_VALUE: _learn_value,
    Target.NEXT_ORDER: _learn_wait,
}
_TRIED: dict[Target, Callable[[Says, Stretch, Stretch, int], Card]] = {
    Target.CHURN_RISK: _try_churn,
    Target.EXPECTED_VALUE: _try_value,
    Target.NEXT_ORDER: _try_wait,
}
