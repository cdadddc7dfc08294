"""A page of a server inside a sandbox, seen by a Chromium beside it and driven from outside."""

from __future__ import annotations

from playwright.async_api import async_playwright

from stackwright_sdk.browser import chromium
from stackwright_sdk.node import node_binary, read_only_tools
from stackwright_sdk.sandbox import Sandbox, SandboxSpec

SERVER = """
require('http')
  .createServer((_, response) => response.end('<title>Hello</title><h1>Hello</h1>'))
  .listen(Number(process.argv[1]), '127.0.0.1');
"""


async def test_a_page_is_seen_inside_the_sandbox() -> None:
    browser = await chromium()
    async with Sandbox(SandboxSpec(read_only=(*read_only_tools(), *browser.folders))) as box:
        port, debugging = await box.free_port(), await box.free_port()
        server = await box.start([str(node_binary()), "-e", SERVER, str(port)])
        await box.wait_for(port, server)
        arguments = [*browser.arguments, f"--user-data-dir={box.root}/profile", f"--remote-debugging-port={debugging}"]
        window = await box.start([str(browser.executable), *arguments], env=browser.environment)
        await box.wait_for(debugging, window)
        async with box.forward(debugging) as outside, async_playwright() as playwright:
            driven = await playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{outside}")
            page = await driven.new_page(viewport={"width": 390, "height": 800})
            await page.goto(f"http://127.0.0.1:{port}/")
            assert await page.title() == "Hello"
            assert len(await page.screenshot()) > 1000
            await driven.close()
