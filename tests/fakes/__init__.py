"""In-memory parts that keep the same promises as the real ones: tests/contract proves it."""
