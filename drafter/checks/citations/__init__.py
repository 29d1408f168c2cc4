"""Citations that cannot be right, contradict each other or are written in two ways (vindplaatsen)."""
