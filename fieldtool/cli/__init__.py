"""The command line: as thin as the window, over the same use cases. See the public interface in README.md."""
