"""The demo newsroom: a small web of invented sites, served on loopback, with the truth about every page."""
