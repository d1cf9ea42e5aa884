"""The rules of Kith: frozen dataclasses, typed ids, plans and refusals. No I/O, no async."""
