"""Work done outside requests, by worker processes: documents made, letters sent, rounds closed on their last day.

A worker of documents makes no letters and the other way round, so that a long report holds up nobody's link.
"""

from a2p.jobs.desk import Desk
from a2p.jobs.postman import Postman

__all__ = ["Desk", "Postman"]
