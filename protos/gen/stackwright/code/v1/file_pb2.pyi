from buf.validate import validate_pb2 as _validate_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class FileOrigin(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FILE_ORIGIN_UNSPECIFIED: _ClassVar[FileOrigin]
    FILE_ORIGIN_VERBATIM: _ClassVar[FileOrigin]
    FILE_ORIGIN_EMITTED: _ClassVar[FileOrigin]
    FILE_ORIGIN_COMPOSED: _ClassVar[FileOrigin]
    FILE_ORIGIN_DESIGNED: _ClassVar[FileOrigin]
    FILE_ORIGIN_DOCUMENT: _ClassVar[FileOrigin]

class Layer(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LAYER_UNSPECIFIED: _ClassVar[Layer]
    LAYER_BACKEND: _ClassVar[Layer]
    LAYER_FRONTEND: _ClassVar[Layer]
    LAYER_DATABASE: _ClassVar[Layer]
    LAYER_PROJECT: _ClassVar[Layer]

class Tree(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TREE_UNSPECIFIED: _ClassVar[Tree]
    TREE_DELIVERED: _ClassVar[Tree]
    TREE_PROBE: _ClassVar[Tree]
    TREE_BEHAVIOUR: _ClassVar[Tree]
FILE_ORIGIN_UNSPECIFIED: FileOrigin
FILE_ORIGIN_VERBATIM: FileOrigin
FILE_ORIGIN_EMITTED: FileOrigin
FILE_ORIGIN_COMPOSED: FileOrigin
FILE_ORIGIN_DESIGNED: FileOrigin
FILE_ORIGIN_DOCUMENT: FileOrigin
LAYER_UNSPECIFIED: Layer
LAYER_BACKEND: Layer
LAYER_FRONTEND: Layer
LAYER_DATABASE: Layer
LAYER_PROJECT: Layer
TREE_UNSPECIFIED: Tree
TREE_DELIVERED: Tree
TREE_PROBE: Tree
TREE_BEHAVIOUR: Tree

class SourceFile(_message.Message):
    __slots__ = ("path", "content", "executable", "origin", "layer", "feature", "handler")
    PATH_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    EXECUTABLE_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    LAYER_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    HANDLER_FIELD_NUMBER: _ClassVar[int]
    path: str
    content: bytes
    executable: bool
    origin: FileOrigin
    layer: Layer
    feature: str
    handler: str
    def __init__(self, path: _Optional[str] = ..., content: _Optional[bytes] = ..., executable: _Optional[bool] = ..., origin: _Optional[_Union[FileOrigin, str]] = ..., layer: _Optional[_Union[Layer, str]] = ..., feature: _Optional[str] = ..., handler: _Optional[str] = ...) -> None: ...

class FileChunk(_message.Message):
    __slots__ = ("tree", "file", "more", "last")
    TREE_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    LAST_FIELD_NUMBER: _ClassVar[int]
    tree: Tree
    file: SourceFile
    more: bytes
    last: bool
    def __init__(self, tree: _Optional[_Union[Tree, str]] = ..., file: _Optional[_Union[SourceFile, _Mapping]] = ..., more: _Optional[bytes] = ..., last: _Optional[bool] = ...) -> None: ...
