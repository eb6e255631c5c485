from django.apps import AppConfig


class FieldsConfig(AppConfig):
    """The six service fields as data."""

    name = "services.fields"
    label = "fields"
    verbose_name = "Bidang layanan"

    def ready(self):
        from services.areas.settings import Subject, offer
        from services.fields import checks  # noqa: F401  registers the check of the key ledger
        from services.fields.queries import FORMS_IN_USE

        offer(Subject.DAYS, FORMS_IN_USE)
