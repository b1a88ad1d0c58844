"""Codes and values to Vietnamese or English; no sentence for people is written below this room."""
