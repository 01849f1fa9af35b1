"""The description of the API as a page shows it: each request with its fields, an example, and what comes back."""

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Schema = Mapping[str, Any]
JSON: Final = "application/json"
_WORDS: Final = {
    "string": "text",
    "integer": "whole number",
    "boolean": "true or false",
    "object": "names with values",
    "date-time": "date and time",
    "ipv4": "IP address",
    "ipv6": "IP address",
}
_VALUES: Final[Mapping[str, object]] = {"string": "…", "integer": 7, "boolean": True}
_MOMENT: Final = "2026-03-02T12:00:00+01:00"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a request or an answer; those inside others are named with dots between."""

    name: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One request: what it takes, where each thing stands, and what comes back."""

    anchor: str
    method: str
    path: str
    scope: str
    summary: str
    about: str
    parameters: tuple[tuple[str, Field], ...]
    body: tuple[Field, ...]
    answer: tuple[Field, ...]
    call: str
    example: str


def endpoints(spec: Schema, scopes: Mapping[tuple[str, str], str], site: str) -> list[Endpoint]:
    """All of them in the order of the description. `scopes`: what a token needs, by path and method."""
    schemas = _Schemas(spec["components"]["schemas"])
    return [
        _endpoint(schemas, (method.upper(), path), said, scopes[path, method.upper()], site)
        for path, methods in spec["paths"].items()
        for method, said in methods.items()
    ]


def _endpoint(schemas: "_Schemas", request: tuple[str, str], said: Schema, scope: str, site: str) -> Endpoint:
    method, path = request
    body = said.get("requestBody", {}).get("content", {}).get(JSON, {}).get("schema")
    answer = said["responses"]["200"]["content"][JSON]["schema"]
    parameters = [(each["in"], schemas.parameter(each)) for each in said.get("parameters", [])]
    keyed = "Idempotency-Key" in [field.name for _, field in parameters]
    return Endpoint(
        anchor=re.sub(r"\W+", "-", said["summary"].lower()),
        method=method,
        path=path,
        scope=scope,
        summary=said["summary"],
        about=said.get("description", ""),
        parameters=tuple(parameters),
        body=tuple(schemas.fields(body)) if body else (),
        answer=tuple(schemas.fields(answer)),
        call=_call(f"{site}{path}", method, schemas.value(body) if body else None, keyed=keyed),
        example=_written(schemas.value(answer)),
    )


def _call(url: str, method: str, body: object, *, keyed: bool) -> str:
    """The request as somebody types it."""
    url = url.replace("{ref}", "$REF").replace("{campaign}", "$CAMPAIGN")
    lines = [f'curl -sS "{url}"', '-H "Authorization: Bearer $TOKEN"']
    lines[0] += "" if method == "GET" or body is not None else f" -X {method}"
    if keyed:
        lines.append("-H 'Idempotency-Key: order-1001'")
    if body is not None:
        lines += [f"-H 'Content-Type: {JSON}'", f"-d {shlex.quote(_written(body))}"]
    return " \\\n  ".join(lines)


def _written(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


class _Schemas:
    """The named forms of the description, and what they say of each field."""

    def __init__(self, named: Mapping[str, Schema]) -> None:
        self._named = named

    def parameter(self, said: Schema) -> Field:
        return Field(
            said["name"], self._kind(said["schema"]), said.get("required", False), said.get("description", "")
        )

    def fields(self, schema: Schema, before: str = "") -> Iterator[Field]:
        """Its fields, each followed by those inside it."""
        schema = self._plain(schema)
        for name, said in schema.get("properties", {}).items():
            of = self._plain(said)
            about = said.get("description") or of.get("description", "")
            yield Field(f"{before}{name}", self._kind(said), name in schema.get("required", ()), about)
            inner = self._plain(of["items"]) if of.get("type") == "array" else of
            yield from self.fields(inner, f"{before}{name}.")

    def value(self, schema: Schema) -> object:
        """An example of it."""
        of = self._plain(schema)
        if "examples" in of:
            return of["examples"][0]
        if "enum" in of:
            return of["enum"][0]
        if of.get("format") == "date-time":
            return _MOMENT
        if of.get("type") == "array":
            return [self.value(of["items"])]
        if of.get("type") == "object":
            return {name: self.value(said) for name, said in of.get("properties", {}).items()}
        return _VALUES[of["type"]]

    def _plain(self, schema: Schema) -> Schema:
        """The form that a name stands for, or the first that may stand there beside null."""
        if "$ref" in schema:
            return self._plain(self._named[schema["$ref"].rpartition("/")[2]])
        if "anyOf" in schema:
            return {**self._plain(schema["anyOf"][0]), **{k: v for k, v in schema.items() if k != "anyOf"}}
        return schema

    def _kind(self, schema: Schema) -> str:
        """What it is, in a few words."""
        of = self._plain(schema)
        kind = _WORDS.get(of.get("format", ""), _WORDS.get(of.get("type", ""), "text"))
        if of.get("type") == "array":
            kind = f"list of {self._kind(of['items'])}"
        if "enum" in of:
            kind = " | ".join(map(str, of["enum"]))
        if "maxLength" in of:
            kind = f"{kind}, {of['maxLength']} characters at most"
        if "maximum" in of:
            kind = f"{kind}, {of['minimum']} to {of['maximum']}"
        return f"{kind}, or null" if {"type": "null"} in schema.get("anyOf", ()) else kind
