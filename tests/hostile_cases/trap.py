"""Where the trap listens: known only when it does, and asked for when a page is served."""

_PORTS: list[int] = []


def lay_trap(port: int) -> None:
    """From now on pages lead to this port."""
    _PORTS.append(port)


def trap_port() -> int:
    """The port of the trap that was laid last."""
    return _PORTS[-1]
