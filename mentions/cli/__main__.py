"""`python -m mentions.cli`, for environments without the installed command."""

import sys

from mentions.cli import main

sys.exit(main())
