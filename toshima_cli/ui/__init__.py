"""Everything that meets the eye: the one output door, the one prompt door, files, and what makes text harmless."""
