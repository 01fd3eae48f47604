"""`python -m app` is `confidant`."""

import sys

if __name__ == "__main__":
    if sys.argv[1:2] == ["--read-document"]:  # of a frozen program: app.core.documents.reading
        from app.core.documents.child import main as read

        sys.exit(read(*sys.argv[2:]))
    from app.cli import main

    sys.exit(main())
