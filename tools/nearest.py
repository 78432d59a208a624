"""Numbers that differ from a mistyped one by a single slip: what somebody may have meant."""

import string

LONGEST = 40  # characters; a slip in a longer key is not looked for


def make_neighbours(key):
    """Return the keys that one slip makes of a key: a character left out, doubled, wrong or exchanged with the next.

    Their number is bounded: some hundreds for a number of usual length, 3,000 at most.

    :param str key: a number as it is compared
    """
    if not key or len(key) > LONGEST:
        return set()
    letters = string.ascii_uppercase if any(letter.isalpha() for letter in key) else ""
    alphabet = sorted(set(string.digits + letters) | set(key) - {" "})
    parts = [(key[:index], key[index:]) for index in range(len(key) + 1)]
    found = {left + letter + right for left, right in parts for letter in alphabet}
    found |= {left + letter + right[1:] for left, right in parts if right for letter in alphabet}
    found |= {left + right[1:] for left, right in parts if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1}
    return found - {key, ""}
