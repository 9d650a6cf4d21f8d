"""Promises kept after commit: rows that PostgreSQL owns and Celery only carries."""
