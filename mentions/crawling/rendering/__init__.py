"""Pages drawn by scripts: which ones are rendered, in which browser, and what that browser may reach."""
