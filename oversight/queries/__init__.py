"""All reads of oversight. Whatever concerns cases begins with `cases.cases()`."""
