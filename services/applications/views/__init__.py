"""The pages of the journey, the same for every public service: each is given its service's flow by the URL."""
