"""The heaviest rising sequence among numbers that stand in order: markers count up, and so do the notes of a list."""

from collections.abc import Callable, Sequence


def heaviest(
    numbers: Sequence[int],
    alone: Callable[[int], float],
    behind: Callable[[int, int], float | None],
    reach: int,
    latest: bool = False,
) -> list[int]:
    """Return the places of the numbers of the sequence; none where its weight is not above nothing.

    `alone` weighs a place that begins a sequence, `behind(before, place)` what a place adds behind another, at most
    `reach` places before it, or nothing where it cannot stand there. Of two of one weight the one that ends first is
    taken, or the `latest`.
    """
    best: list[float] = []
    back: list[int] = []
    for place, number in enumerate(numbers):
        score, origin = alone(place), -1
        for before in range(max(0, place - reach), place):
            added = behind(before, place) if numbers[before] < number else None
            if added is not None and best[before] + added > score:
                score, origin = best[before] + added, before
        best.append(score)
        back.append(origin)
    at = max(range(len(best)), key=lambda place: (best[place], place if latest else -place), default=-1)
    if at < 0 or best[at] <= 0:
        return []
    chosen = []
    while at >= 0:
        chosen.append(at)
        at = back[at]
    return chosen[::-1]
