"""Where a frozen program begins: the same entry point as `python -m fieldtool`."""

import sys

from fieldtool.__main__ import main

sys.exit(main())
