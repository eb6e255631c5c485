"""How the web server runs; the same for the demo, a server and the container. Numbers come from the environment."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT') or 8000}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 4
control_socket_disable = True
loglevel = "warning" if os.environ.get("DEMO") == "1" else "info"


def when_ready(server):
    """Say where to look, once the address really answers."""
    if os.environ.get("DEMO") == "1":
        print(f"\n  Posyandu SPM (demo) siap dibuka: http://{bind}\n  Berhenti: tekan Ctrl-C\n", flush=True)
