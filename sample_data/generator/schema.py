"""The columns of every table, in order.

Kinds: id and int are whole numbers, money is öre and becomes DECIMAL kronor, time is
seconds and becomes TIMESTAMP, day is a day number and becomes DATE, texts is a list.
Any value may be None, which becomes NULL.
"""

TYPES = {
    "id": "BIGINT",
    "int": "INTEGER",
    "money": "DECIMAL(12,2)",
    "time": "TIMESTAMP",
    "day": "DATE",
    "bool": "BOOLEAN",
    "text": "VARCHAR",
    "texts": "VARCHAR[]",
}
_LABELS = "label_en text, label_sv text, label_da text, label_nb text"
_TABLES = {
    "customers": "customer_id id, first_name text, last_name text, email text, phone text, "
    "street text, postal_code text, city text, region text, country text, birth_date day, "
    "gender text, income_band text, education text, household text, language text, "
    "acquisition_source text, loyalty_tier text, points_balance int, registered_at time, "
    "consent_email bool, consent_email_at time, consent_sms bool, consent_sms_at time, "
    "consent_post bool, consent_post_at time, consent_ads bool, consent_ads_at time, "
    "tags texts, company_id id, job_role text, decision_role text",
    "companies": "company_id id, name text, industry text, employees int, org_number text, "
    "city text, country text",
    "categories": f"category text, {_LABELS}",
    "product_types": f"product_type text, category text, {_LABELS}",
    "needs": f"need text, kind text, {_LABELS}",
    "products": "product_id id, sku text, name_en text, name_sv text, name_da text, "
    "name_nb text, brand text, category text, product_type text, needs texts, eco bool, "
    "price money",
    "orders": "order_id id, customer_id id, ordered_at time, channel text, discount_code text, "
    "on_sale bool, payment text, status text, item_count int, total money, shipping money",
    "order_lines": "line_id id, order_id id, product_id id, quantity int, unit_price money, "
    "discount money, amount money",
    "returns": "return_id id, line_id id, order_id id, customer_id id, returned_at time, "
    "quantity int, amount money, reason text",
    "reviews": "review_id id, customer_id id, product_id id, reviewed_at time, stars int, "
    "text text",
    "campaigns": "campaign_id id, name text, kind text, channel text, theme text, sent_at time",
    "sends": "customer_id id, campaign_id id, sent_at time",
    "opens": "customer_id id, campaign_id id, opened_at time",
    "clicks": "customer_id id, campaign_id id, clicked_at time",
    "unsubscribes": "customer_id id, campaign_id id, unsubscribed_at time",
    "visits": "visit_id id, customer_id id, visited_at time, device text, source text, pages int",
    "product_views": "view_id id, visit_id id, customer_id id, product_id id, viewed_at time",
    "cart_adds": "cart_add_id id, visit_id id, customer_id id, product_id id, added_at time",
    "searches": "search_id id, visit_id id, customer_id id, searched_at time, query text, "
    "results int",
    "support_cases": "case_id id, customer_id id, opened_at time, closed_at time, topic text, "
    "channel text, satisfaction int",
    "subscriptions": "subscription_id id, customer_id id, product_id id, started_at time, "
    "renews_on day, status text, interval_days int",
    "event_registrations": "registration_id id, customer_id id, event_name text, "
    "registered_at time, event_on day, attended bool",
    "form_submissions": "submission_id id, customer_id id, form text, submitted_at time",
    "loyalty_points": "entry_id id, customer_id id, earned_at time, points int, reason text",
    "survey_answers": "answer_id id, customer_id id, question text, answer text, answered_at time",
}


def _columns(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((part.split()[0], part.split()[1]) for part in text.split(", "))


SCHEMA = {table: _columns(text) for table, text in _TABLES.items()}
