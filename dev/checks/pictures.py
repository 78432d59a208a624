"""The pictures of the shop window (``static/description``): made from those of the manual, and checked against them.

A picture is never drawn: it is a cut of one that stands in ``docs/pictures``. Digests in ``pictures.json`` say what
each was made from, so that a newer picture of the manual, another cut, or a picture changed by hand is told.
"""

import ast
import hashlib
import json
import re
import sys
from dataclasses import astuple, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHOP = ROOT / "static" / "description"
PAGE = SHOP / "index.html"
DIGESTS = Path(__file__).with_name("pictures.json")
MOST_BYTES = 2_000_000  # of the whole folder
SOURCE = re.compile(r"""\bsrc=["']([^"']+)""")
FORBIDDEN = re.compile(r"<(?:script|style|link|iframe|form)\b|\bon\w+=|url\(|https?://")  # what the apps store strips
BANNER = "banner.png"
BANNER_SIZE = (560, 280)
BLUE = (30, 97, 139)  # of the icon


@dataclass(frozen=True)
class Cut:
    """How a picture is made of one of the manual.

    :ivar source: the name in ``docs/pictures``
    :ivar box: left, top, right and bottom of the part that is shown, in pixels; nothing for all of it
    :ivar width: in pixels, at most
    """

    source: str
    box: tuple = ()
    width: int = 1024


CUTS = {
    BANNER: Cut("receive.png", (301, 88, 939, 426), 346),
    "window.png": Cut("receive.png", (85, 43, 939, 532)),
    "ship.png": Cut("ship.png", (85, 43, 939, 533)),
    "without-serial.png": Cut("without-serial.png", (0, 0, 1024, 316)),
    "register.png": Cut("register.png"),
    "unit.png": Cut("unit.png"),
    "service-desk.png": Cut("service-desk.png", (0, 35, 1024, 576)),
    "count.png": Cut("count.png", (0, 35, 1024, 556)),
    "recall.png": Cut("recall.png", (0, 35, 1024, 488)),
    "recall-notice.png": Cut("recall-notice.png", (210, 0, 814, 556)),
    "phone.png": Cut("phone.png", width=300),
    "phone-receive.png": Cut("receive-phone.png", width=300),
    "phone-waiting.png": Cut("phone-waiting.png", width=300),
    "phone-card.png": Cut("phone-card.png", width=300),
    "slip.png": Cut("slip.png", (0, 420, 1003, 836)),
    "labels.png": Cut("labels.png", (0, 50, 952, 598)),
    "reconciliation.png": Cut("reconciliation.png", (0, 0, 1024, 230)),
    "pos.png": Cut("pos-ask.png", (180, 120, 830, 492)),
    "produce.png": Cut("produce.png", (85, 43, 939, 533)),
    "repair.png": Cut("repair.png"),
}


def make():
    """Make all pictures of the shop window anew, and write down what they were made from."""
    from PIL import Image  # here, for the check does without

    for name, cut in CUTS.items():
        with Image.open(ROOT / "docs" / "pictures" / cut.source) as picture:
            made = _cut(picture.convert("RGB"), cut)
        if name == BANNER:
            made = _make_banner(made)
        made.quantize(256, kmeans=3, dither=Image.Dither.NONE).save(SHOP / name, optimize=True)
    digests = {name: [_digest_source(name, cut), _digest(SHOP / name)] for name, cut in sorted(CUTS.items())}
    DIGESTS.write_text(json.dumps(digests, indent=4) + "\n")


def _cut(picture, cut):
    if cut.box:
        picture = picture.crop(cut.box)
    picture.thumbnail((cut.width, picture.height), 1)  # 1: Lanczos
    return picture


def _make_banner(picture):
    """Put the picture beside the icon and the addon's name."""
    from PIL import Image, ImageDraw, ImageFont

    banner = Image.new("RGB", BANNER_SIZE, BLUE)
    draw = ImageDraw.Draw(banner)
    with Image.open(SHOP / "icon-512.png") as icon:
        icon = icon.convert("RGBA").resize((84, 84), Image.Resampling.LANCZOS)
    banner.paste(icon, (18, 24), icon)
    draw.multiline_text((20, 122), "Serial\nNumber\nTracking", "white", ImageFont.load_default(27), spacing=5)
    draw.multiline_text((20, 224), "every unit, even\nbefore its number", (255, 205, 90), ImageFont.load_default(15))
    left, top = BANNER_SIZE[0] - picture.width - 18, (BANNER_SIZE[1] - picture.height) // 2
    frame = (left - 6, top - 6, left + picture.width + 5, top + picture.height + 5)
    draw.rounded_rectangle(frame, 6, "white")
    banner.paste(picture, (left, top))
    return banner


def _digest(*paths, more=""):
    digest = hashlib.sha256(more.encode())
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _digest_source(name, cut):
    """Return the digest of all that decides about a picture."""
    icon = [SHOP / "icon-512.png"] if name == BANNER else []
    return _digest(ROOT / "docs" / "pictures" / cut.source, *icon, more=repr(astuple(cut)))


def find_faults():
    """Return what is wrong with the shop window: lines of text."""
    return [*_find_missing(), *_find_stale(), *_find_bad_html(), *_find_weight()]


def _find_missing():
    """Yield pictures that the page or the manifest names and that are not there, and those that nothing names."""
    manifest = ast.literal_eval((ROOT / "__manifest__.py").read_text())
    named = {Path(path).name for path in manifest["images"]} | set(SOURCE.findall(PAGE.read_text()))
    for name in sorted(named):
        if not (SHOP / name).is_file():
            yield f"static/description/{name} is shown and missing"
    for name in sorted({*CUTS, *(path.name for path in SHOP.glob("*.*g"))} - named):
        if not name.startswith("icon"):
            yield f"static/description/{name} is shown nowhere"


def _find_stale():
    """Yield pictures that were not made from what is there now."""
    digests = json.loads(DIGESTS.read_text())
    for name, cut in CUTS.items():
        if not (ROOT / "docs" / "pictures" / cut.source).is_file():
            yield f"docs/pictures/{cut.source}, of which {name} is made, is missing"
        elif not (SHOP / name).is_file():
            yield f"static/description/{name} is missing: dev/pictures makes it"
        elif digests.get(name) != [_digest_source(name, cut), _digest(SHOP / name)]:
            yield f"static/description/{name} is older than docs/pictures/{cut.source}: dev/pictures makes it anew"


def _find_bad_html():
    for number, line in enumerate(PAGE.read_text().splitlines(), 1):
        if found := FORBIDDEN.search(line):
            yield f"static/description/index.html:{number}: the apps store takes no {found[0]}"


def _find_weight():
    weight = sum(path.stat().st_size for path in SHOP.iterdir())
    if weight > MOST_BYTES:
        yield f"static/description has {weight} bytes, more than {MOST_BYTES}"


if __name__ == "__main__":
    faults = find_faults()
    print("\n".join(faults), end="\n" if faults else "")
    sys.exit(bool(faults))
