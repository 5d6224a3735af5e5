"""`python -m congkhai`: the same as the console script `congkhai`."""

import sys

from congkhai.cli import main

sys.exit(main())
