"""`python -m plumbline`."""

import sys

try:
    from plumbline.cli import main

    main()
except KeyboardInterrupt:
    sys.exit(130)
