"""Printed forms and plots."""
