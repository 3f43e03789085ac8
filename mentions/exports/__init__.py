"""What was found, as files for people and other programs (docs/reference/exports.md)."""
