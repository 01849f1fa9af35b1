"""Looking for people in log files: their numbers, in any notation, and what they or we said to them."""

from tests.stack.stack import Stack

BRAND = "Klaverblad:"


def leaks(stack: Stack) -> list[str]:
    """The log lines of the gateway's processes and its store that hold a handset's number or a text's body."""
    messages = stack.sandbox.messages()
    handsets = {m["from"] if m["direction"] == "inbound" else m["to"] for m in messages}
    digits = {handset.rpartition("+")[2] for handset in handsets}
    national = {f"0{number.removeprefix('31')}" for number in digits}
    # A word or two can stand in a log line by chance, as the name of a signal does; a sentence cannot.
    bodies = {m["body"] for m in messages if len(m["body"]) > 12} | {BRAND}
    secrets = digits | national | bodies
    return [
        f"{log}: {line}"
        for log, line in stack.logs()
        if len(line) > 8 and any(secret in line for secret in secrets)
    ]
