"""A simulated year: a newsroom whose pages change from day to day, and what must be known of each on every day."""
