"""Passwords are hashed in threads of their own, so that fifty logins at once leave the other threads to the pages."""

import os
from collections.abc import Callable
from typing import Final, TypeVar

import anyio
import anyio.to_thread
from starlette.exceptions import HTTPException

from mentions.accounts import hash_password, is_password

Result = TypeVar("Result")

_MOST_WAITING: Final = 200  # some ten seconds of hashing


class Hashing:
    """Hashes for one desk: on half of the cores at most."""

    def __init__(self) -> None:
        self._limiter = anyio.CapacityLimiter(max(1, (os.cpu_count() or 1) // 2))
        self._under_way = 0

    async def is_password(self, password: str, kept: str | None) -> bool:
        """See mentions.accounts.is_password. Raises HTTPException (503) when too many wait already."""
        return await self._run(lambda: is_password(password, kept))

    async def hash_password(self, password: str) -> str:
        """See mentions.accounts.hash_password. Raises HTTPException (503) when too many wait already."""
        return await self._run(lambda: hash_password(password))

    async def _run(self, work: Callable[[], Result]) -> Result:
        if self._under_way >= _MOST_WAITING:
            raise HTTPException(503, "Very many people are logging in just now. Try again in a minute.")
        self._under_way += 1
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._under_way -= 1
