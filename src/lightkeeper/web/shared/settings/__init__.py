"""Settings of the two sites. Only here is the environment read."""
