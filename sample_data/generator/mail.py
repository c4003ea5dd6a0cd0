"""What the shop sends, and who agreed to it, opened, clicked and left.

Newsletters go by e-mail twice a month; campaigns by e-mail, SMS or push. A message
goes only to those who had said yes by then and had not said no since. Opens are
measured for e-mail and push.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from sample_data.generator.clock import CLOSING, DAY, moment_of, seconds
from sample_data.generator.draw import stream
from sample_data.generator.people import Customer

_THEMES = (
    "winter_skin",
    "better_sleep",
    "spring_cleaning",
    "running_season",
    "fresh_hair",
    "sun_care",
    "summer_sale",
    "strong_body",
    "back_to_routine",
    "calm_autumn",
    "black_week",
    "gift_ideas",
)
# name, channel, theme, day, hour
_CAMPAIGNS = (
    ("Black Week 2023", "email", "black_week", date(2023, 11, 20), 7),
    ("Christmas gifts 2023", "email", "gift_ideas", date(2023, 12, 6), 8),
    ("New Year start 2024", "email", "strong_body", date(2024, 1, 8), 9),
    ("Spring running 2024", "email", "running_season", date(2024, 4, 3), 8),
    ("Summer sale 2024", "email", "summer_sale", date(2024, 6, 17), 7),
    ("Summer sale 2024 text", "sms", "summer_sale", date(2024, 6, 26), 11),
    ("App launch 2024", "push", "app_news", date(2024, 9, 2), 12),
    ("Hair week 2024", "email", "fresh_hair", date(2024, 9, 16), 8),
    ("Black Week 2024", "email", "black_week", date(2024, 11, 25), 7),
    ("Black Friday 2024 text", "sms", "black_week", date(2024, 11, 29), 8),
    ("Christmas gifts 2024", "email", "gift_ideas", date(2024, 12, 4), 8),
    ("Sleep week 2025", "email", "better_sleep", date(2025, 1, 27), 19),
    ("Winter skin rescue 2025", "push", "winter_skin", date(2025, 2, 12), 17),
    ("Spring running 2025", "email", "running_season", date(2025, 3, 31), 8),
    ("Sun care 2025", "email", "sun_care", date(2025, 5, 26), 9),
    ("Summer sale 2025", "email", "summer_sale", date(2025, 6, 16), 7),
    ("Summer sale 2025 text", "sms", "summer_sale", date(2025, 6, 25), 11),
    ("Eco home 2025", "email", "eco_home", date(2025, 9, 8), 8),
    ("Black Week 2025", "email", "black_week", date(2025, 11, 24), 7),
    ("Black Friday 2025 text", "sms", "black_week", date(2025, 11, 28), 8),
    ("Christmas gifts 2025", "push", "gift_ideas", date(2025, 12, 3), 12),
    ("Strong start 2026", "email", "strong_body", date(2026, 1, 7), 9),
    ("Spring cleaning 2026", "email", "spring_cleaning", date(2026, 3, 16), 8),
    ("Summer sale 2026 text", "sms", "summer_sale", date(2026, 6, 24), 11),
    ("Hair week 2026", "email", "fresh_hair", date(2026, 9, 14), 8),
    ("We miss you 2026", "email", "win_back", date(2026, 10, 5), 10),
)
_AGREES = {"email": 0.685, "sms": 0.36, "post": 0.488, "ads": 0.40}
_LEAVES = {"email": 0.0021, "sms": 0.006, "push": 0.0}


@dataclass(frozen=True, slots=True)
class Campaign:
    """One mailing."""

    id: int
    name: str
    kind: str
    channel: str
    theme: str
    at: int


@dataclass(slots=True)
class Mailings:
    """Everything that happened around the mailings; rows as (customer, campaign, moment)."""

    campaigns: list[Campaign]
    sends: list[tuple[int, int, int]] = field(default_factory=list)
    opens: list[tuple[int, int, int]] = field(default_factory=list)
    clicks: list[tuple[int, int, int]] = field(default_factory=list)
    leaves: list[tuple[int, int, int]] = field(default_factory=list)


def _campaigns() -> list[Campaign]:
    plans: list[tuple[int, str, str, str, str]] = []
    for count in range(37):
        year, rest = divmod(2023 * 12 + 9 + count, 12)
        for letter, earliest, wanted, hour in (("A", 8, 1, 10), ("B", 22, 3, 17)):
            day = earliest + (wanted - date(year, rest + 1, earliest).weekday()) % 7
            at = seconds(datetime(year, rest + 1, day, hour, 5))
            name = f"Newsletter {year}-{rest + 1:02d} {letter}"
            plans.append((at, name, "newsletter", "email", _THEMES[rest]))
    for name, channel, theme, day_sent, hour in _CAMPAIGNS:
        at = seconds(datetime(day_sent.year, day_sent.month, day_sent.day, hour))
        plans.append((at, name, "campaign", channel, theme))
    opening = seconds(datetime(2023, 10, 17))
    kept = [plan for plan in sorted(plans) if opening < plan[0] < CLOSING]
    return [
        Campaign(3001 + place, name, kind, channel, theme, at)
        for place, (at, name, kind, channel, theme) in enumerate(kept)
    ]


def _agree(customers: list[Customer], draw: Random) -> None:
    """Ask everyone: most answer when they register, some later."""
    readers = ("silent_readers", "lapsed_loyal")
    for customer in customers:
        for consent, share in _AGREES.items():
            sure = consent == "email" and customer.traits.group in readers
            possible = "email" in customer.tells or consent != "email"
            if consent == "sms" and "phone" not in customer.tells:
                possible = False
            at: int | None = None
            if possible and (sure or draw.random() < share / (0.85 if consent == "sms" else 1.0)):
                at = customer.registered
                if not sure and draw.random() < 0.15:
                    at += int(draw.expovariate(1 / 60.0) * DAY)
            given = at is not None and at <= CLOSING
            customer.consents[consent] = (given, at if given else None)


def _reach(customer: Customer, campaign: Campaign) -> bool:
    """Whether the customer is to get it: consent given before, and not taken back."""
    consent = {"email": "email", "sms": "sms", "push": "ads"}[campaign.channel]
    given, at = customer.consents[consent]
    if not given or at is None or at >= campaign.at:
        return False
    return campaign.channel != "push" or customer.traits.channels[1] > 0.3


def _open_moment(sent: int, customer: Customer, draw: Random) -> int:
    """Usually the same or the next day, at an hour of the customer's habit."""
    day = sent // DAY + min(13, int(draw.expovariate(1 / 0.7)))
    moment = moment_of(day, customer.traits.habit, draw)
    return moment if moment > sent else sent + 60 + int(draw.expovariate(1 / 5400.0))


def _respond(customer: Customer, campaign: Campaign, mailings: Mailings, draw: Random) -> None:
    traits = customer.traits
    chance = {"email": traits.opens, "sms": 1.0, "push": traits.opens * 0.3}[campaign.channel]
    if traits.group == "silent_readers" and campaign.channel == "email":
        chance = 1.0
    if draw.random() >= chance:
        return
    opened = _open_moment(campaign.at, customer, draw)
    if traits.group == "silent_readers":
        opened = min(opened, CLOSING - draw.randrange(9000))
    if opened > CLOSING:
        return
    if campaign.channel != "sms":
        mailings.opens.append((customer.id, campaign.id, opened))
        while draw.random() < 0.13:
            again = opened + int(draw.expovariate(1 / 40_000.0)) + 30
            if again < CLOSING:
                mailings.opens.append((customer.id, campaign.id, again))
    clicks = traits.clicks * (0.4 if campaign.channel == "sms" else 1.3)
    clicked = opened + draw.randrange(8, 240)
    if draw.random() < clicks and clicked <= CLOSING:
        mailings.clicks.append((customer.id, campaign.id, clicked))


def _leave(customer: Customer, campaign: Campaign, mailings: Mailings, draw: Random) -> None:
    """Now and then a message makes someone withdraw the consent."""
    chance = _LEAVES[campaign.channel] * (0.5 if customer.traits.opens > 0.4 else 1.2)
    if customer.traits.group in ("silent_readers", "lapsed_loyal") or draw.random() >= chance:
        return
    at = campaign.at + 120 + int(draw.expovariate(1 / 30_000.0))
    if at <= CLOSING:
        mailings.leaves.append((customer.id, campaign.id, at))
        customer.consents[campaign.channel] = (False, customer.consents[campaign.channel][1])


def send_all(customers: list[Customer]) -> Mailings:
    """Every mailing with its sends and responses; sets the customers' consents."""
    draw = stream("mail")
    _agree(customers, draw)
    mailings = Mailings(_campaigns())
    for campaign in mailings.campaigns:
        for customer in customers:
            if customer.registered > campaign.at:
                break
            if _reach(customer, campaign):
                mailings.sends.append((customer.id, campaign.id, campaign.at))
                _respond(customer, campaign, mailings, draw)
                _leave(customer, campaign, mailings, draw)
    for rows in (mailings.opens, mailings.clicks, mailings.leaves):
        rows.sort(key=lambda row: (row[1], row[0], row[2]))
    return mailings
