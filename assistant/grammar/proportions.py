"""Templates of the sections `versus` and `share` -> how two numbers stand to each other."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from assistant.grammar.pieces import Payload, ShareWord, Sort, Than, Versus
from assistant.grammar.slots import Captures
from segments.definition import Middle, Operator

_OPERATORS = {
    "gt": Operator.GT,
    "ge": Operator.GE,
    "lt": Operator.LT,
    "le": Operator.LE,
    "eq": Operator.EQ,
    "between": Operator.BETWEEN,
}
_NORMS = {
    "mean": (Middle.MEAN,),
    "median": (Middle.MEDIAN,),
    "norm": (Middle.MEAN, Middle.MEDIAN),
}
_HALF = Fraction(1, 2)
_BY = {word: word for word in ("times", "money", "change")} | {"up": "level", "down": "level"}
_STEPS = frozenset({"before", "year"})  # what a stretch is held against that is told by the other

Made = tuple[Sort, Payload | None]


def versus_word(key: str, captures: Captures) -> Iterator[Made]:
    """`than`, or an operator, how many times the other (a number, `half`, `n` for the one in the
    words, `up` and `down` for the part in them, or, after "20 % less", `more` and `less`), what is
    compared, `bare`, and whether the other is the `mean` or `median` of everyone's, or either, the
    `norm`: "ge_2_times_bare"."""
    head, *told = key.split("_")
    norm = next((_NORMS[word] for word in told if word in _NORMS), ())
    told = [word for word in told if word not in _NORMS]
    if head == "than":
        step = next((word for word in told if word in _STEPS), "")
        unit = next((payload[0] for name, payload in captures if name == "unit"), None)
        yield Sort.THAN, Than("".join(word for word in told if word != step), norm, step, unit)
        return
    times: int | Decimal | None = 1
    for name, payload in captures:
        if name in ("n", "decimal"):
            times = payload
        elif name == "part":
            times = exact(1 + payload if {"up", "more"} & {*told} else 1 - payload)
    times = next((int(word) for word in told if word.isdigit()), times)
    times = exact(_HALF) if "half" in told else times
    by = next((_BY[word] for word in told if word in _BY), "")
    if times is not None and times > 0:
        yield Sort.VERSUS, Versus(_OPERATORS[head], times, by, bare="bare" in told, norm=norm)


def share_word(key: str, captures: Captures) -> Iterator[Made]:
    """An operator on the parts in the words, "most" for over half, or "open" for one to come."""
    head, _, form = key.partition("_")
    done, form = form == "of_done", form.removesuffix("_done")
    fractions = tuple(payload for name, payload in captures if name == "part")
    if head == "open":
        yield Sort.SHARE, ShareWord(form="of")
    elif head == "most":
        yield Sort.SHARE, ShareWord(Operator.GT, (_HALF,), form or "mostly", done=done)
    elif all(0 <= part <= 1 for part in fractions) and list(fractions) == sorted(fractions):
        yield Sort.SHARE, ShareWord(_OPERATORS[head], fractions, form or "plain", done=done)


def exact(number: Fraction) -> int | Decimal | None:
    """The number without a fraction; None where it has no end, as a third."""
    if number.denominator == 1:
        return int(number)
    decimal = Decimal(number.numerator) / Decimal(number.denominator)
    return decimal if Fraction(decimal) == number else None
