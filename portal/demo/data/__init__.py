"""What the demo shows: invented citizens, their papers, and an office that has worked for three months."""
