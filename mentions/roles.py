"""Who may do what at the review desk: each role may do all that the one before it may."""

import enum


class Role(enum.StrEnum):
    """What a user may do."""

    VIEWER = "viewer"  # look
    REVIEWER = "reviewer"  # and edit, skip, put off, claim, mark as sent or answered
    APPROVER = "approver"  # and approve, hand off, suppress, block a publisher
    ADMIN = "admin"  # and manage users

    def includes(self, needed: "Role") -> bool:
        """May somebody with this role do what `needed` may?"""
        order = list(Role)
        return order.index(self) >= order.index(needed)
