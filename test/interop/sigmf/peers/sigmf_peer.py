"""What the Python package sigmf says of recordings, and recordings that it writes. Prints one JSON object."""

import json
import sys

import numpy as np
import sigmf
from sigmf import SigMFFile, validate

DTYPES = {
    "ci8": "i1", "cu8": "u1", "ci16_le": "<i2", "ci16_be": ">i2", "cu16_le": "<u2", "ci32_le": "<i4",
    "ci32_be": ">i4", "cu32_le": "<u4", "cf32_le": "<f4", "cf32_be": ">f4", "cf64_le": "<f8", "cf64_be": ">f8",
    "rf32_le": "<f4", "ri16_be": ">i2", "ru8": "u1",
}


def judge(paths):
    """Validates each recording, strictly, and reads it."""
    found = []
    for path in paths:
        handle = sigmf.fromfile(path, autoscale=False)
        if isinstance(handle, list):
            handle = handle[0]
        validate.validate(handle._metadata)
        samples = np.asarray(handle.read_samples())
        found.append({
            "datatype": handle.get_global_field("core:datatype"),
            "rate": handle.get_global_field("core:sample_rate"),
            "count": int(handle.sample_count),
            "first": [float(x) for pair in samples[:4] for x in (pair.real, pair.imag)],
            "captures": handle.get_captures(),
            "annotations": handle.get_annotations(),
        })
    return found


def collection(path):
    """Loads a collection, which compares the hashes of its recordings."""
    handle = sigmf.fromfile(path)
    return {"names": handle.get_stream_names(), "fields": sorted(handle.get_collection_info().keys())}


def write(folder):
    """Writes 100 samples of each datatype, with two captures, and an archive of each."""
    names = []
    for datatype, dtype in DTYPES.items():
        width = 2 if datatype[0] == "c" else 1
        raw = np.arange(100 * width) % 100
        path = f"{folder}/{datatype}.sigmf-data"
        raw.astype(dtype).tofile(path)
        meta = SigMFFile(data_file=path, global_info={
            SigMFFile.DATATYPE_KEY: datatype,
            SigMFFile.SAMPLE_RATE_KEY: 48000,
            SigMFFile.AUTHOR_KEY: "a peer",
        })
        meta.add_capture(0, metadata={SigMFFile.FREQUENCY_KEY: 1e8, SigMFFile.DATETIME_KEY: "2023-11-14T22:13:20Z"})
        meta.add_capture(60, metadata={SigMFFile.FREQUENCY_KEY: 2e8, SigMFFile.GLOBAL_INDEX_KEY: 1060})
        meta.add_annotation(10, length=5, metadata={SigMFFile.LABEL_KEY: "five"})
        meta.tofile(f"{folder}/{datatype}")
        meta.archive(f"{folder}/{datatype}-archive")
        names.append(datatype)
    return names


command, *arguments = sys.argv[1:]
result = {"judge": lambda: judge(arguments), "collection": lambda: collection(*arguments), "write": lambda: write(*arguments)}
print(json.dumps(result[command]()))
