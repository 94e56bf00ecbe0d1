"""`python -m plumbline`."""

import sys

try:
    from plumbline.cli.main import main

    main()
except KeyboardInterrupt:
    sys.exit(130)
