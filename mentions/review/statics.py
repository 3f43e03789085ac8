"""Style sheets and scripts: read once, served under the hash of them all, so that a browser may keep them for ever."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_FOLDER: Final = Path(__file__).parent / "static"
_FIRST: Final = "desk.css"  # the others build on it


@dataclass(frozen=True, slots=True)
class Static:
    """One file, as it is sent."""

    body: bytes
    packed: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Statics:
    """Every file of a folder by its name; `version` changes when any of them does."""

    files: Mapping[str, Static]
    version: str

    def url(self, name: str) -> str:
        """The address of a file. Raises KeyError for one that is not there: a misspelt name is found by any test."""
        if name not in self.files:
            raise KeyError(f"there is no static file {name!r}")
        return f"/static/{self.version}/{name}"

    @property
    def style_sheets(self) -> list[str]:
        """Addresses of all style sheets, desk.css before those of the areas."""
        names = sorted((name for name in self.files if name.endswith(".css")), key=lambda name: (name != _FIRST, name))
        return [self.url(name) for name in names]

    @property
    def scripts(self) -> list[str]:
        """Addresses of all scripts."""
        return [self.url(name) for name in sorted(self.files) if name.endswith(".js")]


@cache
def own_statics() -> Statics:
    """The files of mentions/review/static/."""
    files = {path.name: _read(path) for path in sorted(_FOLDER.iterdir()) if path.is_file()}
    digest = hashlib.sha256()
    for name, file in files.items():
        digest.update(f"{name}\0{len(file.body)}\0".encode() + file.body)
    return Statics(files, digest.hexdigest()[:12])


def _read(path: Path) -> Static:
    body = path.read_bytes()
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Static(body, gzip.compress(body, mtime=0), media_type)


def _serve(request: Request) -> Response:
    statics: Statics = request.app.state.desk.statics
    file = statics.files.get(request.path_params["name"])
    if file is None:
        raise HTTPException(404)
    # A page from before an update still asks for the old version: it gets today's file, and does not keep it.
    current = request.path_params["version"] == statics.version
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable" if current else "no-cache",
        "Vary": "Accept-Encoding",
    }
    packed = "gzip" in request.headers.get("accept-encoding", "")
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(file.packed if packed else file.body, headers=headers, media_type=file.media_type)


routes = [Route("/static/{version}/{name}", _serve, name="static")]
