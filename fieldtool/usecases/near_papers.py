"""The papers of the store worth comparing with one paper, and what the matcher says of each."""

from __future__ import annotations

from fieldtool.matching.comparable import Comparable, from_texts
from fieldtool.matching.lookup import Found, verdicts_near
from fieldtool.matching.paper_keys import BLOCK_MOST, SPLIT_MOST, keys_of_papers
from fieldtool.matching.shares import Shares
from fieldtool.matching.weighing import kept_from
from fieldtool.ports.paper_index import PaperIndex


def find_near(index: PaperIndex, paper: Comparable) -> list[Found]:
    """Every paper of another list that shares a block with this one, with the verdict on the two; none before the
    first match run. The verdict is that of a full run by the model that the index keeps."""
    state = index.state()
    if not state.model:
        return []
    (keys,) = keys_of_papers([paper])
    near = index.near(keys.blocks, paper.id, BLOCK_MOST, SPLIT_MOST)
    others = [other for other in from_texts(near.contents) if other.list_id != paper.list_id]
    shares = Shares(index.count, state.papers, -1 if near.held else keys.name)
    return verdicts_near(paper, others, shares, kept_from(state.model))
