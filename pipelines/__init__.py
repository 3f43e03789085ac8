"""What happens to a fetched page, one step a file, in flow order: judge, store, draft."""
