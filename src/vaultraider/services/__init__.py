"""What players and the server can do, in their verbs. Knows the domain and the ports, never an adapter."""
