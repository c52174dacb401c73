"""Privacy at work: erasing, keeping no longer than needed, and answering who asks."""
