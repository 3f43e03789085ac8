"""The team's chat: digests as webhooks. Crawled text is inert in them (F-17), and mail is never sent."""
