"""Which network addresses may be connected to: public ones, and those a person allowed. Pure.

What is asked of the web must stay on the web: a crawled page can name any host, and a host name can stand for any
address. `ipaddress.is_global` alone lets several through; the list below holds the rest.
"""

import unicodedata
from collections.abc import Iterable
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Not caught by `is_global`, or only on some Python versions. Source: the IANA special-purpose address registries,
# https://www.iana.org/assignments/iana-ipv4-special-registry/ and iana-ipv6-special-registry/.
NEVER_PUBLIC: tuple[Network, ...] = tuple(
    map(
        ip_network,
        (
            "100.64.0.0/10",  # shared address space of carriers
            "168.63.129.16/32",  # the host agent of Azure machines, from inside
            "192.0.0.0/24",  # protocol assignments; Oracle's metadata service answers here
            "192.88.99.0/24",  # 6to4 relays
            "64:ff9b::/96",  # NAT64: any IPv4 address in disguise
            "64:ff9b:1::/48",  # local NAT64
            "2001::/32",  # Teredo: another disguise
            "2002::/16",  # 6to4: another
            "fec0::/10",  # site-local, deprecated, still routed by some
            "3fff::/20",  # documentation
            "5f00::/16",  # segment routing
        ),
    )
)


def parse_networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """The networks written in CIDR notation. Raises ValueError naming the one that is not a network."""
    return tuple(ip_network(text) for text in texts)


def is_public(address: Address) -> bool:
    """May anyone on the internet be reached at this address?"""
    address = _unwrapped(address)
    if any(address in network for network in NEVER_PUBLIC if network.version == address.version):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def refusal(address: Address, allowed: Iterable[Network] = ()) -> str | None:
    """Why `address` must not be connected to; None when it may be, because it is public or in `allowed`."""
    unwrapped = _unwrapped(address)
    if any(unwrapped in network for network in allowed if network.version == unwrapped.version):
        return None
    return None if is_public(unwrapped) else f"{address} is not a public address"


def literal_address(host: str) -> Address | None:
    """The address that `host` is, in any form that browsers and resolvers read as one; None for a name.

    Knows 127.1, 2130706433, 0x7f.1, 0177.0.0.1, full-width and circled digits, [::1] and ::ffff:127.0.0.1.
    Raises ValueError for a host that ends in a number and is no address: such a host is never a name
    (https://url.spec.whatwg.org/#ends-in-a-number-checker).
    """
    plain = unicodedata.normalize("NFKC", host).replace("。", ".").strip("[]")
    if ":" in plain:
        address, _, _zone = plain.partition("%")
        return IPv6Address(address)
    parts = plain.removesuffix(".").split(".")
    if not _is_number(parts[-1]):
        return None
    return _ipv4(parts)


def _is_number(part: str) -> bool:
    if part.isascii() and part.isdigit():
        return True
    return _number(part) is not None if part[:2] in {"0x", "0X"} else False


def _number(part: str) -> int | None:
    """A number of an address: decimal, 0 octal, 0x hexadecimal; "0x" alone is 0."""
    digits, base = part, 10
    if part[:2] in {"0x", "0X"}:
        digits, base = part[2:] or "0", 16
    elif len(part) > 1 and part[0] == "0":
        digits, base = part[1:], 8
    if not digits.isascii() or not digits.isalnum():
        return None
    try:
        return int(digits, base)
    except ValueError:
        return None


def _ipv4(parts: list[str]) -> IPv4Address:
    """https://url.spec.whatwg.org/#concept-ipv4-parser: up to four numbers, the last one fills what is left."""
    numbers = [_number(part) for part in parts]
    if len(numbers) > 4 or None in numbers:
        raise AddressValueError(f"{'.'.join(parts)!r} is neither a host name nor an address")
    *leading, last = [number for number in numbers if number is not None]
    if any(number > 255 for number in leading) or last >= 256 ** (4 - len(leading)):
        raise AddressValueError(f"{'.'.join(parts)!r} is no address: a number is too large")
    return IPv4Address(sum(number << (8 * (3 - place)) for place, number in enumerate(leading)) + last)


def _unwrapped(address: Address) -> Address:
    """An IPv4 address hidden in an IPv6 one (::ffff:a.b.c.d), taken out; anything else as it is."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def parse_address(text: str) -> Address:
    """The address written in its ordinary form, as a resolver returns it. Raises ValueError."""
    return ip_address(text)
