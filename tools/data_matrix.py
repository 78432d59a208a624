"""Draw a DataMatrix code (ECC 200, ISO/IEC 16022), which Odoo's reportlab draws in one size alone: plain Python."""

# The side of the code: codewords of data, codewords of correction, regions on a side.
SIZES = {
    10: (3, 5, 1),
    12: (5, 7, 1),
    14: (8, 10, 1),
    16: (12, 12, 1),
    18: (18, 14, 1),
    20: (22, 18, 1),
    22: (30, 20, 1),
    24: (36, 24, 1),
    26: (44, 28, 1),
    32: (62, 36, 2),
    36: (86, 42, 2),
    40: (114, 48, 2),
    44: (144, 56, 2),
    48: (174, 68, 2),
}
FNC1, PAD, UPPER = 232, 129, 235
POLYNOMIAL = 0x12D
# Where the eight bits of a codeword lie, from its last one.
UTAH = ((-2, -2), (-2, -1), (-1, -2), (-1, -1), (-1, 0), (0, -2), (0, -1), (0, 0))


def make_rows(text, is_gs1=False):
    """Return the rows of a DataMatrix code, without the white around it.

    :param str text: of the characters of Latin-1
    :param is_gs1: whether the function character that says GS1 stands in front
    :return: lists of booleans; None where the text is too long for the sizes here, or has other characters
    """
    try:
        words = ([FNC1] if is_gs1 else []) + _encode(text.encode("latin-1"))
    except UnicodeEncodeError:
        return None
    size = next((size for size, (room, _extra, _regions) in SIZES.items() if room >= len(words)), None)
    if size is None:
        return None
    room, extra, regions = SIZES[size]
    words = _fill(words, room)
    inner = size - 2 * regions
    return _frame(_place(words + _correct(words, extra), inner), inner // regions, regions)


def _encode(data):
    words, position = [], 0
    while position < len(data):
        pair = data[position : position + 2]
        if len(pair) == 2 and pair.isdigit():
            words.append(130 + int(pair))
            position += 2
            continue
        words += [pair[0] + 1] if pair[0] < 128 else [UPPER, pair[0] - 127]
        position += 1
    return words


def _fill(words, room):
    words = [*words, PAD] if len(words) < room else list(words)
    while len(words) < room:
        value = PAD + 149 * (len(words) + 1) % 253 + 1
        words.append(value if value <= 254 else value - 254)
    return words


def _make_powers():
    powers, value = [], 1
    for _step in range(255):
        powers.append(value)
        value <<= 1
        value ^= POLYNOMIAL if value > 255 else 0
    return powers, {power: index for index, power in enumerate(powers)}


POWERS, LOGARITHMS = _make_powers()


def _multiply(left, right):
    return POWERS[(LOGARITHMS[left] + LOGARITHMS[right]) % 255] if left and right else 0


def _correct(words, extra):
    """Return the codewords of the Reed-Solomon code."""
    generator = [1]
    for power in POWERS[1 : extra + 1]:
        shifted = [*generator, 0]
        for index, factor in enumerate(generator):
            shifted[index + 1] ^= _multiply(factor, power)
        generator = shifted
    rest = [0] * extra
    for word in words:
        factor = word ^ rest[0]
        rest = [old ^ _multiply(factor, new) for old, new in zip([*rest[1:], 0], generator[1:], strict=True)]
    return rest


def _place(words, side):
    """Return the codewords' bits as rows of a square, along its diagonals."""
    rows = [[None] * side for _row in range(side)]
    waiting = iter(words)
    for places in _walk(rows, side):
        word = next(waiting)
        for bit, (row, column) in enumerate(places):
            rows[row][column] = bool(word >> (7 - bit) & 1)
    if rows[-1][-1] is None:
        rows[-1][-1] = rows[-2][-2] = True
        rows[-1][-2] = rows[-2][-1] = False
    return rows


def _walk(rows, side):
    """Return the places of the bits of each codeword, in order."""
    row, column = 4, 0
    while row < side or column < side:
        if corner := _find_corner(row, column, side):
            yield corner
        while row >= 0 and column < side:
            if row < side and column >= 0 and rows[row][column] is None:
                yield _wrap(row, column, side)
            row, column = row - 2, column + 2
        row, column = row + 1, column + 3
        while row < side and column >= 0:
            if row >= 0 and column < side and rows[row][column] is None:
                yield _wrap(row, column, side)
            row, column = row + 2, column - 2
        row, column = row + 3, column + 1


def _wrap(row, column, side):
    """Return the places of a codeword, on the other side where they fall off this one."""
    places = []
    for down, right in UTAH:
        at_row, at_column = row + down, column + right
        if at_row < 0:
            at_row, at_column = at_row + side, at_column + 4 - (side + 4) % 8
        if at_column < 0:
            at_row, at_column = at_row + 4 - (side + 4) % 8, at_column + side
        places.append((at_row, at_column))
    return places


def _find_corner(row, column, side):
    """Return the places of the codeword in a corner, where the walk comes to one: squares have two cases."""
    last = side - 1
    if (row, column) == (side, 0):
        return [(last, 0), (last, 1), (last, 2), (0, last - 1), (0, last), (1, last), (2, last), (3, last)]
    if (row, column) == (side - 2, 0) and side % 4:
        return [
            (last - 2, 0),
            (last - 1, 0),
            (last, 0),
            (0, last - 3),
            (0, last - 2),
            (0, last - 1),
            (0, last),
            (1, last),
        ]
    return None


def _frame(inner, side, regions):
    """Put the finder pattern around each region: solid at the left and the bottom, dotted at the top and the right."""
    step = side + 2
    rows = []
    for row in range(step * regions):
        down, line = divmod(row, step)
        cells = []
        for column in range(step * regions):
            right, place = divmod(column, step)
            cells.append(_find_border(line, place, step, inner, (down * side, right * side)))
        rows.append(cells)
    return rows


def _find_border(line, place, step, inner, start):
    if place == 0 or line == step - 1:
        return True
    if line == 0:
        return place % 2 == 0
    if place == step - 1:
        return line % 2 == 1
    return inner[start[0] + line - 1][start[1] + place - 1]
