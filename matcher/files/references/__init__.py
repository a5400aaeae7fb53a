"""What refers to a roster: frictions, rules, projects, rounds and networks."""
