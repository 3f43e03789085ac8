"""Finds pages that name a brand, product or report of ours without linking to it, and drafts the email that asks."""

__version__ = "0.1.0"
