"""Keys, certificates, sealing, officers and roles, unlocking."""
