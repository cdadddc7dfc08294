"""Calls a handler over gRPC knowing nothing but its address: messages come by reflection, no stubs are needed.

python examples/grpc_client.py 127.0.0.1:9000                              says what the handler is
python examples/grpc_client.py 127.0.0.1:9000 contract.binpb OUT           generates its layer into OUT
"""

import os
import sys
from pathlib import Path

import grpc
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

SERVICE = "stackwright.handler.v1.HandlerService"


def main(address: str, contract: str = "", out: str = "") -> None:
    token = os.environ.get("STACKWRIGHT_SERVICE_TOKEN", "")
    metadata = [("authorization", f"Bearer {token}")] if token else []
    with grpc.insecure_channel(address) as channel:
        service = DescriptorPool(ProtoReflectionDescriptorDatabase(channel)).FindServiceByName(SERVICE)
        describe, generate = (service.FindMethodByName(name) for name in ("Describe", "Generate"))
        answer = GetMessageClass(describe.output_type)
        call = channel.unary_unary(f"/{SERVICE}/Describe", lambda m: m.SerializeToString(), answer.FromString)
        print(call(GetMessageClass(describe.input_type)(), metadata=metadata))
        if not contract:
            return
        request = GetMessageClass(generate.input_type)(request_id="example")
        request.contract.ParseFromString(Path(contract).read_bytes())
        reply = GetMessageClass(generate.output_type)
        stream = channel.unary_stream(f"/{SERVICE}/Generate", lambda m: m.SerializeToString(), reply.FromString)
        for message in stream(request, metadata=metadata):
            if message.HasField("chunk"):
                if message.chunk.HasField("file"):
                    path = Path(out) / message.chunk.file.path
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(message.chunk.file.content)
                else:
                    with path.open("ab") as file:
                        file.write(message.chunk.more)
        print(f"{message.result.files} files in {out}")


if __name__ == "__main__":
    main(*sys.argv[1:])
