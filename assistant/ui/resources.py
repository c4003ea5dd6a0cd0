"""What is kept between runs and shared by every session: the shop, the saved segments, tickets.

The only user of `st.cache_resource`. Where things lie comes from the environment: KRETS_DATA a data
folder, KRETS_CATALOGUE its catalogue, KRETS_STORE the file or address of the saved segments. Start
at `shop`.
"""

import gc
import os
from pathlib import Path

import streamlit as st

from assistant.answers import Shop
from assistant.answers.kept import store_place
from assistant.answers.messages import Messenger
from assistant.ui.grants import Grant
from assistant.ui.tickets import Tickets
from segments.store import Store


@st.cache_resource(show_spinner=False)
def shop() -> Shop:
    """The shop, opened once; raises Shown for all that is wrong with its data."""
    catalogue = os.environ.get("KRETS_CATALOGUE")
    opened = Shop.open(catalogue=Path(catalogue) if catalogue else None, store=store())
    opened.warm_up()
    gc.freeze()  # what a shop knows stays: a collection that walks it holds a sentence up for 0.1 s
    return opened


@st.cache_resource(show_spinner=False)
def messenger() -> Messenger:
    """Who suggests messages; raises Shown for mistakes in the shop's playbooks."""
    return Messenger.of(shop())


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The saved segments of this person."""
    return Store.open(store_place())


@st.cache_resource(show_spinner=False)
def tickets() -> Tickets[Grant]:
    """The tickets of this process."""
    return Tickets()
