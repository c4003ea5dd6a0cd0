"""The standard roles: names that every language pack knows, so that a role needs no labels.

Plain data. A role the packs do not know yet is added here first; `docs/catalogue.md` lists them.
"""

FIELD_ROLES = (
    "city", "country", "region", "postal_code", "age", "birth_date", "gender", "first_name",
    "last_name", "email", "phone", "street", "language", "tier", "tag", "points", "income",
    "education", "household", "source", "registered", "consent_email", "consent_sms",
    "consent_post", "consent_ads", "industry", "employees", "company", "company_key",
    "job_role", "decision_role",
    "marital_status", "home", "children", "latitude", "longitude",
)  # fmt: skip

EVENT_ROLES = (
    "purchase", "receive", "open", "click", "unsubscribe", "visit", "view", "cart", "search",
    "return", "review", "support", "subscription", "registration", "form", "points", "redeem",
    "survey",
)  # fmt: skip

ATTRIBUTE_ROLES = (
    "amount", "quantity", "price", "product", "category", "subcategory", "product_type", "brand",
    "need", "department", "channel", "discount_code", "on_sale", "payment", "status", "campaign",
    "campaign_kind", "stars", "query", "topic", "store", "eco",
)  # fmt: skip

YES_NO_ROLES = frozenset(
    {"consent_email", "consent_sms", "consent_post", "consent_ads", "on_sale", "eco"}
)
MONEY_ROLES = frozenset({"amount", "price"})
DATE_ROLES = frozenset({"birth_date", "registered"})
DEGREES = frozenset({"latitude", "longitude"})  # numbers, in texts too
NUMBER_ROLES = frozenset(
    {"age", "points", "income", "household", "employees", "children", "quantity", "stars"} | DEGREES
)
