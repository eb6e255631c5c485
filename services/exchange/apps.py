from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Imports and exports of lists, growth tables and assessments."""

    name = "services.exchange"
    label = "exchange"
    verbose_name = "Pertukaran data"
