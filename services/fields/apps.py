from django.apps import AppConfig


class FieldsConfig(AppConfig):
    """The six service fields as data."""

    name = "services.fields"
    label = "fields"
    verbose_name = "Bidang layanan"

    def ready(self):
        from services.fields import checks  # noqa: F401  registers the check of the key ledger
