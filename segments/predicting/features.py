"""What was known of each member on a day, and what they did in the days after it.

In: purchases and other doings as frames, and a day. Out: one row a member who had bought by then.
Nothing from that day on is looked at, but by `outcomes`. Start at `features`.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

BACK = (30, 90, 180, 365)  # days that purchases are counted back
LATELY = (30, 90)  # the same of everything else they do
NEVER = 10_000.0  # days, where nothing was ever seen


@dataclass(frozen=True, slots=True)
class History:
    """What a shop's members did. `purchases` has `member`, `at` and `amount`, `doings` `member` and
    `at`; no value is missing, and no time is in a zone."""

    purchases: pd.DataFrame
    doings: pd.DataFrame


def features(history: History, day: date) -> pd.DataFrame:
    """Recency, frequency, money, own rhythm, tenure and what they did lately, at the beginning of a
    day: columns of floats by member, rising."""
    start = pd.Timestamp(day)
    bought = history.purchases[history.purchases["at"] < start]
    ago = _days(start - bought["at"])
    of = bought["member"]
    found = pd.DataFrame(
        {
            "recency": ago.groupby(of).min(),
            "tenure": ago.groupby(of).max(),
            "count": ago.groupby(of).size(),
            "total": bought["amount"].groupby(of).sum(),
            "average": bought["amount"].groupby(of).mean(),
            "days": bought["at"].dt.normalize().groupby(of).nunique(),
        }
    ).sort_index()
    gaps = (found["days"] - 1).clip(lower=1)
    several = found["days"] > 1
    found["gap"] = ((found["tenure"] - found["recency"]) / gaps).where(several, found["tenure"])
    found["beyond"] = found["recency"] / found["gap"].clip(lower=1.0)
    for days in BACK:
        inside = (ago <= days).astype(float)
        found[f"count_{days}"] = _there(inside.groupby(of).sum(), found.index)
        spent = bought["amount"] * inside
        found[f"total_{days}"] = _there(spent.groupby(of).sum(), found.index)
    done = history.doings[history.doings["at"] < start]
    since = _days(start - done["at"])
    found["seen"] = since.groupby(done["member"]).min().reindex(found.index).fillna(NEVER)
    for days in LATELY:
        counted = (since <= days).astype(float).groupby(done["member"]).sum()
        found[f"seen_{days}"] = _there(counted, found.index)
    return found.astype(float)


def outcomes(history: History, day: date, days: int, members: pd.Index) -> pd.DataFrame:
    """What they did in the days from a day on: `spent`, and `wait`, the days until the first
    purchase, as many as `days` where there was none."""
    start = pd.Timestamp(day)
    end = start + pd.Timedelta(days=days)
    at = history.purchases["at"]
    bought = history.purchases[(at >= start) & (at < end)]
    wait = _days(bought["at"] - start).groupby(bought["member"]).min()
    spent = _there(bought["amount"].groupby(bought["member"]).sum(), members)
    waited = wait.reindex(members).fillna(float(days))
    return pd.DataFrame({"spent": spent.clip(lower=0), "wait": waited})


def _days(span: "pd.Series[pd.Timedelta]") -> "pd.Series[float]":
    return span.dt.total_seconds() / 86_400


def _there(found: "pd.Series[float]", members: pd.Index) -> "pd.Series[float]":
    return found.reindex(members).fillna(0.0)
