"""Pages about oneself, the few doors that allauth lacks, and the administrators' page about hats."""
