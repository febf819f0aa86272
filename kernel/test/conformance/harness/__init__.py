"""What the checks stand on: a kernel process, a client on its sockets, expectations, and the registry of checks."""
