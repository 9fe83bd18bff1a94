# Vault Raider in a container. The first stage builds the wheel, front end included; the second one holds what runs, and no more.

FROM python:3.13-slim AS build
WORKDIR /source
COPY requirements/build.txt requirements/runtime.txt requirements/
RUN python -m venv /opt/build && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt \
    && python -m venv /opt/vaultraider && /opt/vaultraider/bin/pip install --no-cache-dir --require-hashes -r requirements/runtime.txt
COPY . .
# Node.js comes from the wheel that the build asks for.
RUN /opt/build/bin/pip wheel --no-cache-dir --no-deps --wheel-dir /wheels . \
    && /opt/vaultraider/bin/pip install --no-cache-dir --no-deps /wheels/*.whl

FROM python:3.13-slim
RUN useradd --uid 8321 --user-group --no-create-home --shell /usr/sbin/nologin vaultraider \
    && install --directory --owner=vaultraider --group=vaultraider --mode=0700 /data
COPY --from=build /opt/vaultraider /opt/vaultraider
ENV PATH=/opt/vaultraider/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    VAULTRAIDER_DATA_DIR=/data \
    VAULTRAIDER_HOST=0.0.0.0
USER vaultraider
VOLUME /data
EXPOSE 8321
STOPSIGNAL SIGTERM
ENTRYPOINT ["vaultraider"]
CMD ["up"]
