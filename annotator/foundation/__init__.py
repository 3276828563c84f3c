"""What the program must know about the machine it runs on; imports nothing of the rest."""
