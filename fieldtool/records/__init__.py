"""The ground: values of the field (papers, names, dates, numbers, places, events) and how events fold.

Nothing here reads a file, a clock or a store; every other room may import this one.
"""
