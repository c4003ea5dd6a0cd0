"""Named parts of the calendar said in a language: "in March", "at Easter 2025", "before midsummer".

In: a `Period` or a `Span`. Out: its words, to stand last in a clause. Months, weekdays and
countries come from Babel, seasons and feasts from `window.feasts` of `say.toml`. Start at
`say_period`.
"""

from datetime import date

from babel import Locale

from assistant.messages.phrases import Phrases, fill
from segments.definition import Period, Span, Turn
from segments.feasts import SEASONS, country_of

KINDS = ("weekday", "day", "half", "quarter", "month", "week")
TURNS = {Turn.THIS_YEAR: "this_year", Turn.LAST_YEAR: "last_year"}


def say_period(phrases: Phrases, period: Period) -> str:
    """Say a period with the preposition that goes before it."""
    if period.named is not None:
        return _feast(phrases, period, bare=False)
    if period.turn is Turn.OVER:
        return fill(phrases.text("window", "turn", "in_over"), name=say_end(phrases, period))
    return _turned(phrases, period, _plain(phrases, period, "period"))


def say_end(phrases: Phrases, period: Period) -> str:
    """Say a period as it stands after "since" or "before"."""
    if period.named is not None:
        return _feast(phrases, period, bare=True)
    return _turned(phrases, period, _plain(phrases, period, "bare"))


def say_span(phrases: Phrases, span: Span) -> str:
    """Say from when to when."""
    start, end = span.start, span.end
    if span.after or span.before or isinstance(start, Period) or isinstance(end, Period):
        return _ends(phrases, span)
    return _days(phrases, start, end)


def say_day(phrases: Phrases, day: date) -> str:
    """Say a date in full."""
    return fill(
        phrases.text("date", "day"),
        day=str(day.day),
        month=month_name(phrases, day.month),
        year=str(day.year),
    )


def month_name(phrases: Phrases, month: int) -> str:
    """Name a month as it stands in a date."""
    return str(_locale(phrases).months["format"]["wide"][month])


def _plain(phrases: Phrases, period: Period, form: str) -> str:
    """A period without a turn, from the templates of a form."""
    kind = next((name for name in KINDS if getattr(period, name) is not None), "year")
    key = f"{kind}_year" if period.year is not None and kind != "year" else kind
    number = period.half or period.quarter
    ordinals = phrases.find("window", "ordinals")
    weekdays = _locale(phrases).days["format"]["wide"]
    return fill(
        phrases.text("window", form, key),
        year=str(period.year or ""),
        ordinal=str(ordinals[number - 1]) if number else "",
        month=month_name(phrases, period.month) if period.month else "",
        week=str(period.week or ""),
        day=str(period.day or ""),
        weekday=str(weekdays[period.weekday - 1]) if period.weekday else "",
    )


def _turned(phrases: Phrases, period: Period, name: str) -> str:
    match period.turn:
        case Turn.LATEST:
            return name
        case Turn.OVER:
            return fill(phrases.text("window", "turn", "over"), name=name)
        case turn:
            return fill(phrases.text("window", "turn", TURNS[turn]), name=name)


def _feast(phrases: Phrases, period: Period, *, bare: bool) -> str:
    forms = [str(form) for form in phrases.find("window", "feasts", period.named)]
    plain, latest, over = forms[:3]
    if period.turn is Turn.OVER:
        said = over if bare else fill(phrases.text("window", "turn", "in_over"), name=over)
        return _abroad(phrases, period, said)
    if period.year is None and period.turn is Turn.LATEST:
        return _abroad(phrases, period, plain if bare else latest)
    said = _abroad(phrases, period, plain if bare else forms[-1] if len(forms) > 3 else latest)
    if period.year is None:
        return _turned(phrases, period, said)
    key = "season" if period.named in SEASONS else "year"
    return fill(phrases.text("window", "turn", key), name=said, year=_years(period))


def _years(period: Period) -> str:
    """The year, or both where the period goes from one to the next."""
    year = period.year or 0
    first = {"winter": year, "new_year": year - 1}.get(period.named or "")
    return str(year) if first is None else f"{first}/{(first + 1) % 100:02d}"


def _abroad(phrases: Phrases, period: Period, said: str) -> str:
    """With its country where that is not the one people here would think of."""
    own = country_of(period.named or "", (phrases.home, str(_locale(phrases).territory)))
    if period.country == own or period.country is None:
        return said
    country = _locale(phrases).territories.get(period.country, period.country)
    return fill(phrases.text("window", "turn", "elsewhere"), name=said, country=str(country))


def _ends(phrases: Phrases, span: Span) -> str:
    start, end = (_end(phrases, each) for each in (span.start, span.end))
    if not end:
        key = "after" if span.after else "since"
    elif not start:
        key = "before" if span.before else "until_period"
    else:
        key = {
            (False, False): "both",
            (False, True): "both_before",
            (True, False): "after_both",
            (True, True): "after_before",
        }[span.after, span.before]
    if key == "until_period" and (not isinstance(span.end, Period) or span.end.day is not None):
        key = "until"
    return fill(phrases.text("window", "span", key), start=start, end=end)


def _end(phrases: Phrases, end: date | Period | None) -> str:
    if isinstance(end, Period):
        return say_end(phrases, end)
    return say_day(phrases, end) if end is not None else ""


def _days(phrases: Phrases, start: date | None, end: date | None) -> str:
    if start is not None and end is not None:
        key = "day" if start == end else "both"
    elif start is not None:
        key = "since_year" if (start.month, start.day) == (1, 1) else "since"
    else:
        key = "before_year" if end and (end.month, end.day) == (12, 31) else "until"
    year = start.year if start is not None else end.year + 1 if end is not None else 0
    return fill(
        phrases.text("window", "span", key),
        start=say_day(phrases, start) if start else "",
        end=say_day(phrases, end) if end else "",
        year=str(year),
    )


def _locale(phrases: Phrases) -> Locale:
    return Locale.parse(phrases.text("locale"))
