"""Integrity reports: a demanded bribe, a pressed employee, a broken pact. Read by their receiver alone, sent without a name."""
