"""Reads YAML with PyYAML: a JSON list of YAML streams on standard input, what they mean on standard output.

The answer is a JSON list with, for each stream, {"documents": [...]} or {"error": "..."}. Whatever JSON could not
tell apart or would change without a word (keys that are not strings, dates) becomes a string that says so.
"""

import json
import sys

try:
    import yaml
except ImportError:
    sys.exit('the Python module "yaml" is missing')


def plain(value):
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key if isinstance(key, str) else odd(key): plain(member) for key, member in value.items()}
    return odd(value)


def odd(value):
    return f"<{type(value).__name__} {value!r}>"


def read(stream):
    try:
        return {"documents": [plain(document) for document in yaml.safe_load_all(stream)]}
    except yaml.YAMLError as error:
        return {"error": str(error)}


# Bytes, not text: the encoding must not depend on the locale.
streams = json.loads(sys.stdin.buffer.read().decode("utf-8"))
answers = [read(stream.encode("utf-8")) for stream in streams]
sys.stdout.buffer.write(json.dumps(answers).encode("ascii"))
