"""Each record says its day itself, so that a month of a whole kota is found without reading all other months."""

import datetime

from django.db import migrations, models
from django.db.models import DateField, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce


def take_over_days(apps, schema_editor):
    """From the encounters; a record in the history whose encounter is gone keeps the day it was made."""
    days = apps.get_model("records", "Encounter").objects.filter(pk=OuterRef("encounter_id")).values("date")
    made = Cast("created_at", DateField())
    for name in ("Record", "HistoricalRecord"):
        rows = apps.get_model("records", name).objects
        rows.update(recorded_on=Coalesce(Subquery(days), made))


class Migration(migrations.Migration):
    dependencies = [("records", "0002_photos_of_things")]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="recorded_on",
                field=models.DateField(default=datetime.date(2000, 1, 1), editable=False),
                preserve_default=False,
            )
            for name in ("record", "historicalrecord")
        ),
        migrations.RunPython(take_over_days, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="record", index=models.Index(fields=["recorded_on", "form"], name="records_rec_recorde_65816f_idx")
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                condition=models.Q(("answers__has_key", "punya_buku_kia"), ("form", "kartu_balita")),
                fields=["resident"],
                name="record_about_a_buku_kia",
            ),
        ),
    ]
