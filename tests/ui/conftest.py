"""The app on the small shop, in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.small_shop import write

ROOT = Path(__file__).parents[2]


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    folder = write(tmp_path / "shop")
    catalogue = folder / "catalogue.toml"
    text = catalogue.read_text(encoding="utf-8")
    hidden = text.replace('role = "first_name"', 'role = "first_name"\nsensitive = true')
    catalogue.write_text(hidden, encoding="utf-8")
    monkeypatch.setenv("KRETS_DATA", str(folder))
    monkeypatch.setenv("KRETS_STORE", str(tmp_path / "segments.db"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    st.cache_resource.clear()
    yield AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    st.cache_resource.clear()
