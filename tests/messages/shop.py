"""A shop built by hand, with most of the roles, for the tests of what is said."""

from datetime import date

from segments.catalogue import Attribute, Catalogue, Event, Labels, Named, Spoken, Type

AS_OF = date(2026, 10, 15)


def _labels(en: str, sv: str, da: str, nb: str) -> Labels:
    return {"en": (en,), "sv": (sv,), "da": (da,), "nb": (nb,)}


def _by_name(*attributes: Attribute) -> dict[str, Attribute]:
    return {attribute.name: attribute for attribute in attributes}


def _role(name: str, kind: Type = Type.TEXT) -> Attribute:
    return Attribute(name, kind, path=name, role=name)


GENDERS = (
    Named("F", role="female"),
    Named("M", role="male"),
    Named("O", role="other"),
)
TIERS = (
    Named("bronze", _labels("Bronze", "Brons", "Bronze", "Bronse")),
    Named("gold", _labels("Gold", "Guld", "Guld", "Gull")),
)
CHANNELS = (
    Named("w", role="web"),
    Named("s", role="store"),
    Named("a", role="app"),
)
KINDS = (Named("newsletter", role="newsletter"), Named("campaign", role="campaign"))

FIELDS = _by_name(
    *(_role(name) for name in ("city", "country", "region", "postal_code", "first_name", "email")),
    *(_role(name) for name in ("language", "source", "industry", "company", "phone")),
    _role("age", Type.AGE),
    _role("birth_date", Type.DATE),
    Attribute("gender", Type.TEXT, path="gender", role="gender", values=GENDERS),
    Attribute("tier", Type.TEXT, path="tier", role="tier", values=TIERS, ordered=True),
    _role("tag", Type.LIST),
    _role("points", Type.NUMBER),
    _role("employees", Type.NUMBER),
    Attribute("registered_at", Type.TIME, path="registered_at", role="registered"),
    *(_role(f"consent_{way}", Type.YES_NO) for way in ("email", "sms", "post", "ads")),
    Attribute("decision", Type.TEXT, role="decision_role", values=(Named("d", role="decides"),)),
    Attribute("hair", Type.TEXT, labels=_labels("hair type", "hårtyp", "hårtype", "hårtype")),
    Attribute("vegan", Type.YES_NO),
)

PURCHASE = Event(
    "purchase",
    "orders",
    "customer_id",
    "ordered_at",
    record="order_id",
    parts="order_lines",
    role="purchase",
    attributes=_by_name(
        *(_role(name, Type.MONEY) for name in ("amount", "price")),
        _role("quantity", Type.NUMBER),
        *(_role(name) for name in ("product", "category", "product_type", "brand", "need")),
        *(_role(name) for name in ("discount_code", "payment", "store", "status")),
        Attribute("channel", Type.TEXT, path="channel", role="channel", values=CHANNELS),
        *(_role(name, Type.YES_NO) for name in ("on_sale", "eco")),
        Attribute(
            "gift_wrap",
            Type.YES_NO,
            labels=_labels("gift wrap", "presentinslagning", "gaveindpakning", "gaveinnpakning"),
        ),
    ),
)


def _mail(name: str) -> Event:
    kind = Attribute("kind", Type.TEXT, role="campaign_kind", values=KINDS)
    return Event(
        name,
        f"{name}s",
        "customer_id",
        "at",
        role=name,
        attributes=_by_name(kind, _role("campaign")),
    )


def _plain(name: str, *attributes: Attribute) -> Event:
    return Event(name, f"{name}s", "customer_id", "at", role=name, attributes=_by_name(*attributes))


EVENTS = (
    PURCHASE,
    *(_mail(name) for name in ("receive", "open", "click", "unsubscribe")),
    _plain("visit"),
    _plain("view", _role("category")),
    _plain("cart", _role("category")),
    _plain("search", _role("query")),
    _plain("return", _role("category")),
    _plain("review", _role("stars", Type.NUMBER)),
    _plain("support", _role("topic")),
    _plain("subscription"),
    Event(
        "workshop",
        "workshops",
        "customer_id",
        "at",
        nouns=_labels("workshops", "verkstäder", "workshopper", "verksteder"),
    ),
    Event(
        "walk",
        "walks",
        "customer_id",
        "at",
        verbs=_labels("walked", "promenerat", "gået", "gått"),
        attributes=_by_name(Attribute("length", Type.NUMBER)),
    ),
)

_WORDS = {
    ("purchase.category", "hair_care"): ("hair care", "hårvård", "hårpleje", "hårpleie"),
    ("purchase.category", "skin_care"): ("Skin care", "Hudvård", "Hudpleje", "Hudpleie"),
    ("purchase.category", "sleep"): ("sleep", "sömn", "søvn", "søvn"),
    ("view.category", "sleep"): ("sleep", "sömn", "søvn", "søvn"),
    ("cart.category", "sleep"): ("sleep", "sömn", "søvn", "søvn"),
    ("return.category", "hair_care"): ("hair care", "hårvård", "hårpleje", "hårpleie"),
    ("purchase.need", "frizz"): ("frizzy hair", "frissigt hår", "kruset hår", "krusete hår"),
    ("hair", "curly"): ("curly", "lockigt", "krøllet", "krøllete"),
    ("industry", "salon"): ("hair salon", "frisör", "frisør", "frisør"),
}
_SAME = {
    "city": ("Stockholm", "Göteborg", "København", "Oslo", "Bergen"),
    "purchase.brand": ("Nordlys", "Ljusa"),
    "tag": ("VIP",),
    "source": ("Instagram",),
    "open.campaign": ("Black Week 2025",),
}
SPOKEN = (
    *(
        Spoken(owner, code, text, language)
        for (owner, code), texts in _WORDS.items()
        for language, text in zip(("en", "sv", "da", "nb"), texts, strict=True)
    ),
    *(Spoken(owner, text, text) for owner, texts in _SAME.items() for text in texts),
)

SHOP = Catalogue(
    name="Shop",
    currency="SEK",
    time_zone="Europe/Stockholm",
    home="SE",
    table="customers",
    key="customer_id",
    fields=FIELDS,
    events={event.name: event for event in EVENTS},
)
