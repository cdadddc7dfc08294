"""The delivered nginx template: which headers answers carry, and what the back end is told of the address of pages."""

from __future__ import annotations

import re
from pathlib import Path

TEMPLATE = (Path(__file__).parents[1] / "blueprint/nginx/default.conf.template").read_text()
INCLUDED = "include /etc/nginx/security-headers.conf;"


def test_every_brace_is_closed_and_every_directive_ended() -> None:
    assert TEMPLATE.count("{") == TEMPLATE.count("}")
    lines = [line.split("#")[0].strip() for line in TEMPLATE.splitlines()]
    assert not [line for line in lines if line and line[-1] not in "{};"]


def test_pages_carry_the_headers_of_pages_and_answers_of_the_api_those_of_the_back_end_alone() -> None:
    locations = dict(re.findall(r"location (?:= )?(\S+) \{(.*?)\n  \}", TEMPLATE, re.S))
    assert {path for path, body in locations.items() if "proxy_pass" in body} == {"/api/", "/api/stream"}
    for path, body in locations.items():
        served = "proxy_pass" not in body
        # A location with an `add_header` inherits none, so each includes them.
        assert (INCLUDED in body, "add_header" in body) == (served, served), path
    server = TEMPLATE[TEMPLATE.index("server {") : TEMPLATE.index("location ")]
    assert "security-headers" not in server, "the API would inherit it"


def test_the_back_end_learns_the_origin_that_the_browser_sees() -> None:
    assert "proxy_set_header Host $http_host;" in TEMPLATE, "with its port, unlike $host"
    assert "proxy_set_header X-Forwarded-Proto $forwarded_proto;" in TEMPLATE
    assert not re.findall(r"^    proxy_set_header", TEMPLATE, re.M), "one in a location undoes all that it inherits"
