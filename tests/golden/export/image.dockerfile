# Made by nvprov 0.1.0 for Debian GNU/Linux 12 (bookworm), x86_64, catalog of 2026-11-22.
# Profile deploy; CUDA 11.8.0.
# Versions and keys are pinned: where a repository has them no more, this stops.
ENV NVIDIA_VISIBLE_DEVICES=all
ENV NVIDIA_REQUIRE_CUDA="cuda>=11.8"
RUN set -eu; export LC_ALL=C DEBIAN_FRONTEND=noninteractive; \
    apt-get -q update --error-on=any; \
    apt-get -y -q -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confdef -o \
        Dpkg::Options::=--force-confold --no-install-recommends -o APT::Install-Suggests=false \
        --no-remove install libcudart11.0=11.8.89~11.8.0-5~deb12u1; \
    apt-get clean; \
    rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/log/apt /var/log/dpkg.log /var/log/alternatives.log /var/cache/ldconfig/aux-cache
