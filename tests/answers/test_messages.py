"""Suggested messages on the sample shop: the facts against queries by hand, the texts against the
facts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import duckdb
import pytest

from assistant.answers import Shop
from assistant.answers.messages import Messenger, Suggested
from assistant.languages.texts import Texts
from assistant.messages.channels import channels
from assistant.messages.facts import Number
from assistant.messages.merge_tags import tools
from assistant.messages.playbooks import load
from assistant.messages.predicates import Reason
from assistant.messages.reasons import say_reason
from assistant.messages.voices import TONES, written
from assistant.messages.words import SLOTS
from assistant.messages.writing import Choice, Message
from segments.codec import from_text
from tests.sample_shop import FOLDER, sample

SHOP = FOLDER / "shop"
PRICE_WORDS = re.compile(
    r"rabat|discount|% off|erbjudand|tilbud|\brea\b|kampanj|kupong|coupon|voucher|procent|prosent",
    re.IGNORECASE,
)
# Definitions of many kinds, and the playbook that is proposed first for each.
SEGMENTS = {
    "registered_at in last 30 days": "new_customer",
    "first(purchase) in last 60 days": "new_customer",
    "count(purchase) = 1": "second_purchase",
    "count(purchase) >= 6": "loyal",
    "count(purchase) >= 8 and not count(purchase in last 180 days) >= 1": "win_back",
    "count(purchase) = 2 and not count(purchase in last 300 days) >= 1": "inactive",
    "count(purchase) >= 3 and not count(purchase in last 30 days) >= 1": "at_risk",
    "count(purchase) = 0": "never_bought",
    'city = "Stockholm" and not count(open where campaign_kind = "newsletter") >= 1': "unopened",
    'followed(last 5 receive where campaign_kind = "newsletter" then open same (campaign)) = 0': (
        "unopened"
    ),
    'count(purchase where need = "frizzy_hair") >= 3': "need",
    'count(purchase where category = "training") >= 1': "category",
    'count(purchase where brand = "Lugn") >= 1': "brand",
    "count(purchase where on_sale = yes) >= 4": "price",
    "count(purchase where eco = yes) >= 6": "eco",
    "anniversary(birth_date) <= 30 days ahead": "birthday",
    "anniversary(registered_at) in this week": "anniversary",
    "count(cart in last 7 days) >= 1 and not count(purchase in last 7 days) >= 1": "cart",
    "count(view in last 14 days) >= 3": "browse",
    "count(purchase in december) >= 1": "season",
    "top 10 % by sum(purchase.amount)": "vip",
    "count(return in last 30 days) >= 1": "service",
    'count(subscription where status = "active") >= 1': "subscription",
    'industry = "hair_salon"': "business",
    'city = "Uppsala"': "local",
    'count(purchase where channel = "store") >= 3': "store",
    "age > 40": "generic",
    'country = "NO" and gender = "male"': "generic",
}


@cache
def messenger() -> Messenger:
    found = sample()
    shop = Shop(found.engine, found.engine.values(), found.reader)
    return Messenger(shop, load(FOLDER / "playbooks"))


@cache
def suggested(text: str) -> Suggested:
    return messenger().suggest(from_text(text))


def every_message(found: Suggested, tool: str = "plain") -> Iterator[Message]:
    for each in found.picked:
        for channel in found.channels(each):
            for language in found.languages:
                for variant in found.variants(each, language):
                    for tone in TONES:
                        yield found.message(
                            each, Choice(channel.name, language, tone, tool, variant)
                        )


@pytest.mark.parametrize(("text", "first"), SEGMENTS.items())
def test_the_playbook_for_a_segment_comes_first(text: str, first: str) -> None:
    found = suggested(text)
    assert found.picked[0].playbook.code == first
    assert 1 <= len(found.picked) <= 3
    assert all(each.reasons for each in found.picked) or first == "generic"


def test_every_playbook_is_the_first_for_some_segment() -> None:
    assert set(SEGMENTS.values()) == set(load().books)


@pytest.mark.parametrize("text", SEGMENTS)
def test_no_message_is_open_too_long_or_empty(text: str) -> None:
    found = suggested(text)
    for message in every_message(found):
        slots = channels()[message.choice.channel].slots
        for slot in slots:
            texts = [each for each in message.texts if each.slot == slot.name]
            assert slot.least <= len(texts) <= slot.most, (message.playbook, message.choice, slot)
        for each in message.texts:
            bare = each.text.replace("{first_name}", "").replace("{company}", "")
            assert not re.search(r"[{}\[\]]|  |\bNone\b", bare), each.text
            assert each.measured.fits, (each.slot, each.text)
            assert each.measured.ideal, (message.choice, each.slot, each.text)


@pytest.mark.parametrize("text", SEGMENTS)
def test_no_text_says_again_what_stands_above_it(text: str) -> None:
    for message in every_message(suggested(text)):
        if message.choice.channel in ("push", "banner"):
            above, below = (each.text for each in message.texts[:2])
            first = re.split(r"(?<=[.:!?]) ", below)[0]
            assert first.rstrip(".:!?") != above.rstrip(".:!?"), (message.choice, below)


def test_a_channel_that_a_playbook_is_wrong_in_is_not_offered() -> None:
    """Nobody who sent something back is advertised to, and no letter comes on the day."""
    offered = {
        first: {channel.name for channel in suggested(text).channels(suggested(text).picked[0])}
        for text, first in SEGMENTS.items()
    }
    everywhere = {"email", "sms", "push", "banner", "meta", "google", "letter"}
    assert offered["win_back"] == everywhere
    assert offered["service"] == everywhere - {"meta", "google"}
    assert offered["birthday"] == offered["anniversary"] == offered["service"] - {"letter"}
    assert offered["cart"] == offered["browse"] == everywhere - {"letter"}


@pytest.mark.parametrize(("count", "named"), [(99, False), (100, True)])
def test_a_place_is_not_named_in_ads_to_few(count: int, named: bool) -> None:  # noqa: FBT001
    found = suggested('city = "Uppsala"')
    few = replace(found, facts=replace(found.facts, count=count))
    each = next(each for each in found.picked if each.playbook.code == "local")
    for channel, said in (("meta", named), ("google", named), ("email", True)):
        written = few.message(each, Choice(channel, "en", "neutral", "plain", "favourites"))
        assert ("Uppsala" in " ".join(text.text for text in written.texts)) == said, channel


@cache
def known_words(language: str) -> dict[str, set[str]]:
    """Every product, brand, city and category of the shop by what a message would call it."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"SELECT name_{language}, brand FROM '{SHOP}/products.parquet'"  # noqa: S608
        ).fetchall()
        cities = connection.execute(
            f"SELECT DISTINCT city FROM '{SHOP}/customers.parquet'"  # noqa: S608
        ).fetchall()
    return {
        "product": {row[0] for row in rows},
        "brand": {row[1] for row in rows},
        "city": {row[0] for row in cities if row[0]},
    }


@pytest.mark.parametrize("text", SEGMENTS)
def test_every_name_and_number_in_a_message_is_among_the_facts(text: str) -> None:
    found = suggested(text)
    for message in every_message(found):
        told = " ".join(found.words(message.choice.language).values())
        known = known_words(message.choice.language)
        written = "\n".join(each.text for each in message.texts)
        for product in known["product"]:
            assert product not in written or product in told
        for kind in ("brand", "city"):
            for name in known[kind]:
                said = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", written)
                assert said is None or name in told, (name, written)
        told_numbers = set(re.findall(r"\d+", told.replace("\xa0", ""))) | {"5"}  # "of 5" stars
        for digits in re.findall(r"\d[\d\xa0]*", written.replace(",", "").replace(".", "")):
            bare = digits.replace("\xa0", "").replace(" ", "").strip()
            plain = told.replace("\xa0", "").replace(",", "").replace(".", "").replace(" ", "")
            assert bare in told_numbers or bare in plain, (digits, written)


COMPLAINTS = (
    "acne", "allergy", "back_pain", "dandruff", "hair_loss", "lose_weight", "stress", "wrinkles",
)  # fmt: skip


NAMING = [
    "registered_at in last 30 days",
    "count(purchase) >= 8 and not count(purchase in last 180 days) >= 1",
    "count(purchase where on_sale = yes) >= 4",
    'industry = "hair_salon"',
    'count(purchase where need = "hair_loss") >= 2',
    'count(purchase where channel = "store") >= 3',
]


@pytest.mark.parametrize("text", NAMING)
def test_no_message_names_a_product_for_a_complaint(text: str) -> None:
    """By what the data says that a product is for first of all, not by its name."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"""SELECT name_en, name_sv, name_da, name_nb FROM '{SHOP}/products.parquet'
            WHERE list_contains($1, needs[1])""",  # noqa: S608
            [COMPLAINTS],
        ).fetchall()
    names = {name for row in rows for name in row}
    assert len(names) > 50
    found = suggested(text)
    for message in every_message(found):
        for each in message.texts:
            assert not any(name in each.text for name in names), each.text


@pytest.mark.parametrize("text", [t for t, first in SEGMENTS.items() if first == "new_customer"])
@pytest.mark.parametrize("tool", tools())
def test_new_customers_never_get_a_discount(text: str, tool: str) -> None:
    found = suggested(text)
    assert not {"price", "loyal", "vip"} & {each.playbook.code for each in found.picked}
    assert "offer" not in found.words("sv")
    for message in every_message(found, tool):
        for each in message.texts:
            assert not PRICE_WORDS.search(each.text), each.text


def test_what_is_said_to_each_is_true_of_each() -> None:
    """The city, the category and the top are said only where nobody is left out."""
    everyone = suggested("age > 40").words("en")
    assert not {"city", "own_category", "own_brand", "top"} & set(everyone)
    assert suggested('city = "Uppsala"').words("en")["city"] == "Uppsala"
    training = suggested('count(purchase where category = "training") >= 1').words("en")
    assert training["own_category"] == "training"
    assert suggested("top 10 % by sum(purchase.amount)").words("en")["top"] == "10"


def test_a_segment_of_several_languages_gets_each_with_its_count() -> None:
    found = suggested("count(purchase) >= 6")
    by_hand = query(
        """SELECT CASE WHEN language IN ('sv', 'da', 'nb') THEN language ELSE 'en' END, count(*)
        FROM '{shop}/customers.parquet' WHERE customer_id IN (
          SELECT customer_id FROM '{shop}/orders.parquet' WHERE status <> 'cancelled'
          GROUP BY 1 HAVING count(*) >= 6) GROUP BY 1"""
    )
    assert dict(found.languages) == dict(by_hand)
    assert sum(found.languages.values()) == found.facts.count


def test_a_tool_that_knows_no_fallback_is_not_left_with_a_hole() -> None:
    found = suggested("age > 40")
    unnamed = replace(found, facts=replace(found.facts, named=False))
    each = found.picked[0]
    for tool in tools().values():
        choice = Choice("email", "sv", "neutral", tool.code, "help")
        body = next(t.text for t in unnamed.message(each, choice).texts if t.slot == "body")
        tag = tool.tags["first_name"].split("{fallback}")[0]
        assert (tag in body) == tool.falls_back("first_name")


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("age > 70", "neutral"),
        ("age < 30", "informal"),
        ('decision_role = "decides"', "formal"),
        ('industry = "hair_salon"', "neutral"),
        ("count(return in last 30 days) >= 1", "neutral"),
        ("count(purchase) >= 6", "informal"),
    ],
)
def test_the_tone_follows_age_role_and_relationship(text: str, tone: str) -> None:
    found = suggested(text)
    assert found.tone == tone
    assert found.tone_reasons


def test_nobody_gets_nothing() -> None:
    found = suggested('city = "Uppsala" and city = "Malmö"')
    assert (found.facts.count, found.picked, dict(found.languages)) == (0, (), {})


def query(sql: str) -> list[tuple[object, ...]]:
    whole = sql.replace("{orders}", ORDERS).replace("{members}", MEMBERS)
    with duckdb.connect() as connection:
        return connection.execute(whole.replace("{shop}", str(SHOP))).fetchall()


MEMBERS = "SELECT customer_id FROM '{shop}/customers.parquet' WHERE city = 'Uppsala'"
ORDERS = """SELECT * FROM '{shop}/orders.parquet'
    WHERE status <> 'cancelled' AND customer_id IN ({members})"""
BY_HAND = {
    "members": "SELECT count(*) FROM ({members})",
    "age_median": """SELECT quantile_disc(date_diff('year', birth_date, DATE '2026-10-15')
        - (strftime(birth_date, '%m%d') > '1015')::INT, 0.5)
        FROM '{shop}/customers.parquet'
        WHERE customer_id IN ({members}) AND birth_date IS NOT NULL""",
    "buyers_share": """SELECT (SELECT count(DISTINCT customer_id) FROM ({orders}))
        / count(*) FROM ({members})""",
    "orders_median": """SELECT quantile_disc(n, 0.5)
        FROM (SELECT count(*) n FROM ({orders}) GROUP BY customer_id)""",
    "orders_most": "SELECT max(n) FROM (SELECT count(*) n FROM ({orders}) GROUP BY customer_id)",
    "quiet_days_median": """SELECT quantile_disc(date_diff('day', d, DATE '2026-10-15'), 0.5)
        FROM (SELECT max(ordered_at)::DATE d FROM ({orders}) GROUP BY customer_id)""",
    "gap_days_median": """SELECT quantile_disc(g, 0.5) FROM (
        SELECT date_diff('day', min(ordered_at)::DATE, max(ordered_at)::DATE) / (count(*) - 1) g
        FROM ({orders}) GROUP BY customer_id HAVING count(*) > 1)""",
    "spend_mean": "SELECT (SELECT sum(total) FROM ({orders})) / count(*) FROM ({members})",
    "discount_share": "SELECT avg(on_sale::INT) FROM ({orders})",
    "store_share": "SELECT avg((channel = 'store')::INT) FROM ({orders})",
    "eco_share": """SELECT avg((order_id IN (SELECT order_id FROM '{shop}/order_lines.parquet'
        JOIN '{shop}/products.parquet' USING (product_id) WHERE eco))::INT) FROM ({orders})""",
    "business_share": """SELECT avg((company_id IS NOT NULL)::INT)
        FROM '{shop}/customers.parquet' WHERE customer_id IN ({members})""",
    "opened_share": """SELECT avg((customer_id IN (SELECT customer_id FROM '{shop}/opens.parquet'
        WHERE opened_at >= TIMESTAMP '2026-07-17'))::INT) FROM ({members})""",
    "subscribed_share": """SELECT avg((customer_id IN (
        SELECT customer_id FROM '{shop}/subscriptions.parquet'))::INT) FROM ({members})""",
}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_number_is_that_of_a_query_by_hand(name: str) -> None:
    found = suggested('city = "Uppsala"').facts.numbers[name].value
    assert float(found) == pytest.approx(float(str(query(BY_HAND[name])[0][0])), rel=1e-9)


def test_tastes_are_those_of_a_query_by_hand() -> None:
    found = suggested('city = "Uppsala"').facts
    by_hand = dict(
        query(
            """SELECT category, count(DISTINCT customer_id) FROM ({orders})
            JOIN '{shop}/order_lines.parquet' USING (order_id)
            JOIN '{shop}/products.parquet' USING (product_id) GROUP BY 1"""
        )
    )
    assert {t.code: t.members for t in found.tastes["category"]} == by_hand
    needs = dict(
        query(
            """SELECT need, count(DISTINCT customer_id) FROM ({orders})
            JOIN '{shop}/order_lines.parquet' USING (order_id)
            JOIN (SELECT product_id, unnest(needs) need FROM '{shop}/products.parquet')
            USING (product_id) GROUP BY 1"""
        )
    )
    assert {t.code: t.members for t in found.tastes["need"]}.items() <= needs.items()
    stars = query(
        """SELECT avg(stars), count(*) FROM '{shop}/reviews.parquet'
        JOIN '{shop}/products.parquet' USING (product_id) WHERE category = 'sleep'"""
    )[0]
    rating = found.ratings["sleep"]
    assert (float(rating.stars), rating.reviews) == (pytest.approx(stars[0]), stars[1])


def test_the_products_of_a_need_are_those_most_have_bought_for_it() -> None:
    found = suggested('city = "Uppsala"').facts.sold["need", "sleep_better"]
    by_hand = query(
        """SELECT name_en, count(DISTINCT customer_id) FROM '{shop}/orders.parquet' o
        JOIN '{shop}/order_lines.parquet' USING (order_id)
        JOIN '{shop}/products.parquet' USING (product_id)
        WHERE status <> 'cancelled' AND list_contains(needs, 'sleep_better')
        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 3"""
    )
    assert [(taste.code, taste.members) for taste in found[:3]] == by_hand


def test_what_they_looked_for_is_a_kind_of_product_that_many_typed() -> None:
    found = suggested('count(purchase where need = "frizzy_hair") >= 3')
    shop = FOLDER / "shop"
    with duckdb.connect() as connection:
        ((members,),) = connection.execute(
            f"""
            SELECT count(DISTINCT customer_id) FROM '{shop}/searches.parquet'
            WHERE query = 'balsam' AND customer_id IN (
                SELECT customer_id FROM '{shop}/orders.parquet'
                JOIN '{shop}/order_lines.parquet' USING (order_id)
                JOIN '{shop}/products.parquet' USING (product_id)
                WHERE status <> 'cancelled' AND list_contains(needs, 'frizzy_hair')
                GROUP BY 1 HAVING count(DISTINCT order_id) >= 3)"""  # noqa: S608
        ).fetchall()
    best = found.facts.sought[0]
    assert (best.code, best.members) == ("conditioner", members)
    assert [found.words(each).get("searched") for each in ("en", "sv", "da", "nb")] == [
        "conditioner", "balsam", "balsam", "balsam",
    ]  # fmt: skip
    typed = {each.code for each in found.facts.searches}
    assert "frissigt hår" in typed  # what troubles them stays beside the message, and out of it
    assert not typed & {each.code for each in found.facts.sought} - {"serum"}
    for message in every_message(found):
        lines = "\n".join(each.text for each in message.texts).casefold().splitlines()
        written = "\n".join(line for line in lines if not line.startswith("– "))  # products
        assert "friss" not in written
        assert "frizz" not in written.replace("frizella", "")


def test_nobody_is_told_that_we_supply_their_industry_where_we_do_not() -> None:
    found = suggested('industry = "hair_salon"')
    assert found.words("sv")["supplied"] == found.words("sv")["industry"]
    for share in (Decimal(0), Decimal(2) / found.facts.count):
        numbers = {**found.facts.numbers, "buyers_share": Number(share)}
        prospects = replace(found, facts=replace(found.facts, numbers=numbers))
        assert "supplied" not in prospects.words("sv")
        assert "industry" in prospects.words("sv")


def test_what_only_a_few_looked_for_is_not_said() -> None:
    found = suggested('city = "Stockholm" and count(purchase where category = "hair_care") >= 6')
    assert found.facts.sought
    for each in found.facts.sought:
        if each.members < 20 or each.share < Decimal("0.1"):
            few = replace(found.facts, sought=(each,))
            assert "searched" not in replace(found, facts=few).words("sv")


def test_a_tool_without_fallbacks_is_told_with_what_that_means() -> None:
    found = suggested('city = "Stockholm"')
    plain = Choice("email", "en", "informal", "plain", found.variants(found.picked[0], "en")[0])
    assert found.note(plain) == "names_known"
    unnamed = replace(found, facts=replace(found.facts, named=False))
    assert unnamed.note(replace(plain, tool="rule")) == "names_unknown"
    assert found.note(replace(plain, tool="klaviyo")) == ""
    assert found.note(replace(plain, channel="meta")) == ""


def test_the_slots_of_the_playbooks_can_all_be_filled_by_some_segment() -> None:
    texts = (*SEGMENTS, "registered_at > 800 days ago")
    filled = {name for text in texts for name in suggested(text).words("sv")}
    assert set(SLOTS) - filled == {"offer"}  # the sample shop has none


def test_a_playbooks_folder_is_found_beside_the_catalogue(tmp_path: Path) -> None:
    assert load(tmp_path / "nothing").own.name == ""


def test_whom_a_channel_reaches_is_who_agreed_and_has_the_address() -> None:
    reach = {each.channel: each for each in suggested('city = "Uppsala"').habits.reach}
    for channel, consent, address in [
        ("email", "consent_email", "email"),
        ("sms", "consent_sms", "phone"),
        ("letter", "consent_post", "postal_code"),
        ("ads", "consent_ads", "email"),
    ]:
        by_hand = query(
            f"SELECT count(*) FILTER ({consent}), "  # noqa: S608 - names of columns
            f"count(*) FILTER ({consent} AND trim({address}) <> '') "
            "FROM '{shop}/customers.parquet' WHERE city = 'Uppsala'"
        )[0]
        assert (reach[channel].agreed, reach[channel].reached) == by_hand


def test_what_they_answer_to_is_that_of_a_query_by_hand() -> None:
    found = {each.channel: each for each in suggested('city = "Uppsala"').habits.answered}
    by_table = """SELECT channel, count(DISTINCT customer_id) FROM '{shop}/{table}.parquet' s
        JOIN '{shop}/campaigns.parquet' c USING (campaign_id)
        WHERE customer_id IN ({members}) AND {time} >= TIMESTAMP '2025-10-15' GROUP BY 1"""
    for table, time, name in (
        ("sends", "s.sent_at", "received"),
        ("opens", "opened_at", "opened"),
        ("clicks", "clicked_at", "clicked"),
    ):
        rows = query(by_table.replace("{table}", table).replace("{time}", time))
        told = {channel: getattr(each, name) for channel, each in found.items()}
        assert {channel: n for channel, n in told.items() if n} == dict(rows)


def test_times_are_those_of_a_query_by_hand() -> None:
    habits = suggested('city = "Uppsala"').habits
    rows = query(
        """SELECT isodow(visited_at), hour(visited_at), count(*) FROM '{shop}/visits.parquet'
        WHERE customer_id IN ({members}) AND visited_at >= TIMESTAMP '2025-10-15' GROUP BY ALL"""
    )
    assert habits.source == "visit"
    assert dict(habits.times) == {(day, hour): n for day, hour, n in rows}
    orders = query(
        """SELECT channel, count(*) FROM ({orders})
        WHERE ordered_at >= TIMESTAMP '2025-10-15' GROUP BY 1"""
    )
    assert dict(habits.orders) == dict(orders)


@pytest.mark.parametrize("language", written())
def test_channel_and_time_are_said_with_their_numbers_in_every_language(language: str) -> None:
    for text in ("count(purchase) >= 6", 'city = "Uppsala" and age > 75 and gender = "male"'):
        found = suggested(text)
        said = messenger().habits(found, language, messenger().shop.engine.newest.date())
        assert len(said) >= 7
        assert all(re.search(r"\d|:", line) for line in said)
        assert not any(re.search(r"[{}]", line) for line in said)


def test_a_language_that_messages_are_not_written_in_has_the_english_word_in_a_reason() -> None:
    found = suggested('count(purchase where category = "training") >= 1')
    reason = next(r for each in found.picked for r in each.reasons if r.fact == "category_share")
    assert reason.taste is not None
    other = replace(reason, taste=replace(reason.taste, words={"en": "training"}))
    speaker = messenger().shop.speaker("sv", messenger().shop.engine.newest.date())
    assert "har köpt training" in say_reason(other, speaker, Texts("sv"))


@pytest.mark.parametrize("language", ["sv", "da"])
def test_no_advertisement_says_one_thing_twice(language: str) -> None:
    for text in SEGMENTS:
        found = suggested(text)
        for each in found.picked:
            for channel in found.channels(each):
                variant = found.variants(each, language)[0]
                message = found.message(
                    each, Choice(channel.name, language, found.tone, "plain", variant)
                )
                said = [one.text for one in message.texts]
                assert len(set(said)) == len(said), (message.choice, said)


@pytest.mark.parametrize("text", NAMING)
def test_a_letter_greets_says_and_ends_and_a_text_message_lets_go(text: str) -> None:
    found = suggested(text)
    for message in every_message(found):
        choice = message.choice
        voice = found.playbooks.voice(choice.language)
        shop = found.words(choice.language)["shop"]
        body = next((each.text for each in message.texts if each.slot == "body"), None)
        if body is not None:
            greeting, *said, closing = body.split("\n\n")
            assert greeting == voice.said(choice.tone, "greeting")
            assert len(said) >= 2
            assert closing == voice.said(choice.tone, "closing").replace("{shop}", shop)
        if choice.channel == "sms":
            assert message.texts[0].text.startswith(f"{shop}: ")
            assert message.texts[0].text.endswith(voice.said(choice.tone, "opt_out"))


def test_what_everyone_chooses_as_often_is_not_said_to_be_theirs() -> None:
    found = suggested("count(purchase) >= 6")
    assert "products" in found.words("en")
    level = tuple(
        replace(each, members=10, count=100, everyone=100, total=1000)
        for each in found.facts.tastes["product"]
    )
    tastes = {**found.facts.tastes, "product": level}
    alike = replace(found, facts=replace(found.facts, tastes=tastes))
    assert "products" not in alike.words("en")


@pytest.mark.parametrize(
    ("fact", "value", "said"),
    [
        ("buyers_share", "1", "All of them have ordered (everyone: 50%)"),
        ("buyers_share", "0", "None of them have ordered (everyone: 50%)"),
        ("buyers_share", "0.9999", "99% of them have ordered (everyone: 50%)"),
        ("buyers_share", "0.0001", "1% of them have ordered (everyone: 50%)"),
        ("orders_least", "8", "Every one of them has at least 8 orders"),
    ],
)
def test_a_reason_says_all_only_of_all(fact: str, value: str, said: str) -> None:
    reason = Reason(fact=fact, number=Number(Decimal(value), Decimal("0.5")))
    speaker = messenger().shop.speaker("en", messenger().shop.engine.newest.date())
    assert say_reason(reason, speaker, Texts("en")) == said
