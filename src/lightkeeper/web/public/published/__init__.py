"""What the team published: warnings and open figures, read from one file and from nowhere else."""
