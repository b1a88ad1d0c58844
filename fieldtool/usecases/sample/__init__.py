"""The invented commune: people, families, households and the mistakes of three lists. Pure; seeded; nobody is real."""
