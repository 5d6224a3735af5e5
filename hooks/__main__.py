"""`python -m hooks`: the same as `congkhai`, for a checkout that nothing was installed from."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from congkhai.cli import main

sys.exit(main())
