"""What people do, one act a file; plain blocking functions over ports, progress last."""
