"""The forms of the citizen's, the public's and the desk's pages."""
