"""How members of a segment can be reached, what they answer to and when, said with the evidence.

In: `Habits`. Out: sentences; where there is too little, that and how much is needed. Start at
`say_habits`.
"""

from collections.abc import Iterator

from babel.dates import get_day_names
from babel.numbers import format_percent

from assistant.languages.texts import Texts
from assistant.messages.habits import LEAST_MEMBERS, LEAST_RECORDS, SPAN, Answered, Habits, Reach
from assistant.messages.readback import Speaker


def say_habits(habits: Habits, speaker: Speaker, texts: Texts) -> Iterator[str]:
    """Everything that is known, a sentence each."""
    if not habits.count:
        return
    said = _Said(speaker, texts)
    for reach in habits.reach:
        yield from said.reach(reach, habits.count)
    for each in habits.answered:
        yield said.answered(each)
    if sum(each.enough for each in habits.answered) > 1:
        best = habits.best_channel()
        yield (
            texts.message("habit_none")
            if best is None
            else texts.message("habit_best", channel=said.channel(best.channel))
        )
    yield from said.orders(habits)
    if habits.source:
        yield from said.times(habits)


class _Said:
    def __init__(self, speaker: Speaker, texts: Texts) -> None:
        self.speaker = speaker
        self.texts = texts
        self.locale = speaker.phrases.text("locale")

    def channel(self, name: str) -> str:
        known = ("email", "sms", "push", "letter", "ads")
        return self.texts.message(f"channel_{name}") if name in known else name

    def number(self, count: int) -> str:
        return self.speaker.values.number(count)

    def share(self, hits: int, of: int) -> str:
        return str(format_percent(round(hits / of, 2), locale=self.locale))

    def reach(self, reach: Reach, count: int) -> Iterator[str]:
        if reach.agreed is None:
            return
        known = reach.reached is not None
        yield self.texts.message(
            "habit_reach" if known else "habit_agreed",
            channel=self.channel(reach.channel),
            reached=self.number(reach.reached or 0),
            agreed=self.number(reach.agreed),
            n=self.number(count),
        )

    def answered(self, each: Answered) -> str:
        channel, n = self.channel(each.channel), self.number(each.received)
        if not each.enough:
            return self.texts.message("habit_few", channel=channel, n=n, least=LEAST_MEMBERS)
        clicked = self.share(each.clicked or 0, each.received)
        if each.opened is None:
            return self.texts.message("habit_clicked", channel=channel, n=n, clicked=clicked)
        opened = self.share(each.opened, each.received)
        return self.texts.message(
            "habit_opened", channel=channel, n=n, opened=opened, clicked=clicked
        )

    def orders(self, habits: Habits) -> Iterator[str]:
        """The channel that most of their orders are made in."""
        total = sum(habits.orders.values())
        event = self.speaker.catalogue.event_by_role("purchase")
        attribute = event.by_role("channel") if event is not None else None
        if total < LEAST_RECORDS or event is None or attribute is None:
            return
        code, orders = next(iter(habits.orders.items()))
        channel = self.speaker.values.value(f"{event.name}.{attribute.name}", attribute, code)
        yield self.texts.message(
            "habit_orders", channel=channel, share=self.share(orders, total), n=self.number(total)
        )

    def times(self, habits: Habits) -> Iterator[str]:
        what, n = self.texts.message(f"what_{habits.source}"), self.number(habits.records)
        if habits.records < LEAST_RECORDS:
            yield self.texts.message("habit_no_time", n=n, what=what, least=LEAST_RECORDS)
            return
        day, span = habits.best_day(), habits.best_hours()
        if day is None:
            yield self.texts.message("habit_no_day", n=n, what=what)
        else:
            name = str(get_day_names("wide", locale=self.locale)[day.start - 1])
            name = name[:1].upper() + name[1:]
            share = self.share(day.records, day.of)
            yield self.texts.message("habit_day", day=name, share=share, n=n, what=what)
        if not habits.clocked:
            return
        if span is None:
            yield self.texts.message("habit_no_hours", n=n, what=what)
        else:
            share = self.share(span.records, span.of)
            end = span.start + SPAN
            yield self.texts.message(
                "habit_hours", start=span.start, end=end, share=share, n=n, what=what
            )
