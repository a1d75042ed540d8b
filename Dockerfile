# The site and the API as a container: nothing to install at its start, no root, nothing written but /data.
#
#   docker build --build-arg TORCH_INDEX=... -t learncities .
#
# TORCH_INDEX is the address of PyTorch's CPU packages, as its install page gives it; without it pip fetches CUDA, too.
# Only torch is taken from there (--no-deps): it lacks the releases of other packages that constraints.txt names.
FROM python:3.11-slim AS build
ARG TORCH_INDEX=""
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
WORKDIR /src
RUN python -m venv /opt/learncities
COPY constraints.txt ./
RUN grep '^torch==' constraints.txt > torch.txt \
    && /opt/learncities/bin/pip install --no-cache-dir --no-deps ${TORCH_INDEX:+--index-url "$TORCH_INDEX"} \
        --requirement torch.txt
COPY pyproject.toml README.md LICENSE NOTICE learncities.py ./
COPY api/ api/
COPY corpus/ corpus/
COPY index/ index/
COPY ingest/ ingest/
COPY search/ search/
RUN /opt/learncities/bin/pip install --no-cache-dir --constraint constraints.txt .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home learncities && install --directory --owner learncities /data
COPY --from=build /opt/learncities /opt/learncities
ENV PATH=/opt/learncities/bin:$PATH \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    LEARNCITIES_DATA=/data \
    LEARNCITIES_HOST=0.0.0.0 \
    LEARNCITIES_LOG_FORMAT=json
USER 10001:10001
WORKDIR /tmp
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/livez', timeout=4)"]
ENTRYPOINT ["learncities"]
CMD ["serve"]
