"""The privacy officer's screens: who looked where, what is striking, what clients ask."""
