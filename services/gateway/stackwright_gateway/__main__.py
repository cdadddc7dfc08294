"""`python -m stackwright_gateway`: the REST shim on port 8004."""

import asyncio
import logging
import signal
import sys

from stackwright_gateway.server import running
from stackwright_gateway.settings import GatewaySettings
from stackwright_kit.logs import configure_logging
from stackwright_kit.settings import Settings, read_settings


async def _serve(settings: GatewaySettings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(settings) as address:
        logging.getLogger("stackwright.gateway").info("gateway serves on %s", address)
        await stop.wait()


def main() -> int:
    """Serve until SIGTERM or SIGINT; 2 for a wrong setting or a port that is taken."""
    configure_logging("gateway", level="INFO", style="json")
    try:
        # As every service's: STACKWRIGHT_LOG_LEVEL and STACKWRIGHT_LOG_FORMAT.
        common = read_settings(Settings)
        configure_logging("gateway", level=common.log_level, style=common.log_format)
        asyncio.run(_serve(read_settings(GatewaySettings)))
    except ValueError as error:
        logging.getLogger("stackwright.gateway").error("%s", error)
        return 2
    except OSError as error:
        logging.getLogger("stackwright.gateway").error("cannot listen: %s", error)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
