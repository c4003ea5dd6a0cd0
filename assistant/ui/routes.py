"""The routes beside the pages: what words mean while one types, and files that stream.

In: a ticket of the session and, for `interpret`, the text so far. Out: JSON or CSV. Grammar and
queries run in threads, since this loop carries every session's page. Start at `routes`.
"""

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from assistant.answers.handing import handing
from assistant.languages.files import languages, spoken_by
from assistant.languages.texts import texts
from assistant.ui import library, resources
from assistant.ui.account import EMPTY, of_answer
from assistant.ui.grants import Export, Listen
from assistant.ui.reading import MOST_CHARACTERS, listen
from segments.engine.job import Job
from segments.handover.tools import Kind

TICKET = "x-krets-ticket"
MOST_BYTES = 64 * 1024
PIECE = 64 * 1024  # smaller pieces cost a turn of the loop each
MEDIA = {
    Kind.CSV: "text/csv; charset=utf-8",
    Kind.JSON_LINES: "application/x-ndjson; charset=utf-8",
    Kind.PARQUET: "application/vnd.apache.parquet",
}
NO_STORE = {"cache-control": "no-store"}

log = logging.getLogger("krets.routes")


def routes() -> list[Route]:
    """All of them."""
    return [
        Route("/api/interpret", interpret, methods=["POST"]),
        Route("/api/complete", complete, methods=["POST"]),
        Route("/api/exports", exports, methods=["POST"]),
        Route("/api/export/{token}", export, methods=["GET"]),
    ]


async def interpret(request: Request) -> Response:
    """How every word so far is understood."""
    if not isinstance(_grant(request), Listen):
        return _forbidden()
    asked = await _body(request)
    if asked is None:
        return JSONResponse({"error": "body"}, status_code=400, headers=NO_STORE)
    text, language = asked
    account = await anyio.to_thread.run_sync(_account, text, language)
    return JSONResponse(account, headers=NO_STORE)


async def complete(request: Request) -> Response:
    """What the text so far can go on with."""
    if not isinstance(_grant(request), Listen):
        return _forbidden()
    asked = await _body(request)
    if asked is None:
        return JSONResponse({"error": "body"}, status_code=400, headers=NO_STORE)
    proposals = await anyio.to_thread.run_sync(_proposals, *asked)
    return JSONResponse(proposals, headers=NO_STORE)


async def exports(request: Request) -> Response:
    """An address for one use in exchange for the session's ticket."""
    grant = _grant(request)
    if not isinstance(grant, Export):
        return _forbidden()
    token = resources.tickets().issue(grant, once=True)
    return JSONResponse({"url": f"/api/export/{token}"}, headers=NO_STORE)


async def export(request: Request) -> Response:
    """The file itself; its address works once."""
    grant = resources.tickets().redeem(request.path_params["token"])
    if not isinstance(grant, Export):
        language = _language(request.headers.get("accept-language", ""))
        return PlainTextResponse(texts(language).page("download_again"), status_code=410)
    tool = grant.terms.of
    headers = {"content-disposition": disposition(grant.terms.name, tool.suffix), **NO_STORE}
    return StreamingResponse(_pieces(grant), media_type=MEDIA[tool.kind], headers=headers)


def disposition(name: str, suffix: str) -> str:
    """The header that names a file, for any name a person gave."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()[:60] or "segment"
    full = re.sub(r"[\x00-\x1f/\\:*?\"<>|]+", " ", name).strip(" .")[:100] or "segment"
    said = quote(f"{full}.{suffix}", safe="")
    return f"attachment; filename=\"{plain}.{suffix}\"; filename*=UTF-8''{said}"


def _pieces(grant: Export) -> Iterator[bytes]:
    """The file, piece by piece; a download that is given up stops its query and stays in the log
    as broken off."""
    job = Job()
    handed = handing(resources.shop(), grant.definition, grant.as_of, grant.terms)
    waiting = io.BytesIO()
    try:
        for piece in handed.pieces(resources.store(), grant.by, library.now, grant.version, job):
            waiting.write(piece)
            if waiting.tell() >= PIECE:
                yield waiting.getvalue()
                waiting = io.BytesIO()
        yield waiting.getvalue()
    finally:
        job.cancel()


def _account(text: str, language: str) -> dict[str, Any]:
    if not text.strip():
        return EMPTY
    return of_answer(listen(resources.shop(), text, language), texts(language))


def _proposals(text: str, language: str) -> list[dict[str, str]]:
    said = texts(language)
    return [
        {"text": each.text, "kind": said.kind(each.kind), "sentence": each.sentence}
        for each in resources.shop().complete(text, language)
    ]


def _grant(request: Request) -> object:
    return resources.tickets().redeem(request.headers.get(TICKET, ""))


async def _body(request: Request) -> tuple[str, str] | None:
    """The text and the page's language; None when it is not what our own page sends."""
    received = b""
    async for piece in request.stream():
        received += piece
        if len(received) > MOST_BYTES:
            return None
    try:
        body = json.loads(received)
        text, language = body["text"], body["language"]
    except (ValueError, KeyError, TypeError):
        return None
    if not isinstance(text, str) or language not in languages():
        return None
    return text[: MOST_CHARACTERS + 1], language


def _language(accepted: str) -> str:
    return spoken_by(accepted[:2].lower())


def _forbidden() -> Response:
    return JSONResponse({"error": "ticket"}, status_code=403, headers=NO_STORE)
