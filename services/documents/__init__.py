"""Files in, certificates out, verification. Knows no case: who may see a file is asked by the app that serves it."""
