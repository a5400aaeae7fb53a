"""From a table to members: what each column means, who each row is about, what has to be asked."""
