"""The serving process: how it is told to run, its life, its health, its log and the socket for commands."""
