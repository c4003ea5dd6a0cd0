"""A catalogue drafted from a folder nobody has described: it loads, it fits, and it answers."""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.answers import Shop
from assistant.languages.texts import texts
from segments.catalogue import Catalogue, Type
from segments.catalogue_check import check_against, is_remark
from segments.catalogue_file import loads
from segments.drafting import names
from segments.drafting.drafter import draft
from segments.drafting.writing import written
from segments.errors import Shown
from segments.places import By
from tests import small_shop

TODAY = date(2026, 11, 1)
Drafted = Callable[..., tuple[Catalogue, str, Shop]]

SWEDISH = {
    "kunder.csv": """kundnummer,förnamn,ort,kön,födelsedatum,nyhetsbrev,nivå
1,Ann,Malmö,K,1990-05-01,ja,guld
2,Bo,Malmö,M,1960-01-31,nej,silver
3,Cy,Lund,M,2000-02-29,ja,brons
4,Di,Lund,K,1985-07-07,nej,brons
""",
    "ordrar.csv": """ordernummer,kundnummer,orderdatum,orderstatus,kanal
a1,1,2026-10-01,klar,webb
a2,2,2026-09-15,klar,butik
a3,2,2026-08-10,makulerad,webb
a4,3,2026-10-14,klar,webb
""",
    "orderrader.csv": """ordernummer,artikelnummer,antal,styckpris
a1,p1,2,100.00
a1,p2,1,50.00
a2,p1,1,100.00
a3,p2,4,50.00
a4,p2,6,50.00
""",
    "produkter.csv": """artikelnummer,produktnamn,kategori
p1,Schampo,hår
p2,Tvål,kropp
""",
}
LONG = {
    "events.csv": """user_id,session_id,event,timestamp,platform,plan
u1,s1,product_view,2026-10-01 10:00:00,web,free
u1,s1,purchase,2026-10-01 10:05:00,web,free
u2,s2,product_view,2026-10-02 10:00:00,app,paid
u2,s3,add_to_cart,2026-10-03 10:00:00,web,paid
u3,s4,wishlist_add,2026-10-04 10:00:00,app,free
u3,s5,product_view,2026-10-05 10:00:00,web,free
""",
}
ONE_TABLE = {
    "purchases.csv": """purchase_id,customer_id,purchase_date,number_of_cds,dollar_value
1,7,1997-01-01,1,11.50
2,7,1997-02-01,2,30.00
3,8,1997-03-01,1,9.00
4,9,1998-06-30,5,80.00
""",
}
SNAPSHOT = {
    "people.csv": """id,age_band,income,opted,recency
1,18-25,10000,0,3
2,26-40,20000,1,40
3,41+,55000,1,90
4,18-25,60000,0,1
""",
}
TWO_KEYS = {
    "customers.csv": "customer_id,city\n1,Oslo\n2,Oslo\n3,Bergen\n",
    "order_lines.csv": """order_number,customer_id,order_date,product,quantity,amount
n1,1,2026-10-01,soap,1,10
n1,1,2026-10-01,salt,1,20
n1,2,2026-10-02,soap,1,25
n2,3,2026-10-03,salt,2,40
n2,3,2026-10-03,soap,2,41
""",
}
LISTED_PRICES = {
    "customers.csv": "customer_id,city\n1,Oslo\n2,Oslo\n3,Bergen\n",
    "order_lines.csv": """order_number,customer_id,order_date,product_id,quantity
n1,1,2026-10-01,p1,1
n1,1,2026-10-01,p2,4
n2,2,2026-10-02,p1,1
n3,3,2026-10-03,p2,2
""",
    "products.csv": "product_id,product_name,unit_price\np1,soap,10.50\np2,salt,20\n",
}

SENT = {
    "users.csv": """user_id,country,signed_up_at
1,SE,2026-10-01
2,NO,2026-05-01
3,SE,2026-02-01
""",
    "emails.csv": """email_id,user_id,sent_at,campaign,opened,clicked
1,1,2026-10-02 09:00:00,Welcome,1,no
2,2,2026-10-02 09:00:00,Winback,0,no
3,3,2026-10-03 09:00:00,Winback,1,yes
4,1,2026-10-04 09:00:00,Winback,0,no
5,2,2026-10-05 09:00:00,News,0,no
6,1,2026-10-06 09:00:00,News,1,no
""",
    "event_registrations.csv": """registration_id,user_id,event_name,registered_at
1,1,Premiere,2026-10-05
2,3,Fan day,2026-10-06
3,3,Premiere,2026-10-07
4,3,Premiere,2026-10-08
""",
}
SWEDISH_SENT = {
    "medlemmar.csv": """medlemsnummer,ort,gick_med
1,Lund,2026-10-01
2,Lund,2026-05-01
3,Umeå,2026-02-01
""",
    "utskick.csv": """utskick_id,medlemsnummer,skickat,kampanj,öppnat,klickat
1,1,2026-10-02,Höst,ja,nej
2,2,2026-10-02,Höst,nej,nej
3,3,2026-10-03,Vår,ja,ja
4,3,2026-10-05,Vår,nej,nej
""",
}


@pytest.fixture
def drafted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Drafted:
    """Write the files, draft a catalogue beside them, and open the shop."""
    monkeypatch.setenv("KRETS_CACHE", str(tmp_path / "cache"))

    def make(files: dict[str, str], language: str = "en") -> tuple[Catalogue, str, Shop]:
        folder = tmp_path / "shop"
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        own = texts(language)
        made = draft(folder, TODAY, language)
        text = written(made, lambda note: own.draft(note.code, **note.values))
        catalogue = loads(text)
        assert [p for p in check_against(catalogue, folder) if not is_remark(p)] == []
        (folder / "catalogue.toml").write_text(text, encoding="utf-8")
        return catalogue, text, Shop.open(folder, None)

    return make


def members(shop: Shop, sentence: str, language: str = "en") -> list[str]:
    definition = shop.ask(sentence, language=language).reading.definition
    assert definition is not None, sentence
    return sorted(map(str, shop.members(definition)))


def test_orders_with_lines_and_products(drafted: Drafted) -> None:
    catalogue, text, shop = drafted(small_shop.FILES)
    purchase = catalogue.events["purchase"]
    assert (purchase.table, purchase.parts, purchase.record) == (
        "orders",
        "order_lines",
        "order_id",
    )
    assert catalogue.tables["order_lines"].links == {"order_id": "orders", "product_id": "products"}
    assert "100 % of the values in orders.customer_id are found in customers.customer_id" in text
    assert '# drop = {status = ["cancelled"]}' in text
    assert purchase.drop == {}
    assert catalogue.fields["age"].sensitive
    with shop:
        assert members(shop, "women in Stockholm") == ["1"]
        assert members(shop, "customers who bought skin care") == ["1", "3"]
        assert members(shop, "customers who spent over 950") == ["2"]
        assert members(shop, "customers who have opened something") == ["1", "5"]


def test_a_schema_in_swedish(drafted: Drafted) -> None:
    catalogue, text, shop = drafted(SWEDISH, "sv")
    assert catalogue.tables["orderrader"].columns["line_amount"].formula == "styckpris * antal"
    assert catalogue.fields["tier"].ordered
    assert catalogue.fields["tier"].codes == ("brons", "silver", "guld")
    assert 'drop = {orderstatus = ["makulerad"]}' in text
    assert "av namnet ort" in text
    with shop:
        assert members(shop, "kvinnor i Malmö", "sv") == ["1"]
        assert members(shop, "kunder som handlat för över 260", "sv") == ["2", "3"]
        assert members(shop, "kunder som köpt hår", "sv") == ["1", "2"]
        assert members(shop, "kunder som vill ha nyhetsbrev", "sv") == ["1", "3"]


def test_a_long_table_of_events(drafted: Drafted) -> None:
    catalogue, _, shop = drafted(LONG)
    assert (catalogue.table, catalogue.key) == ("events", "user_id")
    assert catalogue.events["view"].keep == {"event": ("product_view",)}
    assert catalogue.events["visit"].record == "session_id"
    assert "wishlist_add" in catalogue.events
    assert "plan" in catalogue.fields
    with shop:
        assert members(shop, "customers who have bought something") == ["u1"]
        assert members(shop, "customers who have visited at least twice") == ["u2", "u3"]
        assert members(shop, "customers who have viewed a product but not bought") == ["u2", "u3"]


def test_one_table_of_purchases(drafted: Drafted) -> None:
    catalogue, text, shop = drafted(ONE_TABLE)
    assert catalogue.key == "customer_id"
    assert catalogue.as_of == date(1998, 6, 30)
    assert '# currency = "SEK"' in text
    with shop:
        assert members(shop, "customers who bought at least twice") == ["7"]
        assert members(shop, "customers who spent more than 40") == ["7", "9"]
        assert members(shop, "customers who bought in 1998") == ["9"]


def test_a_snapshot_without_events(drafted: Drafted) -> None:
    catalogue, _, shop = drafted(SNAPSHOT)
    assert catalogue.events == {}
    assert catalogue.fields["age"].codes == ("18-25", "26-40", "41+")
    assert catalogue.tables["people"].columns["recency_day"].days_before == "recency"
    with shop:
        assert members(shop, "customers with an income over 50000") == ["3", "4"]
        assert members(shop, "opted = yes") == ["2", "3"]


def test_an_order_number_that_two_customers_share(drafted: Drafted) -> None:
    catalogue, _, shop = drafted(TWO_KEYS)
    record = catalogue.events["purchase"].record
    assert record is not None
    joined = catalogue.tables["order_lines"].columns[record].joined
    assert joined == ("order_number", "customer_id")
    with shop:
        assert members(shop, "customers who spent over 28") == ["1", "3"]
        assert members(shop, "customers who bought salt") == ["1", "3"]


def test_what_is_left_out_is_told(drafted: Drafted) -> None:
    files = {
        **SNAPSHOT,
        "cities.csv": "name,letters\nOslo,4\nLund,4\n",
    }
    _, text, shop = drafted(files)
    shop.close()
    assert "# The table cities: nothing tells whose its rows are" in text


def test_a_folder_without_members(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("place,letters\nOslo,4\nLund,4\n", encoding="utf-8")
    with pytest.raises(Shown, match="no_members"):
        draft(tmp_path, TODAY, "en")


def test_a_folder_without_files(tmp_path: Path) -> None:
    with pytest.raises(Shown, match="folder_empty"):
        draft(tmp_path, TODAY, "en")


def test_lines_without_a_price_take_the_one_of_their_product(drafted: Drafted) -> None:
    catalogue, text, shop = drafted(LISTED_PRICES)
    computed = catalogue.tables["order_lines"].columns["line_amount"]
    assert computed.formula == "quantity * products.unit_price"
    assert "products.unit_price is taken" in text
    with shop:
        assert members(shop, "customers who spent over 30") == ["1", "3"]
        assert members(shop, "customers who spent under 30") == ["2"]


def test_a_year_of_birth_is_an_age(drafted: Drafted) -> None:
    born = {"people.csv": "id,Year_Birth,city\n1,1980,Oslo\n2,1996,Oslo\n3,1997,Moss\n"}
    catalogue, _, shop = drafted(born)
    assert (catalogue.fields["age"].path, catalogue.fields["age"].type) == ("Year_Birth", Type.AGE)
    with shop:
        assert members(shop, f"customers over {TODAY.year - 1996 - 1}") == ["1", "2"]
        assert members(shop, f"customers over {TODAY.year - 1996}") == ["1"]


def test_coordinates_are_found_and_kept_from_view(drafted: Drafted) -> None:
    lines = ["id,name,born,lat,lng", "1,Ann,1990-01-01,57.70716,11.96679"]
    lines += ["2,Bo,1980-01-01,57.65540,12.01380", "3,Cy,1970-01-01,59.91273,10.74609"]
    catalogue, _, shop = drafted({"customers.csv": "\n".join(lines)})
    assert {"latitude", "longitude"} <= {field.role for field in catalogue.fields.values()}
    assert all(catalogue.fields[name].sensitive for name in ("latitude", "longitude"))
    assert shop.catalogue.gazetteer.by is By.COORDINATES


def test_a_column_is_not_called_what_means_something_else(drafted: Drafted) -> None:
    people = {"people.csv": "id,rowid,member,city\n1,7,yes,Oslo\n2,8,no,Oslo\n3,9,yes,Moss\n"}
    catalogue, _, shop = drafted(people)
    assert {"n_rowid", "n_member", "city"} <= set(catalogue.fields)
    with shop:
        assert members(shop, "customers in Oslo") == ["1", "2"]


GIVERS = {
    "donors.csv": "donor_id,town,email_consent\n1,York,Y\n2,Leeds,N\n3,York,Y\n",
    "gifts.csv": """gift_id,donor_id,gift_date,amount
g1,1,2026-10-01,20
g2,1,2026-09-15,35
g3,2,2026-08-10,300
""",
}
DANISH = {
    "kunder.csv": "kundenr,by,sms_samtykke,mail_samtykke\n1,Vejle,ja,nej\n2,Odense,nej,ja\n"
    "3,Vejle,nej,ja\n",
    "breve.csv": """kundenr,tidspunkt,handelse
1,2026-10-01 10:00:00,klikket
2,2026-10-02 10:00:00,afmeldt
3,2026-10-02 11:00:00,klikket
3,2026-10-03 11:00:00,gemt
""",
}
NORWEGIAN = {
    "kunder.csv": "kundenr,poststed,epost_samtykke,stillingstittel\n1,Oslo,ja,sjef\n"
    "2,Bergen,nei,lege\n3,Oslo,ja,sjef\n",
    "salg.csv": """kvitteringsnr,kundenr,dato,vare,belop
b1,1,2026-10-01,ski,500
b1,1,2026-10-01,telt,900
b2,2,2026-09-15,ski,500
b3,2,2026-08-10,sekk,300
""",
}
SWEDISH_FIRMS = {
    "kontakter.csv": "kontakt_id,ort,befattning,sms_samtycke\n1,Lund,chef,ja\n2,Lund,inköpare,nej\n"
    "3,Kiruna,chef,ja\n",
    "gåvor.csv": """gåva_id,kontakt_id,datum,belopp
1,1,2026-10-01,20
2,1,2026-09-15,35
3,3,2026-08-10,300
""",
}


def roles(catalogue: Catalogue) -> set[str | None]:
    return {field.role for field in catalogue.fields.values()}


def test_gifts_are_purchases(drafted: Drafted) -> None:
    english, _, shop = drafted(GIVERS)
    assert english.events["purchase"].table == "gifts"
    assert "consent_email" in roles(english)
    assert members(shop, "customers who spent over 50") == ["1", "2"]


def test_gifts_and_titles_in_swedish(drafted: Drafted) -> None:
    swedish, _, shop = drafted(SWEDISH_FIRMS)
    assert swedish.events["purchase"].table == "gåvor"
    assert {"job_role", "consent_sms"} <= roles(swedish)
    assert members(shop, "har handlat för över 50 kr", "sv") == ["1", "3"]


def test_consents_and_what_was_clicked_in_danish(drafted: Drafted) -> None:
    danish, _, _ = drafted(DANISH)
    assert {"consent_sms", "consent_email"} <= roles(danish)
    assert {event.role for event in danish.events.values()} >= {"click", "unsubscribe"}
    assert "purchase" not in danish.events


def test_lines_of_one_receipt_in_norwegian(drafted: Drafted) -> None:
    norwegian, _, shop = drafted(NORWEGIAN)
    assert {"consent_email", "job_role"} <= roles(norwegian)
    assert norwegian.events["purchase"].record == "kvitteringsnr"
    assert members(shop, "har handlet minst 2 ganger", "nb") == ["2"]


def test_lines_that_point_to_a_receipt_without_a_word_for_a_key(drafted: Drafted) -> None:
    norwegian, _, shop = drafted(
        {
            "kunder.csv": "kundenr,poststed\n1,Oslo\n2,Bergen\n3,Oslo\n",
            "kjop.csv": "bong,kundenr,dato\nb1,1,2026-10-01\nb2,2,2026-09-15\nb3,2,2026-08-10\n",
            "kjoplinjer.csv": "bong,varenr,antall,belop\nb1,v1,1,500\nb1,v2,1,90\nb2,v2,1,90\n"
            "b3,v2,2,180\n",
            "varer.csv": "varenr,varenavn,varegruppe\nv1,Slalomski,ski\nv2,Votter,hender\n",
        },
        "nb",
    )
    assert {"product", "category"} <= {
        attribute.role for attribute in norwegian.events["purchase"].attributes.values()
    }
    assert members(shop, "har kjøpt ski", "nb") == ["1"]


def test_what_came_of_a_message_in_columns_of_yes_and_no(drafted: Drafted) -> None:
    english, _, shop = drafted(SENT)
    assert {event.role for event in english.events.values()} == {
        *("receive", "open", "click", "registration"),
    }
    assert members(shop, "received an email but did not open it") == ["2"]
    assert members(shop, "opened an email in the last 30 days") == ["1", "3"]
    assert members(shop, "clicked an email") == ["3"]
    assert members(shop, "registered after 2026-04-01") == ["1", "2"]


def test_what_came_of_a_message_in_swedish(drafted: Drafted) -> None:
    swedish, _, shop = drafted(SWEDISH_SENT, "sv")
    assert {event.role for event in swedish.events.values()} == {"receive", "open", "click"}
    assert "registered" in roles(swedish)
    assert members(shop, "öppnat ett mejl men inte klickat", "sv") == ["1"]


GYM = {
    "members.csv": "member_id,city,join_date\n1,Lund,2025-01-01\n2,Lund,2025-02-01\n"
    "3,Kalmar,2025-03-01\n",
    "visits.csv": """visit_id,member_id,checked_in_at
v1,1,2026-10-01 07:00:00
v2,1,2026-10-08 07:00:00
v3,2,2026-05-01 07:00:00
""",
    "classes.csv": "class_id,class_name,class_type\nc1,Morning Flow,yoga\nc2,Spin 45,cycling\n",
    "class_bookings.csv": """booking_id,member_id,class_id,booked_at,class_time,attended
b1,1,c1,2026-09-20 08:00:00,2026-10-02 18:00:00,yes
b2,1,c2,2026-09-20 08:00:00,2026-10-03 18:00:00,no
b3,2,c2,2026-10-01 08:00:00,2026-10-04 18:00:00,no
b4,3,c1,2026-10-01 08:00:00,2026-10-05 18:00:00,yes
""",
    "payments.csv": """payment_id,member_id,paid_on,amount,method
p1,1,2026-10-01,300,card
p2,1,2026-09-01,300,card
p3,2,2026-10-01,400,invoice
p4,2,2026-09-01,50,invoice
""",
}
HOTEL = {
    "guests.csv": "guest_id,country,loyalty_level\n1,SE,gold\n2,NO,silver\n3,SE,gold\n4,NO,gold\n",
    "hotels.csv": "hotel_id,hotel_name\nh1,Fjord Hotel\nh2,Harbour Inn\n",
    "bookings.csv": """booking_id,guest_id,hotel_id,booked_at,check_in_date,nights,status,price
b1,1,h1,2026-05-01,2026-09-01,6,completed,900
b2,1,h2,2026-05-01,2026-10-01,1,cancelled,400
b3,2,h2,2026-06-01,2026-12-24,3,confirmed,700
b4,3,h2,2026-06-01,2026-09-04,3,completed,200
b5,3,h2,2026-07-01,2026-09-24,3,completed,200
b6,3,h2,2026-07-01,2026-09-24,3,confirmed,200
""",
    "stays.csv": """stay_id,booking_id,guest_id,checked_in_at
s1,b1,1,2026-09-01 15:00:00
s2,b4,3,2026-09-04 15:00:00
s3,b5,3,2026-09-24 15:00:00
""",
}
WHOLESALE = {
    "kontakter.csv": "kontaktnr,ort,säljare,beslutsfattare\n1,Lund,Siv,ja\n2,Lund,Olle,nej\n"
    "3,Umeå,Siv,ja\n",
    "offerter.csv": """offertnr,kontaktnr,offertdatum,belopp,offertstatus
o1,1,2026-09-01,100,accepterad
o2,2,2026-09-02,200,avslagen
o3,1,2026-09-03,300,avslagen
o4,2,2026-09-03,300,avslagen
""",
    "order.csv": "ordernr,kontaktnr,orderdatum\nr1,1,2026-10-01\nr2,3,2026-10-02\n",
    "orderrader.csv": """ordernr,artikelnr,antal,apris,rabattprocent
r1,a1,2,100.00,10
r1,a2,1,50.00,0
r2,a1,1,200.00,50
""",
    "artiklar.csv": "artikelnr,benämning\na1,Skruv\na2,Spik\n",
}


def test_a_gym_is_asked_in_its_own_words(drafted: Drafted) -> None:
    catalogue, _, shop = drafted(GYM)
    assert catalogue.events["attendance"].time == "class_time"
    with shop:
        assert members(shop, "members who have not checked in since June") == ["2", "3"]
        assert members(shop, "medlemmar som tränat minst två gånger", "sv") == ["1"]
        assert members(shop, "medlemmer der har tjekket ind i oktober", "da") == ["1"]
        assert members(shop, "medlemmer som har trent i mai", "nb") == ["2"]
        assert members(shop, "members who booked a class but did not attend") == ["2"]
        assert members(shop, "medlemmar som bokat cycling", "sv") == ["1", "2"]
        assert members(shop, "medlemmer der har deltaget i yoga i oktober", "da") == ["1", "3"]
        assert members(shop, "medlemmer som har møtt opp på yoga", "nb") == ["1", "3"]


def test_where_nothing_is_sold_payments_are_purchases(drafted: Drafted) -> None:
    catalogue, _, shop = drafted(GYM)
    assert catalogue.events["purchase"].table == "payments"
    with shop:
        assert members(shop, "members who spent more than 500") == ["1"]
        assert members(shop, "medlemmar som betalat med kort", "sv") == ["1"]
        assert members(shop, "medlemmer uden betalinger", "da") == ["3"]


def test_a_hotel_is_asked_in_its_own_words(drafted: Drafted) -> None:
    catalogue, _, shop = drafted(HOTEL)
    assert catalogue.events["purchase"].time == "booked_at"
    with shop:
        assert members(shop, "guests who have stayed at Fjord Hotel") == ["1"]
        assert members(shop, "gäster som bott hos oss minst två gånger", "sv") == ["3"]
        assert members(shop, "gæster der har booket men aldrig overnattet", "da") == ["2"]
        assert members(shop, "gjester som aldri har bestilt", "nb") == ["4"]
        assert members(shop, "gäster med avbokade bokningar", "sv") == ["1"]
        coming = shop.reader.read("guests who check in within 30 days", "en")
        assert coming.definition is None  # who stayed lately is another group
        nights = shop.reader.read("gäster som bokat mer än 5 nätter", "sv")
        assert {ask.code for ask in nights.questions} == {"number_single_or_total"}


def test_a_wholesaler_with_accents_and_rates_in_per_cent(drafted: Drafted) -> None:
    catalogue, text, shop = drafted(WHOLESALE, "sv")
    formula = catalogue.tables["orderrader"].columns["line_amount"].formula
    assert formula == "apris * antal * (1 - rabattprocent / 100)"
    assert "saljare" not in text.replace("fields.saljare", "")
    assert "offertnr" not in catalogue.events["offerter"].attributes
    with shop:
        assert members(shop, "kontakter som handlat för över 200", "sv") == ["1"]
        assert members(shop, "kontakter som handlat för över 150", "sv") == ["1"]
        assert members(shop, "beslutsfattare med säljaren Siv", "sv") == ["1", "3"]
        assert members(shop, "contacts with an accepted quote") == ["1"]
        assert members(shop, "kontakter med afviste tilbud", "da") == ["1", "2"]
        assert members(shop, "kontakter med avslåtte tilbud, men ingen ordre", "nb") == ["2"]


def test_days_to_come_are_not_today(drafted: Drafted) -> None:
    coming = {
        "customers.csv": "id,city\n1,Oslo\n2,Oslo\n3,Moss\n",
        "deliveries_planned.csv": "customer_id,delivery_day\n1,2199-03-01\n"
        "2,2026-10-20\n2,2026-10-21\n",
    }
    catalogue, _, shop = drafted(coming)
    assert catalogue.as_of is None
    until, ceiling = shop.engine.as_of()
    assert until == ceiling < shop.engine.newest
    shop.close()


@pytest.mark.parametrize("section", ["members", "events", "columns", "values"])
def test_the_words_of_a_draft_are_there_in_each_language(section: str) -> None:
    path = Path(names.__file__).with_name("words.toml")
    entries = tomllib.loads(path.read_text(encoding="utf-8"))[section]
    languages = {"en", "sv", "da", "nb"}
    for name, entry in entries.items():
        groups = [entry[key] for key in ("nouns", "verbs") if key in entry] or [entry]
        for group in groups:
            assert languages <= set(group), name
    spelled = [
        word for entry in entries.values() for word in entry.get("names", entry.get("codes"))
    ]
    assert len(set(spelled)) == len(spelled)
