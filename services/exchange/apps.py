from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Imports and exports of lists, growth tables and assessments."""

    name = "services.exchange"
    label = "exchange"
    verbose_name = "Pertukaran data"

    def ready(self):
        from services.exchange import checks  # noqa: F401  registers the check of deployments
        from services.exchange.keeping.periods import offer_periods

        offer_periods()
