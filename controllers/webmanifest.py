from odoo.addons.web.controllers import webmanifest

APP = "serial_number_tracking"


class WebManifest(webmanifest.WebManifest):
    """The page for phones, as an app that a device installs."""

    def _get_scoped_app_icons(self, app_id):
        if app_id != APP:
            return super()._get_scoped_app_icons(app_id)
        return [{"src": f"/{APP}/static/description/icon-512.png", "sizes": "512x512", "type": "image/png"}]
