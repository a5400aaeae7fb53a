"""What the server answers besides the pages: members' links, a cookie, headers of every response."""
