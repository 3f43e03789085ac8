"""Pictures for the demo sites: a small drawn river landscape whose colours follow from its name."""

from hashlib import sha256


def draw(name: str) -> bytes:
    """An SVG picture, 960 × 540, always the same for the same name."""
    seed = sha256(name.encode()).digest()
    water, sky, land = 175 + seed[0] % 45, 28 + seed[15] % 190, 70 + seed[16] % 75  # hues, in degrees
    hills = " ".join(f"{x * 160},{230 + seed[1 + x] % 120}" for x in range(7))
    waves = "".join(
        f'<path d="M0 {y} q 120 {-14 - seed[9 + i] % 18} 240 0 t 240 0 t 240 0 t 240 0 V 540 H 0 Z" '
        f'fill="hsl({water} 38% {58 - i * 9}%)"/>'
        for i, y in enumerate((360, 410, 465))
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 540" width="960" height="540">'
        f'<rect width="960" height="540" fill="hsl({sky} 48% 87%)"/>'
        f'<circle cx="{180 + seed[8] * 2}" cy="130" r="46" fill="hsl(45 90% 82%)"/>'
        f'<polygon points="0,540 {hills} 960,540" fill="hsl({land} 20% 56%)"/>{waves}</svg>'
    ).encode()
