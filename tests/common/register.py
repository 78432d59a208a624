from .base import SerialCommon


class RegisterCommon(SerialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.group_ids += cls.env.ref("base.group_allow_export")

    def _create(self, name, user=None, **vals):
        return self.register.with_user(user or self.manager).create(
            {"name": name, "product_id": self.product.id, **vals}
        )
