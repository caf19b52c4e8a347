"""Many documents at once, on any executor. Here, and only here, an error nobody foresaw becomes data."""
