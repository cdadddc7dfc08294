"""Node and its toolchain: where they are, warm workers, type erasure and formatting."""

from stackwright_sdk.node.source import FormatOptions, SourceError, SourceProblem, SourceTools
from stackwright_sdk.node.toolchain import (
    ToolchainError,
    cache_folder,
    node_binary,
    node_home,
    node_modules,
    npm_command,
    package,
    read_only_tools,
    tool,
    toolchain_root,
)
from stackwright_sdk.node.worker import NodeCallError, NodeWorker, NodeWorkerError

__all__ = [
    "FormatOptions",
    "NodeCallError",
    "NodeWorker",
    "NodeWorkerError",
    "SourceError",
    "SourceProblem",
    "SourceTools",
    "ToolchainError",
    "cache_folder",
    "node_binary",
    "node_home",
    "node_modules",
    "npm_command",
    "package",
    "read_only_tools",
    "tool",
    "toolchain_root",
]
