"""Filling in, saving, checking and sending an application for any catalogue service."""
