"""The Flask application around the API: pages, sign-in, sessions, security, pictures, health."""
