"""Who visits the desk: known by a session, by a trusted proxy's word, or as the one person at this computer."""

from dataclasses import dataclass

from mentions.login_names import login_name
from mentions.roles import Role


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever asks for a page: `request.state.user`. `name` stands in the history of what they decide."""

    name: str
    role: Role

    def may(self, needed: Role) -> bool:
        """May they do what that role may? Accepts the role's word, for templates."""
        return self.role.includes(Role(needed))


def person_here() -> Visitor:
    """The person at this computer: a desk on loopback without users belongs to whoever started it."""
    return Visitor(login_name(), Role.ADMIN)
