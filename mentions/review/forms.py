"""Forms: how pages and actions become routes, and how what a person sent is read.

Every action checks, in this order: who asks, whether they may, whether the form is one of ours; then its handler runs
in a thread of its own.
"""

from collections.abc import Awaitable, Callable
from enum import Enum
from inspect import iscoroutinefunction
from typing import Final, NoReturn, TypeVar, cast

from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mentions.review import tokens
from mentions.review.visitors import Visitor
from mentions.roles import Role

MAX_FIELDS: Final = 2000  # more than the checkboxes of the longest list
MAX_FIELD_BYTES: Final = 500_000
MAX_FILES: Final = 1
MOST_NUMBER: Final = 2**31 - 1  # of a row, on PostgreSQL; SQLite's are larger, and end as well

Word = TypeVar("Word", bound=Enum)

# Taking whatever stands there now would overwrite what a colleague decided in between (C-17).
NO_VERSION: Final = (
    "The form does not say which version of the find it was made for, so nothing was changed. Open the find again, and "
    "decide there."
)


class _RowNumber(Convertor[int]):
    """Numbers in addresses: ten digits and more, which Starlette's own takes without end, lead to no page (404)."""

    regex = "[0-9]{1,9}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("int", _RowNumber())


class BadForm(HTTPException):
    """A form that cannot be used: a field is missing, too long or no such thing. Shown as it is (400)."""

    def __init__(self, problem: str) -> None:
        super().__init__(400, problem)


class Form:
    """What a person sent. Every method raises BadForm, naming the field, for a value that cannot be."""

    def __init__(self, data: FormData) -> None:
        self._data = data

    def text(self, name: str, *, longest: int = 2000) -> str:
        """One line, without blanks around it; "" where nothing was sent."""
        return " ".join(self.lines(name, longest=longest).split())

    def optional(self, name: str, *, longest: int = 2000) -> str | None:
        """The same, None for nothing."""
        return self.text(name, longest=longest) or None

    def required(self, name: str, *, longest: int = 2000) -> str:
        """The same, which must not be empty."""
        return self.text(name, longest=longest) or _refuse(f"{name}: is missing")

    def lines(self, name: str, *, longest: int = 100_000) -> str:
        """The text as it was typed, lines ended by "\\n"."""
        value = self._data.get(name, "")
        if isinstance(value, UploadFile):
            raise BadForm(f"{name}: is a file, not a text")
        if "\0" in value:  # PostgreSQL keeps none, and SQLite's searches end at it
            raise BadForm(f"{name}: holds a character that is no text")
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        return text if len(text) <= longest else _refuse(f"{name}: is longer than {longest:,} characters")

    def secret(self, name: str) -> str:
        """A password, exactly as it was typed."""
        value = self._data.get(name, "")
        return value if isinstance(value, str) else _refuse(f"{name}: is a file, not a text")

    def number(self, name: str) -> int:
        """A whole number of 0 or more."""
        return _number(name, self.text(name))

    def optional_number(self, name: str) -> int | None:
        """The same, None for nothing."""
        text = self.text(name)
        return _number(name, text) if text else None

    def rev(self) -> int:
        """The version of the find that the person saw. Raises HTTPException (409) where the form does not say it."""
        if not self.text("rev"):
            raise HTTPException(409, NO_VERSION)
        return self.number("rev")

    def numbers(self, name: str) -> list[int]:
        """Every number of that name, such as those of ticked boxes, without repetition."""
        values = (value for value in self._data.getlist(name) if isinstance(value, str))
        return list(dict.fromkeys(_number(name, value) for value in values))

    def flag(self, name: str) -> bool:
        """Was the box ticked?"""
        return self.text(name) not in {"", "0", "off"}

    def choice(self, name: str, words: type[Word]) -> Word:
        """One word of an enumeration, by its value."""
        text = self.text(name)
        try:
            return words(text)
        except ValueError:
            allowed = ", ".join(str(word.value) for word in words)
            return _refuse(f"{name}: {text[:80]!r} is none of {allowed}")


Handler = Callable[[Request, Form], Response] | Callable[[Request, Form], Awaitable[Response]]


def view(
    path: str, handler: Callable[[Request], Response], *, role: Role | None = Role.VIEWER, name: str | None = None
) -> Route:
    """A page (GET) that needs a role; None: nobody has to be logged in. It changes nothing."""

    def shown(request: Request) -> Response:
        _demand_text(request)
        if role is not None:
            demand(request, role)
        return handler(request)

    return Route(path, shown, methods=["GET"], name=name or getattr(handler, "__name__", None))


def action(path: str, handler: Handler, *, role: Role | None = Role.REVIEWER, name: str | None = None) -> Route:
    """A form's address (POST) that needs a role; None: nobody has to be logged in."""

    async def acted(request: Request) -> Response:
        _demand_text(request)
        if role is not None:
            demand(request, role)
        data = await _read(request)
        try:
            form = Form(data)
            _demand_token(request, form)
            if iscoroutinefunction(handler):
                return await cast("Callable[[Request, Form], Awaitable[Response]]", handler)(request, form)
            return await run_in_threadpool(cast("Callable[[Request, Form], Response]", handler), request, form)
        finally:
            await data.close()

    return Route(path, acted, methods=["POST"], name=name or getattr(handler, "__name__", None))


def demand(request: Request, role: Role) -> Visitor:
    """The visitor, who may do what this role may. Raises HTTPException (403)."""
    visitor: Visitor | None = request.state.user
    if visitor is None:
        raise HTTPException(403, "Log in first.")
    if not visitor.may(role):
        raise HTTPException(403, f"This needs the role {role.value}; you are {visitor.role.value}. Ask an admin.")
    return visitor


def _demand_text(request: Request) -> None:
    """Raises HTTPException (400) for an address with a NUL in it, which no database can be asked for."""
    if "\0" in request.scope["path"] or b"%00" in request.scope["query_string"]:
        raise HTTPException(400, "The address holds a character that is no text.")


async def _read(request: Request) -> FormData:
    kind = request.headers.get("content-type", "").lower().replace(" ", "")
    allowed = ("application/x-www-form-urlencoded", "multipart/form-data")
    if kind.partition(";")[0] not in allowed:
        raise HTTPException(415, "Only forms are taken here.")
    if "charset=" in kind and "charset=utf-8" not in kind:
        raise BadForm("the form is not in UTF-8")
    return await request.form(max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=MAX_FIELD_BYTES)


def _demand_token(request: Request, form: Form) -> None:
    token = request.headers.get("x-csrf-token") or form.text("csrf", longest=200)
    if not tokens.fits(request.state.visit, token):
        raise HTTPException(403, "This form is out of date. Go back, reload the page and send it again.")


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise BadForm(f"{name}: {text[:80]!r} is not a whole number")
    number = int(text)
    return number if number <= MOST_NUMBER else _refuse(f"{name}: {text} is too large")


def _refuse(problem: str) -> NoReturn:
    raise BadForm(problem)
