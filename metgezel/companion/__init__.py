"""Walking along with a person: journeys, from arrival to self-reliance."""
