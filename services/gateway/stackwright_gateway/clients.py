"""Connections to the services behind the shim."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import grpc

from stackwright.generation.v1.service_pb2_grpc import GenerationServiceStub
from stackwright.registry.v1.service_pb2_grpc import RegistryServiceStub

if TYPE_CHECKING:
    from stackwright.generation.v1.service_pb2_grpc import GenerationServiceAsyncStub
    from stackwright.registry.v1.service_pb2_grpc import RegistryServiceAsyncStub


@dataclass(frozen=True)
class Clients:
    """Typed stubs over channels that the caller opens and closes."""

    generation: "GenerationServiceAsyncStub"
    registry: "RegistryServiceAsyncStub"

    @classmethod
    def over(cls, orchestrator: grpc.aio.Channel, registry: grpc.aio.Channel) -> "Clients":
        """Make stubs over two channels, which may be one and the same."""
        return cls(GenerationServiceStub(orchestrator), RegistryServiceStub(registry))
