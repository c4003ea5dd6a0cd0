"""Real shops: what is prepared agrees with plain queries over their files."""

import duckdb
import pytest
from sqlglot import exp, parse_one

from segments.catalogue_check import check_against
from segments.problems import BadData
from tests.real_data import Shop

pytestmark = pytest.mark.real_data


def members(shop: Shop, sql: str) -> list[int | str]:
    tree = parse_one(sql, dialect="duckdb")
    assert isinstance(tree, exp.Query)
    return sorted(shop.engine.members(tree))


def truth(shop: Shop, sql: str) -> list[int | str]:
    """Give the keys of a plain query, `{table}` being the file of a table."""
    files = {path.stem: f"'{path}'" for path in shop.folder.glob("*.parquet")}
    with duckdb.connect() as connection:
        return sorted(row[0] for row in connection.sql(sql.format(**files)).fetchall())


def test_completejourney_is_whole(completejourney: Shop) -> None:
    assert completejourney.engine.total == 2469
    assert completejourney.engine.report == {}
    assert completejourney.engine.unknown_count("age") == 1668


def test_most_households_told_nothing_of_themselves(completejourney: Shop) -> None:
    assert check_against(completejourney.catalogue, completejourney.folder) == (
        BadData(
            "transactions.household_id",
            "link_mostly_missing",
            "801/2469",
            ("demographics.household_id",),
        ),
    )


def test_cdnow_is_whole(cdnow: Shop) -> None:
    assert cdnow.engine.total == 23_570
    assert cdnow.engine.report == {}
    assert check_against(cdnow.catalogue, cdnow.folder) == ()


def test_spending_in_completejourney(completejourney: Shop) -> None:
    found = members(
        completejourney, "SELECT member FROM purchase GROUP BY member HAVING sum(amount) > 2000"
    )
    assert found == truth(
        completejourney,
        "SELECT household_id FROM {transactions} GROUP BY 1 "
        "HAVING sum(sales_value::DECIMAL(18, 2)) > 2000",
    )


def test_baskets_with_both_of_two_departments(completejourney: Shop) -> None:
    found = members(
        completejourney,
        "SELECT DISTINCT member FROM purchase_parts WHERE department = 'PASTRY' AND record IN "
        "(SELECT record FROM purchase_parts WHERE department = 'DELI')",
    )
    assert found == truth(
        completejourney,
        "SELECT DISTINCT household_id FROM {transactions} t JOIN {products} USING (product_id) "
        "WHERE department = 'PASTRY' AND basket_id IN (SELECT basket_id FROM {transactions} "
        "JOIN {products} USING (product_id) WHERE department = 'DELI')",
    )


def test_campaigns_have_the_time_of_their_description(completejourney: Shop) -> None:
    found = members(
        completejourney,
        "SELECT DISTINCT member FROM receive WHERE kind = 'Type A' AND at < DATE '2017-06-01'",
    )
    assert found == truth(
        completejourney,
        "SELECT DISTINCT household_id FROM {campaigns} JOIN {campaign_descriptions} "
        "USING (campaign_id) WHERE campaign_type = 'Type A' AND start_date < DATE '2017-06-01'",
    )


def test_frequent_buyers_of_cdnow(cdnow: Shop) -> None:
    found = members(
        cdnow,
        "SELECT member FROM purchase WHERE at >= DATE '1998-01-01' "
        "GROUP BY member HAVING count(*) >= 3",
    )
    assert found == truth(
        cdnow,
        "SELECT customer_id FROM {purchases} WHERE purchase_date >= DATE '1998-01-01' "
        "GROUP BY 1 HAVING count(*) >= 3",
    )
    assert found
