"""Checks the sample shop: python -m sample_data.check [folder].

Keys, references, sums, the order of events, and that each planted truth told in
README.md is found again with its number. Prints what is wrong; exits 1 if anything is.
"""

import re
import sys
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
AS_OF = "TIMESTAMP '2026-10-15 23:59:59'"
_TRUTH = re.compile(r"```sql\n-- (\w+): (\d+)\n(.*?)```", re.DOTALL)

# table: its key columns
KEYS = {
    "customers": "customer_id",
    "companies": "company_id",
    "products": "product_id",
    "categories": "category",
    "product_types": "product_type",
    "needs": "need",
    "orders": "order_id",
    "order_lines": "line_id",
    "returns": "return_id",
    "reviews": "review_id",
    "campaigns": "campaign_id",
    "sends": "customer_id, campaign_id",
    "unsubscribes": "customer_id, campaign_id",
    "visits": "visit_id",
    "product_views": "view_id",
    "cart_adds": "cart_add_id",
    "searches": "search_id",
    "support_cases": "case_id",
    "subscriptions": "subscription_id",
    "event_registrations": "registration_id",
    "form_submissions": "submission_id",
    "loyalty_points": "entry_id",
    "survey_answers": "answer_id",
}
# What must select no row.
FORBIDDEN = {
    "order totals": "SELECT order_id FROM orders JOIN order_lines l USING (order_id) "
    "GROUP BY order_id, total, item_count, on_sale HAVING total <> sum(l.amount) "
    "OR item_count <> sum(quantity) OR on_sale <> bool_or(l.discount > 0)",
    "orders without lines": "SELECT * FROM orders ANTI JOIN order_lines USING (order_id)",
    "line amounts": "SELECT * FROM order_lines "
    "WHERE amount <> quantity * unit_price - discount OR amount < 0",
    "codes without discount": "SELECT * FROM orders WHERE discount_code IS NOT NULL "
    "AND NOT on_sale",
    "points": "SELECT customer_id FROM customers LEFT JOIN loyalty_points USING (customer_id) "
    "GROUP BY customer_id, points_balance HAVING points_balance IS DISTINCT FROM sum(points)",
    "needs": "SELECT need FROM (SELECT unnest(needs) AS need FROM products) ANTI JOIN needs "
    "USING (need)",
    "returns": "SELECT * FROM returns r JOIN order_lines l USING (line_id) "
    "JOIN orders o ON o.order_id = l.order_id WHERE r.order_id <> o.order_id "
    "OR r.customer_id <> o.customer_id OR r.quantity > l.quantity OR r.amount > l.amount "
    "OR r.returned_at < o.ordered_at",
    "sends without consent": "SELECT * FROM sends s JOIN customers c USING (customer_id) "
    "JOIN campaigns g USING (campaign_id) WHERE (s.sent_at > CASE g.channel "
    "WHEN 'email' THEN consent_email_at WHEN 'sms' THEN consent_sms_at "
    "ELSE consent_ads_at END) IS NOT TRUE",
    "sends after leaving": "SELECT * FROM unsubscribes u JOIN campaigns l USING (campaign_id) "
    "JOIN sends s ON s.customer_id = u.customer_id AND s.sent_at > u.unsubscribed_at "
    "JOIN campaigns g ON g.campaign_id = s.campaign_id AND g.channel = l.channel",
    "opens without send": "SELECT * FROM opens ANTI JOIN sends USING (customer_id, campaign_id)",
    "clicks without send": "SELECT * FROM clicks ANTI JOIN sends USING (customer_id, campaign_id)",
    "early opens": "SELECT * FROM opens JOIN campaigns USING (campaign_id) "
    "WHERE opened_at < sent_at",
    "consent without e-mail": "SELECT * FROM customers WHERE consent_email AND email IS NULL",
    "renewals": "SELECT * FROM subscriptions WHERE CASE status WHEN 'active' "
    "THEN renews_on IS NULL OR renews_on <= DATE '2026-10-15' ELSE renews_on IS NOT NULL END",
    "contacts": "SELECT * FROM customers WHERE (company_id IS NULL) <> (job_role IS NULL) "
    "OR (job_role IS NULL) <> (decision_role IS NULL)",
}


def open_shop(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection with a view for every table in the folder."""
    connection = duckdb.connect()
    for file in sorted(folder.glob("*.parquet")):
        connection.execute(f"CREATE VIEW {file.stem} AS FROM '{file.as_posix()}'")
    return connection


def truths() -> dict[str, tuple[int, str]]:
    """The planted truths of README.md: name to number and query."""
    text = (HERE / "README.md").read_text(encoding="utf-8")
    return {name: (int(number), query) for name, number, query in _TRUTH.findall(text)}


def _count(shop: duckdb.DuckDBPyConnection, query: str) -> int:
    return len(shop.execute(query).fetchall())


def _columns(shop: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    return shop.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
    ).fetchall()


def _key_problems(shop: duckdb.DuckDBPyConnection) -> list[str]:
    found = []
    for table, key in KEYS.items():
        twice = f"SELECT {key} FROM {table} GROUP BY ALL HAVING count(*) > 1"  # noqa: S608 - the shop's own names
        if _count(shop, twice):
            found.append(f"{table}: {key} is not unique")
    home = {key: table for table, key in KEYS.items()} | {"need": "needs"}
    for table, column, _ in _columns(shop):
        target = home.get(column)
        if target and target != table:
            lost = f"SELECT * FROM {table} t ANTI JOIN {target} USING ({column})"  # noqa: S608 - the shop's own names
            if _count(shop, f"{lost} WHERE t.{column} IS NOT NULL"):
                found.append(f"{table}.{column} is not always in {target}")
    return found


def _time_problems(shop: duckdb.DuckDBPyConnection) -> list[str]:
    found = []
    columns = _columns(shop)
    with_customer = {table for table, column, _ in columns if column == "customer_id"}
    for table, column, kind in columns:
        if kind != "TIMESTAMP":
            continue
        late = f"SELECT * FROM {table} WHERE {column} > {AS_OF}"  # noqa: S608 - the shop's own names
        if _count(shop, late):
            found.append(f"{table}.{column} reaches past the as-of day")
        if table in with_customer:
            early = (
                f"SELECT * FROM {table} t JOIN customers c USING (customer_id) "  # noqa: S608 - the shop's own names
                f"WHERE t.{column} < c.registered_at"
            )
            if _count(shop, early):
                found.append(f"{table}.{column} lies before registration")
    return found


def problems(folder: Path) -> list[str]:
    """Everything wrong with the shop in the folder; empty when all is well."""
    with open_shop(folder) as shop:
        found = _key_problems(shop) + _time_problems(shop)
        found += [name for name, query in FORBIDDEN.items() if _count(shop, query)]
        for name, (number, query) in truths().items():
            members = _count(shop, query)
            if members != number:
                found.append(f"truth {name}: {members} customers, README says {number}")
    return found


if __name__ == "__main__":
    wrong = problems(Path(sys.argv[1]) if sys.argv[1:] else HERE / "shop")
    print("\n".join(wrong) or "the sample shop is whole")
    sys.exit(bool(wrong))
