"""Approved drafts into the team's own mail program: files, IMAP drafts, mail links. Nothing here sends anything."""
