"""What slides and posters of a result are of: the workshop's topics, the same as the pack's; and where there are none,
because nothing may be shown, what to begin with."""

from __future__ import annotations

from collections.abc import Sequence

from a2p.documents.asked import NothingToPrint
from a2p.documents.topics import MOST_TOPICS, Topic, every_topic, topics_of
from a2p.scoring.disclosure import Disclosed


def talk_of(disclosed: Disclosed, picked: Sequence[str] | None = None) -> tuple[Topic, ...]:
    """The picked questions in their order, or the topics of the result, else the key questions or, where there are
    none, the first of each section.

    NothingToPrint where a picked id is no scale question put to anybody but the coordinator, none is picked, or the
    questionnaire has no question with levels.
    """
    if picked is not None and not picked:
        raise NothingToPrint("Not a question to talk about: none was picked")
    found = topics_of(disclosed, picked or ()) or _to_begin_with(disclosed)
    if not found:
        raise NothingToPrint("No question of this questionnaire has levels to talk about")
    return found


def _to_begin_with(disclosed: Disclosed) -> tuple[Topic, ...]:
    every = every_topic(disclosed.result, "begin")
    keys = [topic for topic in every if topic.asked.key]
    firsts = {topic.section.id: topic for topic in reversed(every)}
    return tuple((keys or [*reversed(firsts.values())])[:MOST_TOPICS])
