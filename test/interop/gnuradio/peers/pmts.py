"""PMTs to and from JSON, as the fixtures describe them."""
import math

import numpy
import pmt

VECTORS = {
    "u8": numpy.uint8,
    "s8": numpy.int8,
    "u16": numpy.uint16,
    "s16": numpy.int16,
    "u32": numpy.uint32,
    "s32": numpy.int32,
    "u64": numpy.uint64,
    "s64": numpy.int64,
    "f32": numpy.float32,
    "f64": numpy.float64,
    "c32": numpy.complex64,
    "c64": numpy.complex128,
}


def number(value):
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return value


def describe(p):
    if pmt.is_null(p):
        return {"type": "null"}
    if pmt.is_bool(p):
        return {"type": "bool", "value": pmt.to_bool(p)}
    if pmt.is_symbol(p):
        return {"type": "symbol", "value": pmt.symbol_to_string(p)}
    if pmt.is_integer(p):
        return {"type": "long", "value": str(pmt.to_long(p))}
    if pmt.is_uint64(p):
        return {"type": "uint64", "value": str(pmt.to_uint64(p))}
    if pmt.is_real(p):
        return {"type": "double", "value": number(pmt.to_double(p))}
    if pmt.is_complex(p):
        value = pmt.to_complex(p)
        return {"type": "complex", "re": number(value.real), "im": number(value.imag)}
    if pmt.is_uniform_vector(p):
        for name, kind in VECTORS.items():
            if getattr(pmt, f"is_{name}vector")(p):
                values = numpy.array(getattr(pmt, f"{name}vector_elements")(p), dtype=kind)
                return {"type": f"{name}vector", "values": [element(value, name) for value in values]}
    if pmt.is_tuple(p):
        return {"type": "tuple", "items": [describe(pmt.tuple_ref(p, i)) for i in range(pmt.length(p))]}
    if pmt.is_vector(p):
        return {"type": "vector", "items": [describe(pmt.vector_ref(p, i)) for i in range(pmt.length(p))]}
    if pmt.is_dict(p) and not is_plain_pair(p):
        entries = []
        items = pmt.dict_items(p)
        while pmt.is_pair(items):
            entry = pmt.car(items)
            entries.append([describe(pmt.car(entry)), describe(pmt.cdr(entry))])
            items = pmt.cdr(items)
        return {"type": "dict", "entries": entries}
    if pmt.is_pair(p):
        items = []
        rest = p
        while pmt.is_pair(rest) and is_plain_pair(rest):
            items.append(describe(pmt.car(rest)))
            rest = pmt.cdr(rest)
        if pmt.is_null(rest):
            return {"type": "list", "items": items}
        chain = describe(rest)
        for item in reversed(items):
            chain = {"type": "pair", "car": item, "cdr": chain}
        return chain
    raise ValueError(f"unknown PMT {p}")


def is_plain_pair(p):
    """Whether it is written as a pair, not as an entry of a dict."""
    return pmt.serialize_str(p)[0] == 7


def element(value, name):
    if name.startswith("c"):
        return [number(float(value.real)), number(float(value.imag))]
    if name.startswith("f"):
        return number(float(value))
    return str(int(value)) if name.endswith("64") else int(value)


def build(d):
    kind = d["type"]
    if kind == "null":
        return pmt.PMT_NIL
    if kind == "bool":
        return pmt.from_bool(d["value"])
    if kind == "symbol":
        return pmt.intern(d["value"])
    if kind == "long":
        return pmt.from_long(int(d["value"]))
    if kind == "uint64":
        return pmt.from_uint64(int(d["value"]))
    if kind == "double":
        return pmt.from_double(float(d["value"]))
    if kind == "complex":
        return pmt.from_complex(float(d["re"]), float(d["im"]))
    if kind == "pair":
        return pmt.cons(build(d["car"]), build(d["cdr"]))
    if kind == "list":
        chain = pmt.PMT_NIL
        for item in reversed(d["items"]):
            chain = pmt.cons(build(item), chain)
        return chain
    if kind == "tuple":
        return pmt.make_tuple(*[build(item) for item in d["items"]])
    if kind == "vector":
        vector = pmt.make_vector(len(d["items"]), pmt.PMT_NIL)
        for i, item in enumerate(d["items"]):
            pmt.vector_set(vector, i, build(item))
        return vector
    if kind == "dict":
        made = pmt.make_dict()
        for key, value in reversed(d["entries"]):
            made = pmt.dict_add(made, build(key), build(value))
        return made
    name = kind[: -len("vector")]
    values = d["values"]
    if name.startswith("c"):
        values = [complex(float(re), float(im)) for re, im in values]
    elif name.startswith("f"):
        values = [float(value) for value in values]
    else:
        values = [int(value) for value in values]
    return getattr(pmt, f"init_{name}vector")(len(values), numpy.array(values, dtype=VECTORS[name]).tolist())
