"""The environment of the demo: where the embedded services are, and the keys made at the first start."""
def variables() -> dict[str, str]:
    return {}
