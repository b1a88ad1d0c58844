"""The window: PySide6, one file for each page and widget; worker.py is the one bridge to the use cases."""
