"""What is shipped to run Plumbline holds what it promises; `make test-proxy` tries nginx and the unit for real."""

from __future__ import annotations

import re

import pytest

from plumbline.web.server import modes
from tests.conftest import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
IGNORED = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
NGINX = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
UNIT = (ROOT / "deploy" / "plumbline.service").read_text(encoding="utf-8")


def copied() -> set[str]:
    """What the image is made of, from this folder."""
    lines = [line.split()[1:-1] for line in DOCKERFILE.splitlines() if re.match(r"COPY (?!--from)", line)]
    return {name for names in lines for name in names}


def test_the_image_takes_what_is_there_and_nothing_else_can_come_in() -> None:
    assert [name for name in copied() if not (ROOT / name).exists()] == []
    assert {line[1:] for line in IGNORED if line.startswith("!")} == copied()
    assert "*" in IGNORED
    assert {"**/*.duckdb", "**/*.pem", "**/.env"} <= set(IGNORED)
    assert not any("duckdb" in name or name in {".", "data"} for name in copied()), "no store is in an image"


def test_everything_that_the_program_reads_is_in_the_image() -> None:
    needed = {"app.py", "pages", "plumbline", "queries", "data/schema", "data/reference", "data/demo", "pyproject.toml"}
    assert needed | {".streamlit/config.toml", "requirements.txt"} <= copied()


def test_the_image_runs_as_nobody_in_particular_and_says_whether_it_is_well() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER 10001:10001$", last, flags=re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert "/health" in last
    images = re.findall(r"^FROM (\S+)", DOCKERFILE, flags=re.MULTILINE)
    assert all(re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", image) for image in images), "a version, never latest"
    assert not re.search(r"(?i)secret|password|token", DOCKERFILE)


@pytest.mark.parametrize("name", ["deploy/plumbline.env.example", "deploy/plumbline.service"])
def test_what_is_set_are_settings_that_are_read_and_none_is_a_secret(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    told = dict(re.findall(r"\b(PLUMBLINE_[A-Z_]+)=(\S+)", text))
    read = (ROOT / "plumbline" / "web" / "server" / "modes.py").read_text(encoding="utf-8")
    assert {one.removesuffix("_FILE") for one in told} <= set(re.findall(r"PLUMBLINE_[A-Z_]+", read))
    assert all(value.startswith("%d/") for one, value in told.items() if "SECRET" in one)


def test_the_example_of_settings_is_a_whole_mode() -> None:
    text = (ROOT / "deploy" / "plumbline.env.example").read_text(encoding="utf-8")
    told = dict(re.findall(r"^(PLUMBLINE_[A-Z_]+)=(\S+)$", text, flags=re.MULTILINE))
    secret = "s3cr3t-for-tests-" * 3 + "0123456789"
    found = modes.settings(told | {"PLUMBLINE_SECRET": secret, "PLUMBLINE_OIDC_CLIENT_SECRET": secret})
    assert (found.mode, found.is_https) == ("oidc", True)


def test_the_proxy_replaces_what_a_client_claims_and_logs_no_query() -> None:
    headers = dict(re.findall(r"^ +proxy_set_header (\S+)\s+(\S+);$", NGINX, flags=re.MULTILINE))
    assert headers["Host"] == "$http_host"
    assert headers["X-Forwarded-For"] == "$remote_addr"
    assert {headers[name] for name in ("X-Forwarded-User", "X-Plumbline-Proxy-Secret", "Forwarded")} == {'""'}
    (logged,) = re.findall(r"^log_format plumbline '(.*)';$", NGINX, flags=re.MULTILINE)
    assert not re.search(r"\$(request\b|request_uri|args|query_string|http_|uri|cookie)", logged)


def test_a_refused_start_is_not_tried_again_and_secrets_are_in_no_environment() -> None:
    assert "RestartPreventExitStatus=2" in UNIT
    assert "NoNewPrivileges=yes" in UNIT
    assert not re.search(r"PLUMBLINE_\w*SECRET=", UNIT)


def test_the_image_holds_every_folder_that_the_program_reads() -> None:
    allowed = set((ROOT / ".dockerignore").read_text(encoding="utf-8").split())
    needed = {"pages", "queries", "locale", "plumbline", "data/demo", "data/reference", "data/schema"}
    copied = set(re.findall(r"^COPY (\S+) \1$", DOCKERFILE, flags=re.MULTILINE))
    assert needed <= copied
    assert {f"!{folder}" for folder in needed} <= allowed
