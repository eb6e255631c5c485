#!/usr/bin/env python
"""Run the project's commands."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "posyandu_spm.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except BrokenPipeError:  # who reads has seen enough: `manage.py list_places | head`
        os._exit(1)
