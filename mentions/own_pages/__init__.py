"""Our own pages: which are gone and what could stand in for them, how the site links them, who links to them. Pure."""
