"""What the law and the office's rules say: pure functions over frozen facts. Standard library only; no clock, no I/O."""
