"""What the garbage collector is told once all is loaded and made."""

import gc


def settle() -> None:
    """Tells it that what is there now stays, and to look for cycles less often.

    Requests leave next to none, and every look at a large answer's values takes as long as making them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
