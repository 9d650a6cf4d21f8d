"""Small programs that touch what strangers sent, each run as a process of its own with limits (see sandbox.py).

They import nothing of ours and answer on stdout with one JSON object: {"ok": …} or {"refused": CODE}.
"""
