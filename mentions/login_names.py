"""The name of whoever works at this computer, as it stands in the history of what they decide."""

import getpass
import os


def login_name() -> str:
    """The login name; "user 1234" where the system knows only a number, as in containers."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # KeyError until Python 3.12, OSError since
        return f"user {os.getuid()}"
