"""Workbooks: foreign lists in, bundles and reports out, safe opening."""
