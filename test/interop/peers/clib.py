"""doppler's C library, called directly: what its Python binding leaves out.

The extension module exports the library's functions. They know ci8, ci16 and cf32 besides the binding's three types,
and REQ/REP with raw bytes, one part a message. The classes have the shape of those in doppler.stream.
"""

import ctypes

import numpy as np
from doppler.stream import stream as _extension

import patterns

_lib = ctypes.CDLL(_extension.__file__)
_lib.dp_msg_data.restype = ctypes.c_void_p
_lib.dp_msg_size.restype = ctypes.c_size_t
_lib.dp_strerror.restype = ctypes.c_char_p

_TYPES = {number: name for name, number in patterns.WIRE_TYPES.items()}


class _Header(ctypes.Structure):
    _fields_ = [
        ("magic", ctypes.c_uint32),
        ("version", ctypes.c_uint32),
        ("protocol", ctypes.c_uint32),
        ("stream_id", ctypes.c_uint32),
        ("sample_type", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("sequence", ctypes.c_uint64),
        ("timestamp_ns", ctypes.c_uint64),
        ("sample_rate", ctypes.c_double),
        ("center_freq", ctypes.c_double),
        ("num_samples", ctypes.c_uint64),
        ("reserved", ctypes.c_uint64 * 4),
    ]


class _Socket:
    prefix = ""
    typed_at_birth = False

    def __init__(self, endpoint, sample_type=None):
        self._type = sample_type
        create = self._function("create")
        create.restype = ctypes.c_void_p
        arguments = (endpoint.encode(), ctypes.c_int(sample_type)) if self.typed_at_birth else (endpoint.encode(),)
        self._handle = ctypes.c_void_p(create(*arguments))
        if not self._handle:
            raise RuntimeError(f"dp_{self.prefix}_create failed on {endpoint}")

    def _function(self, name):
        return getattr(_lib, f"dp_{self.prefix}_{name}")

    def send(self, samples, sample_rate=0, center_freq=0):
        count = samples.size // 2 if np.issubdtype(samples.dtype, np.integer) else samples.size
        _check(
            self._function(f"send_{_TYPES[self._type]}")(
                self._handle,
                samples.ctypes.data_as(ctypes.c_void_p),
                ctypes.c_size_t(count),
                ctypes.c_double(sample_rate),
                ctypes.c_double(center_freq),
            )
        )

    def recv(self):
        message, header = ctypes.c_void_p(), _Header()
        suffix = "recv_signal" if self.prefix in ("req", "rep") else "recv"
        _check(self._function(suffix)(self._handle, ctypes.byref(message), ctypes.byref(header)))
        samples = np.frombuffer(_take(message), patterns.DTYPES[_TYPES[header.sample_type]])
        return samples, {name: getattr(header, name) for name, _ in _Header._fields_ if name not in ("magic", "reserved")}

    def send_raw(self, data):
        _check(self._function("send")(self._handle, data, ctypes.c_size_t(len(data))))

    def recv_raw(self):
        message, size = ctypes.c_void_p(), ctypes.c_size_t()
        _check(self._function("recv")(self._handle, ctypes.byref(message), ctypes.byref(size)))
        return _take(message)


def _take(message):
    try:
        return ctypes.string_at(_lib.dp_msg_data(message), _lib.dp_msg_size(message))
    finally:
        _lib.dp_msg_free(message)


def _check(status):
    if status != 0:
        raise RuntimeError(_lib.dp_strerror(status).decode())


class Publisher(_Socket):
    prefix = "pub"
    typed_at_birth = True


class Subscriber(_Socket):
    prefix = "sub"


class Push(_Socket):
    prefix = "push"
    typed_at_birth = True


class Pull(_Socket):
    prefix = "pull"


class Requester(_Socket):
    prefix = "req"


class Replier(_Socket):
    prefix = "rep"
