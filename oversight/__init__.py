"""Dashboards, figures for everybody, and the register of decisions. Reads cases, never writes one."""
