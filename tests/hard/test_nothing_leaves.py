"""Nothing leaves the machine: no module of the advisor imports one that could."""

from __future__ import annotations

from tests.test_house import MODULES, imports

NETWORK = {"socket", "ssl", "urllib", "http", "ftplib", "smtplib", "asyncio", "requests", "httpx",
           "aiohttp", "urllib3", "webbrowser", "xmlrpc", "telnetlib", "socketserver"}  # fmt: skip


def test_no_module_can_reach_a_network() -> None:
    found = {m.name: imports(m) for m in MODULES}
    assert {
        name: heads
        for name, all_of_them in found.items()
        if (heads := {one.split(".")[0] for one in all_of_them} & NETWORK)
    } == {}
