"""Saved segments as files: all of them in one archive, and files taken in.

Start at `files`.
"""

import io
import zipfile
from collections.abc import Sequence

import streamlit as st

from assistant.answers import segment_files
from assistant.languages.texts import Texts
from assistant.ui import library, resources
from assistant.ui.trouble import plain
from segments.errors import Shown
from segments.problems import BadSegmentFile
from segments.store import Saved, read


def files(segments: Sequence[Saved], texts: Texts) -> None:
    """Draw the row that opens, with both ways."""
    with st.expander(
        texts.page("segment_files"), icon=":material/folder_zip:", key="files", on_change="rerun"
    ) as opened:
        if not opened.open:
            return
        st.caption(plain(texts.page("segment_files_told")))
        if segments:
            st.download_button(
                texts.page("segments_download"),
                _archive(segments),
                "segments.zip",
                "application/zip",
                key="segments_download",
                icon=":material/download:",
            )
        _take_in(texts)


def _archive(segments: Sequence[Saved]) -> bytes:
    """Every segment as a file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in segment_files.texts(resources.store(), segments):
            archive.writestr(name, text)
    return packed.getvalue()


def _take_in(texts: Texts) -> None:
    with st.form("take_in", border=False, clear_on_submit=True):
        uploaded = st.file_uploader(
            texts.page("segments_upload"), type="toml", accept_multiple_files=True
        )
        replace = st.checkbox(texts.page("segments_replace"))
        if not st.form_submit_button(texts.page("take_in")):
            return
    for file in uploaded:
        try:
            text = file.getvalue().decode("utf-8-sig")
            put = resources.store().put(
                read(text, file.name), library.who(), library.now(), replace=replace
            )
        except UnicodeDecodeError:
            wrong = BadSegmentFile("", "not_text", file.name, 0)
            st.warning(plain(texts.problem(wrong)))
        except Shown as shown:
            for problem in shown.problems:
                st.warning(plain(f"{file.name}: {texts.problem(problem)}"))
        else:
            st.success(plain(texts.cli(f"segment_{put.outcome}", name=put.saved.name)))
