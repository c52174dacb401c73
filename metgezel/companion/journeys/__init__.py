"""Events, plan, steps, goals: the living plan of one person."""
