"""How pages are found: one spider a file, file name = spider name."""
