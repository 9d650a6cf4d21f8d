"""The record: who did what to which thing and when, append-only, with a commitment that a public log can hold."""
