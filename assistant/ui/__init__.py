"""The page: the only package that imports streamlit.

Listen, step, draw: a page reads what the person did, hands it to the dialogue as a move, keeps the
new state and draws it. `session` owns every key of the session, `resources` everything that is kept
between runs. Start reading at `pages`, then `ask`; `server` is what runs beside the pages.
"""
