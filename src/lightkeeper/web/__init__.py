"""The two sites. Django lives here and nowhere else."""
