# syntax=docker/dockerfile:1
# Plumbline in a container. No store is in the image: mount a volume at /data. deploy/README.md says how to run it.
# Pin both stages by digest when you build: FROM python:3.11.14-slim-bookworm@sha256:…
FROM python:3.11.14-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements.txt /tmp/requirements.txt
RUN /opt/venv/bin/pip install --no-compile --only-binary=:all: -r /tmp/requirements.txt \
    && /opt/venv/bin/pip uninstall --yes --quiet pip

FROM python:3.11.14-slim-bookworm
LABEL org.opencontainers.image.title="Plumbline" \
      org.opencontainers.image.description="Recovery after kyphoplasty, against the expected healing timeline" \
      org.opencontainers.image.licenses="MIT"
RUN groupadd --system --gid 10001 plumbline \
    && useradd --system --uid 10001 --gid plumbline --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin plumbline \
    && install --directory --owner=plumbline --group=plumbline --mode=0700 /data
COPY --from=build /opt/venv /opt/venv
WORKDIR /srv/plumbline
COPY LICENSE pyproject.toml requirements.txt app.py ./
COPY .streamlit/config.toml .streamlit/config.toml
COPY pages pages
COPY queries queries
COPY data/demo data/demo
COPY data/reference data/reference
COPY data/schema data/schema
COPY locale locale
COPY plumbline plumbline
ENV PATH=/opt/venv/bin:$PATH \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PLUMBLINE_STORE=/data/plumbline.duckdb
USER 10001:10001
VOLUME /data
EXPOSE 8501
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8501/health', timeout=4)"]
# PLUMBLINE_AUTH and what its mode needs come from outside; without them it says what is missing and ends.
CMD ["python", "-m", "plumbline", "serve", "--address", "0.0.0.0", "--port", "8501"]
