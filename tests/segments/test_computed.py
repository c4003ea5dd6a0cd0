"""Columns that a catalogue computes: amounts, keys of two columns, days counted back from a day."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segments.catalogue import Computed
from segments.catalogue_check import check_against
from segments.catalogue_file import loads
from segments.engine.prepare import prepare
from segments.errors import Shown

LINES = """order_number,customer_key,product,unit_price,quantity,discount
1,a,tea,"10,50",2,0
1,b,tea,3.3333,3,0.1
1,b,cup,2,,0
2,a,cup,-4,1,0.5
"""
ORDERS = """order_number,customer_key,at
1,a,2025-01-02
1,b,2025-01-03
2,a,2025-01-04
"""
CUSTOMERS = """customer_key,recency
a,0
b,31
c,
"""
CATALOGUE = """version = 1
[shop]
as_of = 2025-02-01
[member]
table = "customers"
key = "customer_key"
[tables.customers.columns]
last_bought = { days_before = "recency" }
[tables.orders]
key = "order"
[tables.orders.columns]
order = ["order_number", "customer_key"]
[tables.lines]
links = { order = "orders" }
[tables.lines.columns]
order = ["order_number", "customer_key"]
worth = "unit_price * quantity * (1 - discount)"
share = "quantity / discount"
[fields.last_bought]
[events.purchase]
table = "orders"
record = "order"
member = "customer_key"
time = "at"
parts = "lines"
role = "purchase"
[events.purchase.attributes.amount]
part = "worth"
role = "amount"
[events.purchase.attributes.share]
part = "share"
[events.purchase.attributes.product]
part = "product"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("lines", LINES), ("orders", ORDERS), ("customers", CUSTOMERS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def _rows(folder: Path, catalogue: str, sql: str) -> list[tuple[object, ...]]:
    made = prepare(folder, loads(catalogue), folder / "cache")
    with duckdb.connect(str(made), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_amounts_keys_and_days_are_what_the_columns_make(folder: Path) -> None:
    assert check_against(loads(CATALOGUE), folder) == ()
    found = _rows(folder, CATALOGUE, "select record, member, amount from purchase order by record")
    assert found == [
        ("1|a", "a", Decimal("21.0000")),
        ("1|b", "b", Decimal("8.9999")),  # 3.3333 x 3 x 0.9 = 8.99991; an unknown quantity is none
        ("2|a", "a", Decimal("-2.0000")),
    ]
    days = _rows(folder, CATALOGUE, "select member, last_bought from members order by member")
    assert days == [("a", date(2025, 2, 1)), ("b", date(2025, 1, 1)), ("c", None)]
    shares = _rows(folder, CATALOGUE, "select share from purchase_parts where product = 'cup'")
    assert sorted(shares, key=str) == [(Decimal("2.0000"),), (None,)]


def test_a_changed_formula_prepares_the_shop_anew(folder: Path) -> None:
    doubled = CATALOGUE.replace('worth = "', 'worth = "2 * ')
    total = "select sum(amount) from purchase"
    assert _rows(folder, CATALOGUE, total) == [(Decimal("27.9999"),)]
    assert _rows(folder, doubled, total) == [(Decimal("55.9998"),)]


@pytest.mark.parametrize(
    ("old", "new", "code", "found"),
    [
        ('"quantity / discount"', '"quantity ** 2"', "bad_formula", "quantity ** 2"),
        ('"quantity / discount"', '"quantity +"', "bad_formula", "quantity +"),
        ('"quantity / discount"', '"open(product)"', "bad_formula", "open(product)"),
        ('"quantity / discount"', '"1 + 2"', "bad_formula", "1 + 2"),
        ('"quantity / discount"', "[]", "bad_formula", "share"),
        ('"quantity / discount"', '"worth * 2"', "computed_of_computed", "worth"),
        ("as_of = 2025-02-01", "", "no_as_of", "last_bought"),
    ],
)
def test_what_cannot_be_computed_is_told(old: str, new: str, code: str, found: str) -> None:
    with pytest.raises(Shown) as caught:
        loads(CATALOGUE.replace(old, new))
    assert [(p.code, p.found) for p in caught.value.problems] == [(code, found)]  # type: ignore[attr-defined]


def test_a_column_that_the_file_lacks_is_told_by_its_own_name(folder: Path) -> None:
    wrong = loads(CATALOGUE.replace('"quantity / discount"', '"quantity / discont"'))
    told = [(p.code, p.found, p.suggestions) for p in check_against(wrong, folder)]  # type: ignore[attr-defined]
    assert told == [("column_missing", "lines.discont", ("discount",))]


@given(st.text(st.sampled_from("ab1. +-*/()%^=,'\"[]:_"), max_size=12))
def test_no_text_is_taken_for_a_formula_that_is_none(text: str) -> None:
    computed = Computed(formula=text)
    if computed.calculable:
        assert computed.inputs
        assert not set(text) & set("%^=,'\"[]:")


PRICES = "product,list_price,maker\ntea,10.5,m1\ncup,4,m2\npot,9,m1\n"
MAKERS = "maker,factor\nm1,2\nm2,\n"
ALONG = """[tables.products]
key = "product"
links = { maker = "makers" }
[tables.makers]
key = "maker"
"""


def _along(folder: Path, formula: str) -> str:
    (folder / "products.csv").write_text(PRICES, encoding="utf-8")
    (folder / "makers.csv").write_text(MAKERS, encoding="utf-8")
    return (
        CATALOGUE.replace('"unit_price * quantity * (1 - discount)"', f'"{formula}"')
        .replace(
            'links = { order = "orders" }', 'links = { order = "orders", product = "products" }'
        )
        .replace("[fields.last_bought]", ALONG + "[fields.last_bought]")
    )


def test_a_formula_follows_links_as_any_path_does(folder: Path) -> None:
    priced = _along(folder, "quantity * products.list_price")
    assert check_against(loads(priced), folder) == ()
    found = _rows(folder, priced, "select record, amount from purchase order by record")
    assert found == [
        ("1|a", Decimal("21.0000")),
        ("1|b", Decimal("31.5000")),  # the other line's quantity is unknown
        ("2|a", Decimal("4.0000")),
    ]
    made = _along(folder, "quantity * products.list_price * products.makers.factor")
    found = _rows(
        folder, made, "select product, amount from purchase_parts order by record, product"
    )
    assert found == [
        ("tea", Decimal("42.0000")),
        ("cup", None),
        ("tea", Decimal("63.0000")),
        ("cup", None),
    ]


@pytest.mark.parametrize(
    ("formula", "code", "found"),
    [
        ("quantity * shops.price", "no_link", "lines.shops"),
        ("quantity * orders.order", "computed_of_computed", "orders.order"),
    ],
)
def test_a_formula_whose_path_leads_nowhere_is_told(
    folder: Path, formula: str, code: str, found: str
) -> None:
    with pytest.raises(Shown) as caught:
        loads(_along(folder, formula))
    assert [(p.code, p.found) for p in caught.value.problems] == [(code, found)]  # type: ignore[attr-defined]


def test_a_column_that_a_linked_file_lacks_is_told_by_its_own_name(folder: Path) -> None:
    told = check_against(loads(_along(folder, "quantity * products.price")), folder)
    assert [(p.code, p.found) for p in told] == [("column_missing", "products.price")]  # type: ignore[attr-defined]


def test_a_formula_over_a_link_to_a_key_that_stands_twice_is_refused(folder: Path) -> None:
    priced = _along(folder, "quantity * products.list_price")
    (folder / "products.csv").write_text(PRICES + "tea,1,m1\n", encoding="utf-8")
    told = check_against(loads(priced), folder)
    assert [p.code for p in told] == ["key_not_unique"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("column", ["at", "order_number"])
def test_what_is_no_number_cannot_be_calculated_with(folder: Path, column: str) -> None:
    dated = CATALOGUE.replace(
        'order = ["order_number", "customer_key"]',
        f'order = ["order_number", "customer_key"]\nodd = "{column} * 2"',
        1,
    )
    (folder / "orders.csv").write_text(ORDERS.replace("\n1,", "\nn1,").replace("\n2,", "\nn2,"))
    told = check_against(loads(dated), folder)
    assert [(p.where, p.code, p.found) for p in told if p.code == "type_does_not_fit"] == [  # type: ignore[attr-defined]
        ("tables.orders.columns.odd", "type_does_not_fit", column)
    ]
    with pytest.raises(Shown):
        prepare(folder, loads(dated), folder / "cache")
