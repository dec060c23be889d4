"""`python -m a2p`: the command line."""

from a2p.commands import main

main(prog_name="a2p")
