"""A small shop as files: CSV tables with what goes wrong in real ones, and a catalogue for them.

Customer 2 has no city and no birth date; order 11 was cancelled, order 13 is of nobody known, order
14 has no lines; product 9 is in no category; postal codes begin with 0; money is written `60,25`.
"""

from pathlib import Path

CATALOGUE = """\
version = 1

[shop]
name = "Small shop"
currency = "SEK"
time_zone = "Europe/Stockholm"

[member]
table = "customers"
key = "customer_id"
shown = ["first_name"]

[tables.order_lines]
links = { order_id = "orders", product_id = "products" }

[tables.products]
key = "product_id"

[fields.first_name]
role = "first_name"

[fields.city]
role = "city"
indexed = true

[fields.postal_code]
role = "postal_code"

[fields.age]
path = "born"
role = "age"

[fields.consent_email]
path = "mail"
role = "consent_email"

[fields.gender]
role = "gender"
values.male = { code = "M", labels = { en = ["man"] }, role = "male" }

[fields.gender.values.female]
code = "F"
labels = { en = ["woman", "women"], sv = ["kvinna"] }
role = "female"

[fields.tags]
type = "list"
indexed = true

[fields.phone]
role = "phone"
type = "text"

[events.purchase]
role = "purchase"
table = "orders"
record = "order_id"
member = "customer_id"
time = "ordered_at"
parts = "order_lines"
drop = { status = ["cancelled"] }

[events.purchase.attributes.amount]
path = "total"
part = "amount"
role = "amount"

[events.purchase.attributes.line_total]
part = "amount"
type = "money"

[events.purchase.attributes.channel]
role = "channel"

[events.purchase.attributes.category]
part = "products.category"
role = "category"
indexed = true
label_paths = { sv = "products.category_sv" }

[rules.loyal]
definition = "count(purchase) >= 2"
labels = { en = ["loyal"] }
"""

TABLES = {
    "customers": """\
customer_id;first_name;city;postal_code;born;mail;gender;tags;phone
1;Åsa;Umeå;01234;1990-02-03;ja;F;vip, new;+46701234567
2;Bo;;12345;;nej;M;;
3;=2+2;Oslo;22222;2000-02-29;;F;new;0701
""",
    "orders": """\
order_id,customer_id,ordered_at,status,total,channel
10,1,2024-01-01 10:00:00,ok,100.5,web
11,1,2024-02-01 10:00:00,cancelled,50,web
12,2,2024-03-01 10:00:00,ok,20,store
13,99,2024-03-02 10:00:00,ok,20,web
14,1,2024-03-03 23:59:59,ok,,web
""",
    "order_lines": """\
line_id;order_id;product_id;amount
1;10;7;60,25
2;10;8;40,25
3;12;9;20
4;11;7;1
""",
    "products": """\
product_id,category,category_sv
7,hair,hår
8,skin,hud
9,,
""",
}


def write_shop(folder: Path, **changed: str | None) -> Path:
    """Write the tables as CSV files, some of them changed or (None) left out; gives the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {**TABLES, **changed}.items():
        if content is not None:
            (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    return folder
