SELECT s.* FROM {sights} s LEFT ANTI JOIN {hubs} h ON h.token = s.token
