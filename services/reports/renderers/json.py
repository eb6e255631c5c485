"""The report as JSON: the contract that page, PDF and XLSX also show."""

import json

from services.reports.figures import Report, contract

from . import Document, filename_of


def render(report: Report) -> Document:
    text = json.dumps(contract(report), ensure_ascii=False, indent=2)
    return Document(filename_of(report, "json"), "application/json; charset=utf-8", f"{text}\n".encode())
