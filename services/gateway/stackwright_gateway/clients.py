"""Connections to the services behind the shim."""

from dataclasses import dataclass

import grpc

from stackwright.generation.v1.service_pb2_grpc import GenerationServiceAsyncStub, GenerationServiceStub
from stackwright.registry.v1.service_pb2_grpc import RegistryServiceAsyncStub, RegistryServiceStub


@dataclass(frozen=True)
class Clients:
    """Typed stubs over channels that the caller opens and closes."""

    generation: "GenerationServiceAsyncStub"
    registry: "RegistryServiceAsyncStub"

    @classmethod
    def over(cls, orchestrator: grpc.aio.Channel, registry: grpc.aio.Channel) -> "Clients":
        """Make stubs over two channels, which may be one and the same."""
        return cls(GenerationServiceStub(orchestrator), RegistryServiceStub(registry))
