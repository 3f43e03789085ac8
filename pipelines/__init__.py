"""What happens to a fetched page, one step a file in flow order: extract, match, judge, look, contact, store, draft."""
