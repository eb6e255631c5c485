FROM python:3.11-slim-bookworm

# Text layout and fonts of the PDF; named here so that every machine prints the same.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation2 \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN useradd --create-home --uid 10001 posyandu
WORKDIR /app

COPY requirements/run.txt requirements/run.txt
RUN pip install --require-hashes --only-binary :all: --requirement requirements/run.txt

COPY manage.py gunicorn.conf.py ./
COPY posyandu_spm posyandu_spm
COPY services services
COPY templates templates
COPY static static
COPY fixtures fixtures

# Styles are collected with keys that serve this step only; the real ones come from the environment.
RUN mkdir -p var/files \
    && SECRET_KEY=build FIELD_KEYS=build HASH_KEY=build python manage.py collectstatic --no-input --verbosity 0 \
    && chown -R posyandu:posyandu var

USER posyandu
ENV HOST=0.0.0.0 PORT=8000
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0], 'X-Forwarded-Proto': 'https'}), timeout=4)"]
CMD ["gunicorn", "posyandu_spm.wsgi"]
