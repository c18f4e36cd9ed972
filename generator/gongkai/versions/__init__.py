"""How records change: which elements, how much it matters, and what stood there before."""
