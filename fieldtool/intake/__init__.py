"""The one door for text: list row, form, QR line to typed document or numbered issues."""
