"""Pictures for tests."""

import base64
import io

from PIL import Image


def make_picture(width=40, height=30, kind="JPEG", colour="red"):
    """Return a picture as base64."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, kind)
    return base64.b64encode(file.getvalue()).decode()
