"""`python -m a2p`: the command line."""

import sys

try:
    from a2p.commands.running import run
except KeyboardInterrupt:  # Ctrl-C while Python was still loading
    sys.exit(130)

if __name__ == "__main__":
    sys.exit(run())
