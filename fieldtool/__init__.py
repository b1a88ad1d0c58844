"""fieldtool: village records that disagree, settled at the door and exchanged by stick."""

__version__ = "0.1.0"
