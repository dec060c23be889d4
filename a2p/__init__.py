"""a2p: an online self-assessment toolkit for Local Strategic Partnerships."""
