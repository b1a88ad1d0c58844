"""What a bundle means: canonical bytes, manifest, pack, unpack, parents."""
