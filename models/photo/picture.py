"""Photos as they arrive: read, checked, turned upright and made small. No database."""

import base64

from odoo.exceptions import UserError
from odoo.tools.image import ImageProcess

MOST_BYTES = 10 * 2**20
SIDE = 1920  # pixels, at most
QUALITY = 85
FORMATS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif"}


def read(env, serial, content):
    """Return a picture as it is kept, and the ending of its file's name.

    :param str serial: the number that it is of, for messages
    :param str content: base64
    :raise UserError: for what is no picture, and what is too large, with what to do
    """
    if not isinstance(content, str):
        raise UserError(_message_no_picture(env, serial))
    if len(content) > MOST_BYTES * 4 / 3 + 4:
        raise UserError(
            env._(
                "%(serial)s: its picture is larger than %(limit)s MB. Take it with fewer pixels, and choose it again.",
                serial=serial,
                limit=MOST_BYTES // 2**20,
            )
        )
    try:
        process = ImageProcess(base64.b64decode(content, validate=True))
        if process.image and process.original_format in FORMATS:
            quality = QUALITY if process.original_format == "JPEG" else 0
            return process.resize(SIDE, SIDE).image_quality(quality=quality), FORMATS[process.original_format]
    except UserError as error:
        raise UserError(env._("%(serial)s: %(why)s", serial=serial, why=str(error))) from error
    except Exception as error:  # of broken pictures PIL raises whatever their bytes make happen
        raise UserError(_message_no_picture(env, serial)) from error
    raise UserError(_message_no_picture(env, serial))


def _message_no_picture(env, serial):
    return env._("%s: that is no picture of the kind JPEG, PNG or GIF. Choose another one.", serial)
