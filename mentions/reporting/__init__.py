"""What came of it: the figures of a period, and what is new since the last run. Pure; shown by cli, desk and digest."""
