# Kith and its GraphiQL. Neo4j is a service of its own (docker-compose.yml): nothing of it is fetched into this image.

FROM python:3.11-slim AS built
WORKDIR /srv/kith
COPY requirements/ requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/uv.lock \
 && uv venv --no-python-downloads .venv \
 && uv pip install --no-cache --compile-bytecode --require-hashes -r requirements/runtime.lock
COPY console/ console/
COPY cypher/ cypher/
COPY demo/ demo/
COPY domain/ domain/
COPY graphdb/ graphdb/
COPY resolvers/ resolvers/
COPY schema/ schema/
COPY kith/ kith/
# With a Neo4j at an address, this builds GraphiQL only; nobody is asked for the password.
RUN KITH_NEO4J_URI=bolt://neo4j KITH_NEO4J_PASSWORD=unused .venv/bin/python -m kith setup \
 && .venv/bin/python -m compileall -q domain graphdb resolvers schema kith \
 && chmod -R a+rX .

FROM python:3.11-slim
RUN useradd --system --create-home --uid 10001 kith
COPY --from=built /srv/kith /srv/kith
WORKDIR /srv/kith
USER kith
ENV PATH=/srv/kith/.venv/bin:$PATH \
    KITH_HOST=0.0.0.0 \
    KITH_PORT=8000 \
    KITH_DATA=/home/kith/data \
    KITH_NEO4J_URI=bolt://neo4j:7687
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
# Python itself is what SIGTERM reaches, so that it finishes what is under way.
ENTRYPOINT ["python", "-m", "kith"]
CMD ["run"]
