"""How each customer behaves: tastes, rhythm, channel, reading and browsing habits.

The traits never reach a table; they only steer what the customer does. groups.py
overrides them for the planted groups.
"""

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from sample_data.generator.clock import CLOSING, DAY
from sample_data.generator.draw import Wheel, around

if TYPE_CHECKING:
    from sample_data.generator.people import Customer

CATEGORIES = ("hair_care", "skin_care", "sleep", "training", "clean_home")
NEVER, ONCE, REPEAT = "never", "once", "repeat"
_HAIR = ("frizzy_hair", "dry_hair", "hair_loss", "dandruff", "fine_hair")
_SKIN = ("dry_skin", "acne", "sensitive_skin", "wrinkles", "sun_protection")
_REST = ("sleep_better", "fall_asleep", "stress", "build_muscle", "run_faster", "allergy")
# web, app, store by age
_CHANNELS = {35: (0.40, 0.48, 0.12), 55: (0.60, 0.22, 0.18), 200: (0.56, 0.06, 0.38)}


@dataclass(slots=True)
class Traits:
    """The hidden half of a customer."""

    group: str = ""
    style: str = REPEAT
    rhythm: float = 55.0
    until: int = CLOSING
    basket: float = 1.0
    tastes: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0, 1.0)
    needs: tuple[str, ...] = ()
    eco: float = 0.3
    deals: float = 0.12
    channels: tuple[float, ...] = (0.6, 0.2, 0.2)
    habit: str = "evening"
    weekend: float = 0.2
    opens: float = 0.35
    clicks: float = 0.1
    browses: float = 0.4
    abandons: float = 0.05
    invoice: float = 0.03


def _tastes(age: int, sex: str, household: str, draw: Random) -> tuple[float, ...]:
    hair = 1.3 if sex == "female" else 0.6
    skin = 1.2 if sex == "female" else 0.5
    sleep = 0.5 + (0.35 if age > 45 else 0.0)
    training = 1.3 if age < 35 else 0.8 if age < 55 else 0.35
    home = (0.5 if age < 30 else 0.9) + (household == "family_with_children") * 0.5
    return tuple(max(0.02, around(mean, 0.9, draw)) for mean in (hair, skin, sleep, training, home))


def _habit(age: int, draw: Random) -> str:
    weights = (0.22, 0.2, 0.43, 0.15)
    if age < 30:
        weights = (0.1, 0.2, 0.4, 0.3)
    elif age > 60:
        weights = (0.42, 0.28, 0.25, 0.05)
    return Wheel(("morning", "lunch", "evening", "night"), weights).spin(draw)


def _style(draw: Random, *, contact: bool) -> str:
    shares = (0.05, 0.15, 0.80) if contact else (0.07, 0.325, 0.605)
    return Wheel((NEVER, ONCE, REPEAT), shares).spin(draw)


def _opens(draw: Random) -> float:
    """Share of newsletters read; about one in six reads none."""
    return 0.0 if draw.random() < 0.16 else draw.betavariate(1.3, 1.9)


def draw_traits(customer: "Customer", draw: Random) -> Traits:
    """The traits of an ordinary customer."""
    age, contact = customer.age, customer.company is not None
    channels = next(shares for limit, shares in _CHANNELS.items() if age < limit)
    store = channels[2] * around(1.0, 0.7, draw)
    wealth = {"under_250k": 0.8, "over_600k": 1.35}.get(customer.income, 1.0)
    lasts = draw.expovariate(1 / 405.0) + 20
    return Traits(
        style=_style(draw, contact=contact),
        rhythm=min(200.0, max(16.0, around(72.0 if not contact else 45.0, 0.5, draw))),
        until=min(CLOSING, customer.registered + int(lasts * DAY)),
        basket=around(wealth * (1.8 if contact else 1.0), 0.45, draw),
        tastes=_tastes(age, customer.sex, customer.household, draw),
        needs=(draw.choice(_HAIR), draw.choice(_SKIN), draw.choice(_REST)),
        eco=draw.betavariate(1.2, 3.5) * 0.8,
        deals=draw.betavariate(1.1, 6.0),
        channels=(channels[0], channels[1], store),
        habit=_habit(age, draw) if not contact else "morning",
        weekend=draw.betavariate(1.1, 8.0) if not contact else 0.0,
        opens=_opens(draw),
        clicks=draw.betavariate(1.2, 9.0),
        browses=around(0.28, 0.8, draw),
        abandons=draw.betavariate(1.2, 16.0),
        invoice=0.65 if contact else 0.02,
    )
