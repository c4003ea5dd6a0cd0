"""What definitions say of every member, by hand."""

import pytest

from assistant.messages.signals import said_value, signals
from segments.codec import from_text
from tests.sample_shop import sample

NEWSLETTER = 'receive where campaign_kind = "newsletter"'

SAID = [
    ('city = "Malmö"', {"field.city", "field.city=Malmö"}),
    ('not city = "Malmö"', set()),
    ('tags = "vip"', {"field.tag", "field.tag=vip"}),
    ("anniversary(birth_date) <= 30 days ahead", {"anniversary.birth_date"}),
    ("registered_at in last 30 days", {"recent.registered"}),
    ("registered_at in 2024", {"field.registered"}),
    ("count(purchase) >= 1", {"did.purchase"}),
    ("count(purchase) = 1", {"did.purchase", "once.purchase"}),
    ("count(purchase) >= 5", {"did.purchase", "often.purchase"}),
    ("not count(purchase) >= 1", {"not.purchase", "never.purchase"}),
    ("count(purchase) = 0", {"not.purchase", "never.purchase"}),
    ("not count(purchase in last 180 days) >= 1", {"not.purchase", "quiet.purchase"}),
    ("not count(purchase in last 14 days) >= 1", {"not.purchase"}),
    ("last(purchase) > 180 days ago", {"did.purchase", "quiet.purchase"}),
    ("first(purchase) in last 30 days", {"did.purchase", "recent.purchase"}),
    (
        'count(purchase where category = "hair_care") >= 1',
        {"did.purchase", "did.purchase.category"},
    ),
    (
        'count(purchase where channel = "store") >= 1',
        {"did.purchase", "did.purchase.channel", "did.purchase.channel=store"},
    ),
    ('not count(purchase where not channel = "store") >= 1', set()),
    ('count(purchase where not category = "sleep") >= 1', {"did.purchase"}),
    ("count(purchase where eco = no) >= 1", {"did.purchase"}),
    (
        'not count(open where campaign_kind = "newsletter") >= 1',
        {
            "not.open.campaign_kind",
            "not.open.campaign_kind=newsletter",
        },
    ),
    ("top 10 % by sum(purchase.amount)", {"top.purchase"}),
    (
        f"followed(last 5 {NEWSLETTER} then open same (campaign)) = 0",
        {
            "did.receive",
            "did.receive.campaign_kind",
            "did.receive.campaign_kind=newsletter",
            "not.open.campaign_kind",
            "not.open.campaign_kind=newsletter",
        },
    ),
    (
        f"not followed(last 5 {NEWSLETTER} then open same (campaign)) >= 1",
        {"not.open.campaign_kind", "not.open.campaign_kind=newsletter"},
    ),
    (
        "followed(last 3 receive then click same (campaign)) = 0",
        {"did.receive", "not.click"},
    ),
    (
        "followed(last 3 receive then open same (campaign)) >= 2",
        {"did.receive", "did.open"},
    ),
    ("followed(last 3 receive then open same (campaign)) <= 1", set()),
    ("followed(last 3 visit then purchase within 1 days) = 0", {"did.visit", "left.visit"}),
    ("followed(last 3 visit then purchase within 1 days) = 3", {"did.visit", "did.purchase"}),
    ("sum(purchase.amount) > 500", {"did.purchase"}),
    ("count(purchase in december) >= 1", {"did.purchase", "season.purchase"}),
    ('city = "Malmö" or city = "Lund"', {"field.city"}),
    ('city = "Malmö" or count(purchase) >= 1', set()),
    ('not (city = "Malmö" or count(purchase) >= 1)', {"not.purchase", "never.purchase"}),
]


@pytest.mark.parametrize(("text", "said"), SAID)
def test_a_definition_says_what_holds_of_every_member(text: str, said: set[str]) -> None:
    catalogue = sample().engine.catalogue
    assert set(signals(from_text(text), catalogue)) == said


def test_a_value_is_said_only_where_there_is_one() -> None:
    catalogue = sample().engine.catalogue
    one = signals(from_text('count(purchase where category = "sleep") >= 1'), catalogue)
    two = signals(from_text('count(purchase where category in ("sleep", "x")) >= 1'), catalogue)
    assert said_value(one, "did.purchase.category", catalogue) == "sleep"
    assert said_value(two, "did.purchase.category", catalogue) is None
    assert said_value(one, "did.view.category", catalogue) is None
