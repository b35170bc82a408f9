"""Sample values by formula. patterns.ts has the same formulas: neither side copies the other's bytes."""

import numpy as np

DTYPES = {
    "ci8": np.int8,
    "ci16": np.int16,
    "ci32": np.int32,
    "cf32": np.complex64,
    "cf64": np.complex128,
    "cf128": np.clongdouble,
}
WIRE_TYPES = {"ci32": 0, "cf64": 1, "cf128": 2, "ci8": 3, "ci16": 4, "cf32": 5}

_EXTREMES = {
    "cf32": [-0.0, 2.0**-149, (2.0 - 2.0**-23) * 2.0**127, float("-inf")],
    "cf64": [-0.0, 5e-324, 1.7976931348623157e308, float("-inf")],
}


def samples(sample_type, seed, num_samples):
    if sample_type == "cf128":
        return _extended(seed, num_samples)
    if sample_type in _EXTREMES:
        values = [
            (-1) ** i * ((i + 1) / (seed + 3)) * 2.0 ** (i % 40 - 20) for i in range(2 * num_samples)
        ]
        extremes = _EXTREMES[sample_type][: len(values)]
        values[: len(extremes)] = extremes
        floats = np.array(values, np.float64).astype(np.float32 if sample_type == "cf32" else np.float64)
        return floats.view(DTYPES[sample_type])
    dtype = np.dtype(DTYPES[sample_type])
    bits = 8 * dtype.itemsize
    limits = [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1]
    values = [_signed(2654435761 * (i + 1) + 40503 * seed, bits) for i in range(2 * num_samples)]
    values[: len(limits)] = limits[: len(values)]
    return np.array(values, dtype)


def _signed(value, bits):
    value %= 2**bits
    return value - 2**bits if value >= 2 ** (bits - 1) else value


def _extended(seed, num_samples):
    """80-bit values whose 64-bit significands all end in a one: none of them fits a double. A few edges come first."""
    numbers = [
        (i % 2 == 1, (0x9E3779B97F4A7C15 * (i + 1) + seed) % 2**64 | 2**63 | 1, i % 200 - 163)
        for i in range(2 * num_samples)
    ]
    numbers[: len(_EXTENDED_EDGES)] = _EXTENDED_EDGES[: len(numbers)]
    return np.array([_long_double(*number) for number in numbers]).view(np.clongdouble)


# sign, significand, power of two
_EXTENDED_EDGES = [
    (True, 0, 0),
    (False, 2**63 + 1, 5000),  # beyond the largest double
    (True, 2**63 + 1, -5000),  # below the smallest
    (False, 2**63 + 2**48 + 1, -1123),  # a subnormal double, just above the middle of two
    (False, 2**63 + 2**10, -63),  # just in the middle: 1 is even
    (False, 2**63 + 3 * 2**10, -63),  # just in the middle: the upper one is even
]


def _long_double(negative, significand, exponent):
    high, low = np.longdouble(significand >> 32), np.longdouble(significand & 0xFFFFFFFF)
    value = np.ldexp(high * np.longdouble(2**32) + low, exponent)
    return -value if negative else value
