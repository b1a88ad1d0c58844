"""The encrypted SQLite file: connection, migrations, log, projections, search, backup. No other room holds SQL."""
