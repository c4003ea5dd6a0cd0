"""Krets: `streamlit run app.py`. Imported, it is the server; run as the script, it draws a page."""

import streamlit as st

from assistant.ui import pages, server

if __name__ == "__main__":  # each rerun of each session
    pages.draw()
else:  # once, when the server imports it
    app = st.App(
        __file__,
        routes=server.routes(),
        middleware=server.middleware(),
        lifespan=server.lifespan,
        on_script_error=server.say_sorry,
    )
