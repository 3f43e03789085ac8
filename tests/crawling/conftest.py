"""Crawls in the test's own process need Twisted's reactor to run on the loop that pytest-asyncio runs tests on."""

import asyncio
from collections.abc import AsyncIterator

import pytest_asyncio
from twisted.internet import asyncioreactor


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def reactor() -> AsyncIterator[None]:
    """The reactor of all crawls in this process. Tests that use it are marked asyncio(loop_scope="session")."""
    asyncioreactor.install(asyncio.get_running_loop())  # type: ignore[no-untyped-call]  # Twisted's
    yield
