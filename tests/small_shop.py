"""A shop of six customers written to a folder: CSV files and a catalogue, small enough to count.

Ann and Bo live in Stockholm, Cy and Di in Oslo, Ed in Bergen; nobody knows where Flo lives. Bo has
two orders, Ann and Cy one each; Di's order was cancelled.
"""

from pathlib import Path

FILES = {
    "customers.csv": """customer_id,name,city,gender,birth_date,consent
1,Ann,Stockholm,F,1990-05-01,yes
2,Bo,Stockholm,M,1960-01-31,no
3,Cy,Oslo,M,2000-02-29,yes
4,Di,Oslo,F,1985-07-07,
5,Ed,Bergen,M,1975-12-24,yes
6,Flo,,F,,no
""",
    "orders.csv": """order_id,customer_id,ordered_at,status,channel
o1,1,2026-10-01 10:00:00,done,web
o2,2,2026-09-15 12:00:00,done,store
o3,2,2025-01-10 09:30:00,done,web
o4,3,2026-10-14 23:59:00,done,web
o5,4,2026-10-10 08:00:00,cancelled,web
""",
    "order_lines.csv": """line_id,order_id,product_id,amount
l1,o1,p1,100.00
l2,o1,p2,250.50
l3,o2,p1,100.00
l4,o3,p3,900.00
l5,o4,p2,250.50
l6,o5,p3,900.00
""",
    "products.csv": """product_id,name,category
p1,Shampoo,hair care
p2,Face cream,skin care
p3,Perfume,fragrance
""",
    "opens.csv": """open_id,customer_id,opened_at
e1,1,2026-10-02 07:00:00
e2,5,2026-08-02 07:00:00
""",
}

CATALOGUE = """version = 1

[shop]
name = "Small shop"
currency = "SEK"
time_zone = "Europe/Stockholm"
home = "SE"
as_of = 2026-10-15

[member]
table = "customers"
key = "customer_id"
shown = ["name", "city"]

[tables.orders]
links = { customer_id = "customers" }
[tables.order_lines]
key = "line_id"
links = { order_id = "orders", product_id = "products" }
[tables.products]
key = "product_id"

[fields.name]
role = "first_name"
[fields.city]
role = "city"
indexed = true
[fields.gender]
role = "gender"
values.female = { code = "F", labels = { en = ["woman"], sv = ["kvinna"] }, role = "female" }
values.male = { code = "M", labels = { en = ["man"], sv = ["man"] }, role = "male" }
[fields.age]
path = "birth_date"
type = "age"
role = "age"
[fields.consent_email]
path = "consent"
type = "yes/no"
role = "consent_email"

[events.purchase]
role = "purchase"
table = "orders"
record = "order_id"
member = "customer_id"
time = "ordered_at"
parts = "order_lines"
drop = { status = ["cancelled"] }
[events.purchase.attributes.amount]
part = "amount"
type = "money"
role = "amount"
[events.purchase.attributes.channel]
path = "channel"
role = "channel"
values = ["web", "store"]
[events.purchase.attributes.category]
part = "products.category"
role = "category"
indexed = true

[events.open]
role = "open"
table = "opens"
member = "customer_id"
time = "opened_at"
"""


def write(folder: Path) -> Path:
    """Write the shop to a folder and give the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")
    return folder
