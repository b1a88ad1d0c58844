"""From documents to persons: fold, block, compare, weigh, cluster, explain. Knows arrays, not storage."""
