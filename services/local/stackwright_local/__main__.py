"""`python -m stackwright_local` is the `stackwright` command."""

import sys

from stackwright_local.cli import main

if __name__ == "__main__":
    sys.exit(main())
